// The map of a result: loaded when it is wanted, filled from the feed of the visible box.
// Texts of places reach the page as textContent only.

import { drawGround } from "./map-ground.js";
import { drawOrigin, latLng, placesOn } from "./map-places.js";
import { drawWay } from "./map-way.js";

const WIDE = "(min-width: 48rem)";
const FEED_DELAY = 250;
const CLOSE_ZOOM = 15;
const FIRST = 20;
const AROUND_M = 4000;

// whether the map was open on the result before this one: then it is on this one too
let wasOpen = false;
start(document);
document.addEventListener("shown", ({ target }) => start(target));
document.addEventListener("leaving", ({ target }) => {
  for (const section of target.querySelectorAll("section.map")) {
    // a phone may have put it away since, behind its list
    wasOpen = section.querySelector(".map-frame").getClientRects().length > 0;
    const map = window[section.dataset.map];
    // Leaflet's timer at the end of a zoom would move a map that is gone
    if (map) map._animatingZoom = false;
    try {
      map?.remove();
    } catch {
      // it was still being drawn; nobody sees it any more
    }
    window[section.dataset.map] = undefined;
  }
});

function start(root) {
  for (const section of root.querySelectorAll("section.map")) prepare(section);
}

function prepare(section) {
  const button = section.querySelector("[data-map-open]");
  let isAsked = false;
  const open = async () => {
    if (isAsked) return;
    isAsked = true;
    button.hidden = true;
    try {
      await load(section);
      await draw(section);
    } catch {
      section.querySelector(".map-frame").hidden = true;
      section.querySelector("[data-map-says]").textContent = section.dataset.failed;
    }
  };
  // On a phone the map, and so the host of the tiles, comes only when it is asked for.
  if (matchMedia(WIDE).matches || wasOpen) open();
  else {
    button.hidden = false;
    button.addEventListener("click", open);
  }
  // another module has made room for it
  section.addEventListener("wanted", () => {
    if (section.querySelector(".map-frame").hidden) open();
    else window[section.dataset.map].invalidateSize();
  });
}

async function load(section) {
  if (window.L?.markerClusterGroup) return;
  const words = (text) => text.split(" ").filter(Boolean);
  const styles = words(section.dataset.styles).map((href) =>
    added(Object.assign(document.createElement("link"), { rel: "stylesheet", href })),
  );
  for (const src of words(section.dataset.scripts)) {
    await added(Object.assign(document.createElement("script"), { src }));
  }
  await Promise.all(styles);
}

function added(element) {
  return new Promise((resolve, reject) => {
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });
}

async function draw(section) {
  const { areas, feed, features, origin } = section.dataset;
  const map = openShell(section);
  const [first, ground] = await Promise.all([
    features ? { features: JSON.parse(features) } : fetchJson(feed),
    // The ground is a help, not the result: without it the places are shown all the same.
    fetchJson(areas).then((outlines) => drawGround(map, outlines.features), () => L.latLngBounds([])),
  ]);
  const wanted = first.features.slice(0, FIRST).map(latLng);
  if (first.way) wanted.push(...drawWay(map, first.way));
  if (origin) wanted.push(drawOrigin(map, JSON.parse(origin)));
  const places = placesOn(map, section);
  places.show(first.features);
  frame(map, L.latLngBounds(wanted), ground);
  section.dispatchEvent(new Event("drawn"));
  if (feed) follow(map, feed, places, section.querySelector("[data-map-here]"));
}

function openShell(section) {
  section.querySelector(".map-frame").hidden = false;
  const shell = section.querySelector("[data-map-shell]");
  const script = document.createElement("script");
  script.nonce = shell.nonce;
  script.textContent = shell.textContent;
  document.head.append(script);

  const map = window[section.dataset.map];
  map.attributionControl.setPrefix("Leaflet");
  window[section.dataset.tiles]?.addTo(map);
  // At the foot, where a thumb reaches it and no popup covers it.
  map.zoomControl.setPosition("bottomleft");
  const box = map.getContainer();
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", section.getAttribute("aria-label"));
  for (const [name, label] of [["in", section.dataset.zoomIn], ["out", section.dataset.zoomOut]]) {
    const button = box.querySelector(`.leaflet-control-zoom-${name}`);
    button.title = label;
    button.setAttribute("aria-label", label);
  }
  return map;
}

// Open on the first results; go no farther out than where there is something to see.
function frame(map, wanted, ground) {
  const shown = wanted.isValid() ? wanted : ground;
  if (!shown.isValid()) return;
  map.fitBounds(shown.pad(0.15), { maxZoom: CLOSE_ZOOM, animate: false });
  const all = shown.getCenter().toBounds(AROUND_M).extend(shown).extend(ground);
  map.setMinZoom(Math.max(0, Math.min(map.getBoundsZoom(all), map.getZoom()) - 2));
  map.setMaxBounds(all.pad(1));
}

function follow(map, address, places, here) {
  let timer;
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, FEED_DELAY);
  });

  // From the start, so that nobody who goes through the page by keyboard meets it too late.
  if (here) {
    here.href = inside(here.href);
    here.hidden = false;
  }

  async function ask() {
    // Who goes from point to point by keyboard, or reads about one, keeps the points meanwhile.
    if (map.getContainer().querySelector(".place:focus, .leaflet-popup :focus")) return;
    const feed = inside(address);
    if (here) here.href = inside(here.href);
    places.show((await fetchJson(feed)).features);
  }

  function inside(link) {
    const box = map.getBounds();
    const sides = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    const url = new URL(link, location.href);
    url.searchParams.set("bbox", sides.map((side) => side.toFixed(5)).join(","));
    return url;
  }
}

async function fetchJson(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.statusText);
  return answer.json();
}
