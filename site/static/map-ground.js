// The ground: outlines beneath the markers, so that the map says where things are without tiles.

const NAMES_FROM_ZOOM = 12;
const ROWS = 9;

// Draw the outlines and return the box that they fill.
export function drawGround(map, outlines) {
  for (const pane of ["land", "borders", "names"]) map.createPane(pane);
  const of = (kind) => outlines.filter((outline) => outline.properties.kind === kind);
  const draw = (features, pane, className) =>
    L.geoJSON(features, { pane, interactive: false, style: { className } }).addTo(map);

  // The land lies under the tiles, the lines above them.
  const land = draw(of("municipality"), "land", "land");
  const edges = { type: "Feature", geometry: lines(of("school_district")) };
  const districts = draw([edges], "borders", "district-line");
  draw(of("municipality"), "borders", "ward-line");
  for (const district of of("school_district")) nameOf(district).addTo(map);
  for (const station of of("station")) stationOn(station).addTo(map);
  for (const source of new Set(outlines.map((outline) => outline.properties.source).filter(Boolean))) {
    map.attributionControl.addAttribution(escaped(source));
  }
  const box = map.getContainer();
  const look = () => box.classList.toggle("names-shown", map.getZoom() >= NAMES_FROM_ZOOM);
  map.on("zoomend", look);
  look();
  return land.getBounds().extend(districts.getBounds());
}

// Each edge once: dashes of two neighbours, one over the other, would be no dashes.
function lines(districts) {
  const edges = new Map();
  for (const ring of districts.flatMap(({ geometry }) => polygonsOf(geometry).flat())) {
    for (let i = 1; i < ring.length; i += 1) {
      const edge = [ring[i - 1], ring[i]];
      edges.set(edge.map(String).sort().join(" "), edge);
    }
  }
  return { type: "MultiLineString", coordinates: [...edges.values()] };
}

function polygonsOf({ type, coordinates }) {
  return type === "Polygon" ? [coordinates] : coordinates;
}

function nameOf(district) {
  const name = document.createElement("span");
  name.textContent = district.properties.name;
  const icon = L.divIcon({ className: "district-name", html: name, iconSize: null });
  const options = { icon, pane: "names", interactive: false, keyboard: false };
  return L.marker(roomyPoint(district.geometry), options);
}

function stationOn(station) {
  const [lon, lat] = station.geometry.coordinates;
  const name = document.createElement("span");
  name.textContent = station.properties.name;
  const icon = L.divIcon({ className: "station", html: name, iconSize: [12, 12] });
  const options = { icon, pane: "names", interactive: false, keyboard: false };
  return L.marker([lat, lon], options);
}

// A point well inside: the middle of the widest of a few rows, those near the middle preferred.
function roomyPoint(geometry) {
  const rings = polygonsOf(geometry).map((polygon) => polygon[0]);
  const ring = rings.reduce((one, other) => (other.length > one.length ? other : one));
  const heights = ring.map(([, lat]) => lat);
  const [south, north] = [Math.min(...heights), Math.max(...heights)];
  let best = { score: -1 };
  for (let row = 1; row <= ROWS; row += 1) {
    const part = row / (ROWS + 1);
    const lat = south + part * (north - south);
    const sides = crossings(ring, lat);
    for (let i = 0; i + 1 < sides.length; i += 2) {
      const score = (sides[i + 1] - sides[i]) * (1 - Math.abs(part - 0.5));
      if (score > best.score) best = { score, point: [lat, (sides[i] + sides[i + 1]) / 2] };
    }
  }
  return best.point;
}

// The longitudes at which a ring crosses a latitude, from west to east.
function crossings(ring, lat) {
  const found = [];
  for (let i = 1; i < ring.length; i += 1) {
    const [[x1, y1], [x2, y2]] = [ring[i - 1], ring[i]];
    if (y1 > lat !== y2 > lat) found.push(x1 + ((lat - y1) / (y2 - y1)) * (x2 - x1));
  }
  return found.sort((one, other) => one - other);
}

// The map library takes credits as HTML.
function escaped(text) {
  const box = document.createElement("span");
  box.textContent = text;
  return box.innerHTML;
}
