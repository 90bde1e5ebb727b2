// The menu of languages folds with Esc, and when the next tap or the focus goes elsewhere.
const menu = document.querySelector(".language-menu");

menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
for (const elsewhere of ["pointerdown", "focusin"]) {
  document.addEventListener(elsewhere, ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
  });
}
