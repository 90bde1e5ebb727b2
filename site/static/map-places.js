// The places on the map: markers, their popups, and what belongs together in list and map.

const FEW = 10;
const SVG = "http://www.w3.org/2000/svg";

export function latLng(feature) {
  const [lon, lat] = feature.geometry.coordinates;
  return [lat, lon];
}

// A dot for where the visitor searches from; return its point.
export function drawOrigin(map, { lat, lon, label }) {
  const icon = L.divIcon({ className: "origin", iconSize: [20, 20] });
  const dot = L.marker([lat, lon], { icon, interactive: false, keyboard: false });
  const text = document.createElement("span");
  text.textContent = label;
  dot.bindTooltip(text, { permanent: true, direction: "bottom", className: "origin-name" });
  dot.addTo(map);
  dot.getElement().setAttribute("role", "img");
  dot.getElement().setAttribute("aria-label", label);
  // The dot has the name already; its label is for the eyes.
  dot.getElement().removeAttribute("aria-describedby");
  dot.getTooltip().getElement().removeAttribute("role");
  dot.getTooltip().getElement().setAttribute("aria-hidden", "true");
  return [lat, lon];
}

// The layer of places; show() makes it hold just these features, and leaves an open popup alone.
export function placesOn(map, section) {
  const { cluster, close, rough, sprite } = section.dataset;
  const markers = new Map();
  let few = false;
  const clusters = L.markerClusterGroup({
    showCoverageOnHover: false,
    maxClusterRadius: 44,
    spiderLegPolylineOptions: { className: "spider-leg" },
    iconCreateFunction: (group) => clusterIcon(group, cluster),
  });
  map.addLayer(clusters);
  returnFocus(map, close);
  linkWithList();

  function show(features) {
    const wanted = new Map(features.map((feature) => [feature.properties.id, feature]));
    few = features.length <= FEW;
    for (const [id, marker] of markers) {
      if (wanted.has(id) || marker.isPopupOpen()) wanted.delete(id);
      else {
        clusters.removeLayer(marker);
        markers.delete(id);
      }
    }
    const fresh = [...wanted].map(([id, feature]) => [id, markerOf(feature)]);
    for (const [id, marker] of fresh) markers.set(id, marker);
    clusters.addLayers(fresh.map(([, marker]) => marker));
  }

  function markerOf(feature) {
    const about = feature.properties;
    const isRough = about.radius_m !== null && about.level !== "block";
    const icon = L.divIcon({
      className: `place kind-${about.kind}${isRough ? " rough" : ""}`,
      html: shapeOf(about.kind, sprite),
      iconSize: [36, 36],
      popupAnchor: [0, -14],
    });
    const marker = L.marker(latLng(feature), { icon, autoPanOnFocus: false });
    marker.bindPopup(() => popup(about, isRough ? rough : ""), { maxWidth: 240, minWidth: 160 });
    marker.on("add", () => {
      const element = marker.getElement();
      element.dataset.listing = about.id;
      // at once: while the map glides, whoever goes by keyboard stands on a point out of sight
      const inside = { padding: [40, 40], animate: false };
      element.addEventListener("focus", () => map.panInside(marker.getLatLng(), inside));
      element.setAttribute("role", "button");
      element.setAttribute("aria-label", `${about.name}, ${about.kind_label}, ${about.next_label}`);
    });
    if (isRough) drawRoughArea(marker, about);
    return marker;
  }

  // Where there are few, a soft circle says at once how roughly a place is known.
  function drawRoughArea(marker, about) {
    const circle = L.circle(marker.getLatLng(), {
      radius: about.radius_m, interactive: false, className: `rough-area kind-${about.kind}`,
    });
    marker.on("add", () => few && circle.addTo(map));
    marker.on("popupopen", () => circle.addTo(map));
    marker.on("popupclose", () => few || circle.remove());
    marker.on("remove", () => circle.remove());
  }

  // What is pointed at in the list is marked on the map, and the other way round.
  function linkWithList() {
    const cards = new Map();
    for (const card of document.querySelectorAll("[data-listing]")) {
      cards.set(card.dataset.listing, card);
      for (const event of ["mouseenter", "focusin"]) {
        card.addEventListener(event, () => mark(section, onMap(card.dataset.listing)));
      }
      for (const event of ["mouseleave", "focusout"]) {
        card.addEventListener(event, () => mark(section, []));
      }
    }
    const box = map.getContainer();
    for (const event of ["mouseover", "focusin"]) {
      box.addEventListener(event, ({ target }) => {
        const card = cards.get(target.closest("[data-listing]")?.dataset.listing);
        mark(document, card ? [card] : []);
      });
    }
    box.addEventListener("mouseleave", () => mark(document, []));
  }

  function onMap(id) {
    const marker = markers.get(id);
    const shown = marker && clusters.getVisibleParent(marker);
    const links = section.querySelectorAll(".leaflet-popup a[data-listing]");
    return [shown?.getElement(), ...[...links].filter((link) => link.dataset.listing === id)];
  }

  return { show };
}

function mark(root, elements) {
  for (const element of root.querySelectorAll(".picked")) element.classList.remove("picked");
  for (const element of elements) element?.classList.add("picked");
}

// By keyboard: an open popup takes the focus, Escape closes it and gives the focus back.
function returnFocus(map, close) {
  map.on("popupopen", ({ popup }) => {
    const element = popup.getElement();
    element.querySelector(".leaflet-popup-close-button").setAttribute("aria-label", close);
    element.querySelector("a[data-listing]").focus({ preventScroll: true });
  });
  map.on("popupclose", ({ popup }) => {
    if (!popup.getElement()?.contains(document.activeElement)) return;
    popup._source?.getElement()?.focus({ preventScroll: true });
  });
  map.getContainer().addEventListener("keydown", ({ key }) => {
    if (key === "Escape") map.closePopup();
  });
}

function popup(about, note) {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = about.url;
  link.textContent = about.name;
  link.dataset.listing = about.id;
  box.append(link);
  for (const text of [about.kind_label, about.next_label, about.address, note].filter(Boolean)) {
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
  }
  return box;
}

function shapeOf(kind, sprite) {
  const shape = document.createElementNS(SVG, "svg");
  shape.setAttribute("class", "icon");
  shape.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${sprite}#${kind}`);
  shape.append(use);
  return shape;
}

function clusterIcon(cluster, words) {
  const icon = L.divIcon({ className: "place cluster", iconSize: [44, 44] });
  const create = icon.createIcon.bind(icon);
  icon.createIcon = (old) => {
    const element = create(old);
    element.textContent = cluster.getChildCount();
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", `${cluster.getChildCount()} ${words}`);
    return element;
  };
  return icon;
}
