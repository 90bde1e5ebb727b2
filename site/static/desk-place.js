// Where the address of the form is: in words, and on the map as a pin that can be moved.

import { askWhileTyping } from "./desk-ask.js";

const CLOSE_ZOOM = 16;
const STEP = 8; // px that an arrow key moves the pin; ten times less with Shift
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };

const says = document.querySelector("[data-place]");
const box = document.querySelector("[data-pin-map]");
if (says && box) start();

function start() {
  const [address, municipality, visibility, pin] = ["address", "municipality", "visibility", "pin"]
    .map((name) => document.getElementById(name));
  const section = box.querySelector("section.map");
  const reset = box.querySelector("[data-pin-reset]");
  const set = pin.value;
  let known = placeOf(box.dataset);
  let drawn = null;

  const ask = askWhileTyping([address, municipality, visibility, pin], question, show);
  // A pin belongs to the address that it was set for; one that was just set is meant for this one.
  for (const field of [address, municipality]) {
    field.addEventListener("change", () => {
      if (set && pin.value === set) put("");
    });
  }
  reset.addEventListener("click", () => put(""));
  pin.addEventListener("input", offer);
  section.addEventListener("drawn", () => {
    box.querySelector("[data-pin-hint]").hidden = false;
    drawn = draw(window[section.dataset.map]);
    drawn.show(known, true);
  });
  offer();

  function question() {
    const asked = { address, municipality, visibility, pin };
    const values = Object.entries(asked).map(([name, field]) => [name, field.value]);
    return `${says.dataset.place}?${new URLSearchParams(values)}`;
  }

  function show(answer) {
    says.querySelector("[data-found]").textContent = answer.found;
    says.querySelector("[data-says]").textContent = answer.says;
    says.querySelector("[data-public]").textContent = answer.public;
    known = answer;
    drawn?.show(known, !document.activeElement?.closest(".leaflet-container"));
  }

  function put(text) {
    pin.value = text;
    offer();
    pin.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function offer() {
    reset.hidden = !pin.value;
  }

  function draw(map) {
    const icon = L.divIcon({ className: "place desk-pin", html: "<svg viewBox='0 0 36 36' aria-hidden='true'><path d='M18 34C10 23 7 19 7 13a11 11 0 0 1 22 0c0 6-3 10-11 21Z'/><circle cx='18' cy='13' r='4'/></svg>", iconSize: [44, 44], iconAnchor: [22, 42] });
    const marker = L.marker([0, 0], { icon, draggable: true, autoPan: true });
    const circle = L.circle([0, 0], { interactive: false, className: "rough-area" });
    map.setMaxBounds(null);
    map.setMinZoom(0);
    marker.on("add", () => {
      const element = marker.getElement();
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", box.dataset.label);
    });
    marker.on("dragend", () => take(marker.getLatLng()));
    map.on("click", ({ latlng }) => {
      marker.setLatLng(latlng).addTo(map);
      take(latlng);
    });
    map.getContainer().addEventListener("keydown", move, true);
    return { show: showOnMap };

    function move(event) {
      const way = ARROWS[event.key];
      if (!way || document.activeElement !== marker.getElement()) return;
      event.preventDefault();
      event.stopPropagation();
      const length = event.shiftKey ? STEP / 10 : STEP;
      const point = map.project(marker.getLatLng()).add([way[0] * length, way[1] * length]);
      marker.setLatLng(map.unproject(point));
      map.panInside(marker.getLatLng(), { padding: [40, 40], animate: false });
      take(marker.getLatLng());
    }

    function take({ lat, lng }) {
      circle.remove();
      put(`${lat.toFixed(6)},${lng.toFixed(6)}`);
    }

    function showOnMap({ lat, lon, radius_m: radius }, isToSee) {
      if (lat === null) {
        marker.remove();
        circle.remove();
        return;
      }
      marker.setLatLng([lat, lon]).addTo(map);
      if (radius) circle.setLatLng([lat, lon]).setRadius(radius).addTo(map);
      else circle.remove();
      if (!isToSee) return;
      if (radius) map.fitBounds(L.latLng(lat, lon).toBounds(radius * 2), { animate: false, maxZoom: CLOSE_ZOOM });
      else map.setView([lat, lon], Math.max(map.getZoom(), CLOSE_ZOOM), { animate: false });
    }
  }
}

function placeOf({ lat, lon, radius }) {
  const number = (text) => (text ? Number(text) : null);
  return { lat: number(lat), lon: number(lon), radius_m: number(radius) };
}
