// On a phone the list and the map of a result are one tap apart: the map takes the whole view, and
// the list stays where it was behind it. On a wider screen both stand there, and nothing is done.

const NARROW = matchMedia("(max-width: 47.99rem)");
const STAYS = ".list-or-map, .quick-exit, [role=status], script, link";

// said by the history too: a page that comes back comes back as it was
let isMap = Boolean(history.state?.isMap);
let behind = [];
// whether "back" in the browser leads from this map to its list
let isBackToList = false;
start();
document.addEventListener("shown", () => {
  start();
  if (!isMap) return;
  history.replaceState({ isMap }, "");
  isBackToList = false;
  // once the result has placed the focus, which it cannot in what lies behind the map
  setTimeout(() => part("map")?.focus({ preventScroll: true }));
});
document.addEventListener("leaving", uncover);
document.addEventListener("click", ({ target }) => {
  const wanted = target.closest("[data-show]")?.dataset.show;
  if (wanted === "map" && !isMap) {
    history.pushState({ isMap: true }, "");
    isBackToList = true;
    change(true);
    section().focus({ preventScroll: true });
  } else if (wanted === "list" && isMap) leaveMap();
});
// before the map itself, for which the key closes what is open on it
addEventListener("keydown", ({ key }) => {
  if (key !== "Escape" || !isMap || document.querySelector(".map .leaflet-popup")) return;
  leaveMap();
  part("map").focus({ preventScroll: true });
}, true);
addEventListener("popstate", () => {
  // another result that comes back asks for itself; it is shown in the same way as this one
  const wanted = Boolean(history.state?.isMap);
  if (wanted !== isMap) change(wanted);
});
NARROW.addEventListener("change", () => {
  if (isMap && !NARROW.matches) leaveMap();
});

function start() {
  const bar = document.querySelector(".list-or-map");
  if (!bar || !section()) return (isMap = false);
  bar.hidden = false;
  section().classList.add("by-switch");
  section().tabIndex = -1;
  change(isMap && NARROW.matches);
}

function leaveMap() {
  if (isBackToList) history.back();
  else history.replaceState(null, "");
  isBackToList = false;
  change(false);
}

function change(wanted) {
  isMap = wanted;
  for (const name of ["list", "map"]) part(name)?.setAttribute("aria-pressed", String(isMap === (name === "map")));
  if (isMap) cover();
  else uncover();
}

function cover() {
  document.documentElement.classList.add("map-fills");
  for (let at = section(); at !== document.body; at = at.parentElement) {
    const beside = [...at.parentElement.children].filter((one) => one !== at && !one.matches(STAYS));
    behind.push(...beside.filter((one) => !one.inert));
  }
  for (const one of behind) one.inert = true;
  section().dispatchEvent(new Event("wanted"));
}

function uncover() {
  document.documentElement.classList.remove("map-fills");
  for (const one of behind) one.inert = false;
  behind = [];
}

function section() {
  return document.querySelector(".results > .map");
}

function part(name) {
  return document.querySelector(`.list-or-map [data-show=${name}]`);
}
