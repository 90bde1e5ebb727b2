// "Near me": the position is asked for when the button is pressed, rounded to about 100 m, and
// leaves the browser only as the search that the visitor then sends.
const DECIMALS = 3;

start(document);
document.addEventListener("shown", ({ target }) => start(target));

function start(root) {
  if (!("geolocation" in navigator)) return;
  for (const button of root.querySelectorAll("[data-near-me]")) prepare(button);
}

function prepare(button) {
  const form = button.closest("form");
  const says = form.querySelector("[data-near-me-says]");
  button.hidden = false;
  button.addEventListener("click", () => {
    says.textContent = says.dataset.asking;
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const point = [coords.latitude, coords.longitude].map((part) => part.toFixed(DECIMALS));
        form.elements.near.value = point.join(",");
        form.requestSubmit();
      },
      () => {
        says.textContent = says.dataset.refused;
        form.elements.near.focus();
      },
      { timeout: 10000, maximumAge: 300000 },
    );
  });
}
