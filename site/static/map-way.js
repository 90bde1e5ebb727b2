// The way that somebody goes: its line, and the band beside it in which places are looked for.

const EQUATOR_M = 40075016.7;
const TILE = 256;

// Draw the way that the feed tells of and return its points.
export function drawWay(map, { geometry, properties }) {
  const points = geometry.coordinates.map(([lon, lat]) => L.latLng(lat, lon));
  const draw = (className) => L.polyline(points, { interactive: false, className }).addTo(map);
  const band = draw("way-band");
  const text = document.createElement("span");
  text.textContent = properties.label;
  draw("way-line").bindTooltip(text, { permanent: true, direction: "center", className: "way-name" });
  // as wide on the screen as it is on the ground
  const look = () => {
    const metres = EQUATOR_M * Math.cos((points[0].lat * Math.PI) / 180);
    band.setStyle({ weight: (2 * properties.beside_m * TILE * 2 ** map.getZoom()) / metres });
  };
  map.on("zoomend", look);
  look();
  return points;
}
