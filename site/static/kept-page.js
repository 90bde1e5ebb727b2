// The page of kept places: it asks the server for the cards of what this device has kept.
import { readKept, showKept, writeKept } from "./kept.js";

const page = document.querySelector("[data-kept-page]");
const says = document.querySelector("[data-kept-says]");
const undo = document.querySelector("[data-kept-undo]");
let before = [];
document.querySelector("[data-kept-without]").hidden = true;

// An address with ids is somebody's own choice: it is shown as it stands.
if (!new URLSearchParams(location.search).has("ids")) {
  undo.addEventListener("click", () => {
    writeKept(before);
    undo.hidden = true;
    says.textContent = "";
    load();
  });
  load();
}

async function load() {
  const ids = readKept();
  if (!ids.length) return;
  page.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${location.pathname}?ids=${ids.join(",")}`);
    if (!answer.ok) throw new Error(answer.status);
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    page.replaceChildren(...found.querySelector("[data-kept-page]").childNodes);
    furnish(ids);
  } catch {
    says.textContent = says.dataset.failed;
    const seen = (await Promise.all(ids.map(seenPage))).filter(Boolean);
    if (seen.length) page.replaceChildren(listOf(seen));
  }
  page.removeAttribute("aria-busy");
}

// The page of a place as this device saw it last: its address and heading, or nothing.
async function seenPage(id) {
  const address = location.pathname.replace(/kept$/, `listings/${id}`);
  const answer = await globalThis.caches?.match(address, { cacheName: "ibasho-pages" });
  if (!answer) return undefined;
  const heading = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("h1");
  for (const reading of heading.querySelectorAll("rt, rp")) reading.remove();
  return { address, name: heading.textContent.trim() };
}

function listOf(places) {
  const list = document.createElement("ul");
  for (const { address, name } of places) {
    const link = Object.assign(document.createElement("a"), { href: address, textContent: name });
    const item = document.createElement("li");
    item.append(link);
    list.append(item);
  }
  return list;
}

function furnish(ids) {
  const cards = [...page.querySelectorAll("[data-keep]")].map((button) => button.dataset.keep);
  const sheet = page.querySelector("[data-kept-sheet]");
  const clear = page.querySelector("[data-kept-clear]");
  // What is no longer on the site is said once and then let go of.
  if (cards.length < ids.length) writeKept(ids.filter((id) => cards.includes(id)));
  if (!clear) return showKept();
  const address = sheet.pathname;
  document.addEventListener("ibasho:kept", ({ detail }) => {
    sheet.href = `${address}?ids=${detail.join(",")}`;
    sheet.hidden = clear.hidden = !detail.length;
    says.textContent = cards.some((id) => !detail.includes(id)) ? says.dataset.removed : "";
  });
  clear.hidden = false;
  clear.addEventListener("click", () => {
    before = readKept();
    writeKept([]);
    page.replaceChildren();
    says.textContent = says.dataset.cleared;
    undo.hidden = false;
    undo.focus();
  });
  showKept();
}
