// Lets the last pages be seen without a network, and says so on a page that is shown again.

const band = document.querySelector("[data-offline]");
const { kept } = document.body.dataset;

addEventListener("pageshow", letLightsGo);
addEventListener("visibilitychange", letLightsGo);
if (kept) tell(new Date(kept));
else if ("serviceWorker" in navigator) addEventListener("load", keep);

// Whether there is room is known only for a while, and not at all on a page of some time ago.
function letLightsGo() {
  for (const one of document.querySelectorAll("[data-until]")) {
    if (kept || new Date(one.dataset.until) <= new Date()) one.remove();
  }
}

async function keep() {
  try {
    await navigator.serviceWorker.register(band.dataset.worker);
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ keep: band.dataset.forLater.split(" ") });
  } catch {
    // A browser that keeps nothing, in a private window for instance, shows the pages all the same.
  }
}

function tell(since) {
  const zone = { timeZone: "Asia/Tokyo" };
  const day = (moment) => moment.toLocaleDateString("sv-SE", zone);
  const now = day(new Date());
  band.querySelector("[data-since]").textContent = since.toLocaleString(
    document.documentElement.lang, { ...zone, dateStyle: "long", timeStyle: "short" },
  );
  band.hidden = false;
  letLightsGo();
  for (const one of document.querySelectorAll("[data-offline-says]")) {
    one.textContent = one.dataset.offlineSays;
  }
  for (const date of document.querySelectorAll("main time")) {
    const line = date.closest("p, li") ?? date.parentElement;
    // "in 3 days" counts from the day on which it was said
    if (now !== day(since)) line.querySelector(".away")?.remove();
    if (date.dateTime < now) line.append(" ", passed());
  }
}

function passed() {
  const words = document.createElement("span");
  words.className = "confirm";
  words.textContent = band.dataset.passed;
  return words;
}
