// Keeps what is typed as a draft, a few seconds after each change; asks for the form of a kind.

const DELAY = 3000;

const form = document.querySelector("form[data-draft]");
if (form) start();

function start() {
  const says = form.querySelector("[data-draft-says]");
  const again = form.querySelector("[data-kind-again]");
  let timer;
  let isLeaving = false;

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, DELAY);
  });
  form.addEventListener("submit", () => {
    isLeaving = true;
    clearTimeout(timer);
  });
  again.hidden = true;
  form.elements.kind.addEventListener("change", () => form.requestSubmit(again));
  for (const folded of document.querySelectorAll("details")) openFor(folded);

  async function keep() {
    if (isLeaving) return;
    try {
      const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), credentials: "same-origin" });
      if (!answer.ok) throw new Error(answer.statusText);
      const { at } = await answer.json();
      says.textContent = says.dataset.kept.replace("{time}", at);
    } catch {
      says.textContent = says.dataset.failed;
    }
  }
}

// A link to a field that is folded away unfolds it.
function openFor(folded) {
  const look = () => {
    const field = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (field && folded.contains(field)) folded.open = true;
  };
  addEventListener("hashchange", look);
  look();
}
