// The map of a result: loaded when it is wanted, filled from the feed of the visible box.
// Texts of places reach the page as textContent only.

const WIDE = "(min-width: 48rem)";
const FEED_DELAY = 250;
const CLOSE_ZOOM = 15;

for (const section of document.querySelectorAll("section.map")) prepare(section);

function prepare(section) {
  const button = section.querySelector("[data-map-open]");
  const open = async () => {
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
  if (matchMedia(WIDE).matches) open();
  else {
    button.hidden = false;
    button.addEventListener("click", open);
  }
}

async function load(section) {
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
  section.querySelector(".map-frame").hidden = false;
  const shell = section.querySelector("[data-map-shell]");
  const script = document.createElement("script");
  script.nonce = shell.nonce;
  script.textContent = shell.textContent;
  document.head.append(script);

  const map = window[section.dataset.map];
  map.attributionControl.setPrefix("Leaflet");
  window[section.dataset.tiles]?.addTo(map);
  const clusters = L.markerClusterGroup({
    showCoverageOnHover: false,
    maxClusterRadius: 44,
    iconCreateFunction: (cluster) => clusterIcon(cluster, section.dataset.cluster),
  });
  map.addLayer(clusters);

  const first = section.dataset.features
    ? JSON.parse(section.dataset.features)
    : await fetchFeatures(section.dataset.feed);
  show(first);
  if (first.length) {
    const bounds = L.latLngBounds(first.slice(0, 20).map(latLng));
    map.fitBounds(bounds.pad(0.2), { maxZoom: CLOSE_ZOOM, animate: false });
  }
  if (section.dataset.features) return;

  let timer;
  map.on("moveend", () => {
    clearTimeout(timer);
    timer = setTimeout(follow, FEED_DELAY);
  });

  async function follow() {
    const box = map.getBounds();
    const sides = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()];
    const feed = new URL(section.dataset.feed, location.href);
    feed.searchParams.set("bbox", sides.map((side) => side.toFixed(5)).join(","));
    show(await fetchFeatures(feed));
  }

  function show(features) {
    clusters.clearLayers();
    clusters.addLayers(features.map((feature) => marker(feature, map, section.dataset.rough)));
  }
}

async function fetchFeatures(address) {
  const answer = await fetch(address, { credentials: "same-origin" });
  if (!answer.ok) throw new Error(answer.statusText);
  return (await answer.json()).features;
}

function latLng(feature) {
  const [lon, lat] = feature.geometry.coordinates;
  return [lat, lon];
}

function marker(feature, map, roughWords) {
  const about = feature.properties;
  const rough = about.radius_m !== null;
  const icon = L.divIcon({
    className: `place kind-${about.kind}${rough ? " rough" : ""}`,
    iconSize: [28, 28],
  });
  const point = L.marker(latLng(feature), { icon, keyboard: true });
  const circle = rough && L.circle(latLng(feature), {
    radius: about.radius_m, interactive: false, className: "rough-area",
  });
  point.bindPopup(() => popup(about, rough ? roughWords : ""));
  point.on("add", () => {
    const element = point.getElement();
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", `${about.name}, ${about.kind_label}, ${about.next_label}`);
  });
  if (circle) {
    point.on("popupopen", () => circle.addTo(map));
    point.on("popupclose remove", () => circle.remove());
  }
  return point;
}

function popup(about, note) {
  const box = document.createElement("div");
  const link = document.createElement("a");
  link.href = about.url;
  link.textContent = about.name;
  box.append(link);
  for (const text of [about.kind_label, about.next_label, about.address, note].filter(Boolean)) {
    const line = document.createElement("p");
    line.textContent = text;
    box.append(line);
  }
  return box;
}

function clusterIcon(cluster, words) {
  const icon = L.divIcon({ className: "place cluster", iconSize: [40, 40] });
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
