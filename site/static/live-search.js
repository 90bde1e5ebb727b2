// Results in place: what leads to another result of the same search is fetched and put where the
// old one stood. Without this module, or when anything fails, the browser goes there as usual.
const PATIENCE = 300; // ms until it shows that something is on its way
const FOLDED = ["details.change", "details.more-conditions", "details.facets"];

const page = location.pathname;
const says = document.createElement("p");
says.className = "unseen";
says.setAttribute("role", "status");
document.body.append(says);
const loaded = new Set([...document.querySelectorAll("script[type=module][src]")].map((one) => one.src));
let asked;

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  if (link.target || link.hasAttribute("download") || !isResult(link.href)) return;
  event.preventDefault();
  go(link.href, { label: labelOf(link), top: Boolean(link.rel.match(/next|prev/)) });
});

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "get" || !isResult(form.action)) return;
  event.preventDefault();
  go(addressOf(form));
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest("form#find");
  if (!form || !target.matches("select, [type=checkbox], [type=date], [type=number]")) return;
  if (target.checkValidity()) go(addressOf(form), { field: target.id });
});

let shown = "";
// once another module has rounded the address
addEventListener("load", () => (shown = location.pathname + location.search));
addEventListener("popstate", () => {
  // a jump within the page is no other result
  if (location.pathname + location.search !== shown) go(location.href, { isBack: true });
});

function isResult(address) {
  const url = new URL(address, location.href);
  return url.origin === location.origin && url.pathname === page && !url.hash;
}

function addressOf(form) {
  const url = new URL(form.action);
  const given = [...new FormData(form)].filter(([, value]) => value !== "");
  url.search = new URLSearchParams(given);
  return url.href;
}

// The words of a link, without its count: they are the same on the next page.
function labelOf(link) {
  return (link.querySelector("span") ?? link).textContent.trim();
}

async function go(address, { label = "", field = "", top = false, isBack = false } = {}) {
  asked?.abort();
  const mine = (asked = new AbortController());
  const main = document.querySelector("main");
  const slow = setTimeout(() => main.setAttribute("aria-busy", "true"), PATIENCE);
  try {
    const answer = await fetch(address, { signal: mine.signal, credentials: "same-origin" });
    const text = await answer.text();
    if (!answer.ok) throw new Error(answer.statusText);
    const next = new DOMParser().parseFromString(text, "text/html");
    if (!next.querySelector("#result-heading")) throw new Error("not a result");
    if (!isBack) history.pushState(null, "", answer.redirected ? answer.url : address);
    show(next);
    shown = location.pathname + location.search;
    focusOn(field ? `#${field}` : "", label, top);
  } catch (error) {
    if (error.name !== "AbortError") location.assign(address);
  } finally {
    clearTimeout(slow);
  }
}

function show(next) {
  const nonce = document.querySelector("script[nonce]").nonce;
  const open = FOLDED.filter((one) => document.querySelector(one)?.open);
  const main = next.querySelector("main");
  for (const one of open) main.querySelectorAll(one).forEach((details) => (details.open = true));
  document.title = next.title;
  for (const part of [".site-header", "link[rel=alternate]", "link[rel=canonical]"]) {
    const [old, fresh] = [document, next].map((root) => [...root.querySelectorAll(part)]);
    old.forEach((element, at) => fresh[at] && element.replaceWith(fresh[at]));
  }
  const here = document.querySelector("main");
  here.removeAttribute("aria-busy");
  here.dispatchEvent(new Event("leaving", { bubbles: true }));
  here.replaceChildren(...main.childNodes);
  here.className = main.className;
  // parsed scripts do not run: those that this document has not run yet are added
  for (const script of here.querySelectorAll("script")) {
    script.nonce = nonce;
    if (script.type !== "module" || loaded.has(script.src)) continue;
    loaded.add(script.src);
    const added = Object.assign(document.createElement("script"), { type: "module", src: script.src });
    added.nonce = nonce;
    document.head.append(added);
  }
  here.dispatchEvent(new Event("shown", { bubbles: true }));
}

// The same control once more, where it is still there; else the count, which is said in any case.
function focusOn(field, label, top) {
  const main = document.querySelector("main");
  const heading = main.querySelector("#result-heading");
  const links = [...main.querySelectorAll(".chips a, .facets a, .orders a")];
  const target = (field && main.querySelector(field)) || links.find((one) => labelOf(one) === label) || heading;
  says.textContent = heading.textContent;
  heading.tabIndex = -1;
  target.focus({ preventScroll: true });
  if (top) heading.scrollIntoView();
}
