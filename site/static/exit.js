// "Close this page": another page takes the place of this one, with one tap or three times Esc.
const LONGEST_MS = 3000; // from the first Esc to the third

const link = document.querySelector("[data-exit]");
const leave = () => {
  document.body.hidden = true; // at once, however long the other page takes
  document.title = "";
  location.replace(link.href);
};

let pressed = [];
link.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return (pressed = []);
  if (event.repeat) return;
  pressed = [...pressed.filter((at) => event.timeStamp - at < LONGEST_MS), event.timeStamp];
  if (pressed.length >= 3) leave();
});
for (const hint of document.querySelectorAll("[data-exit-keys]")) hint.hidden = false;
