// The menu of languages folds with Esc, and when the next tap or the focus goes elsewhere.
const menu = document.querySelector(".language-menu");

menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
// So do the menus of the desk with Esc, wherever the focus is: the innermost first.
const unfolded = () => [...document.querySelectorAll(".desk-bar details[open]")];
document.addEventListener("keydown", ({ key }) => {
  const open = key === "Escape" && unfolded().pop();
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
for (const elsewhere of ["pointerdown", "focusin"]) {
  document.addEventListener(elsewhere, ({ target }) => {
    if (!menu.contains(target)) menu.open = false;
    for (const open of unfolded()) if (!open.contains(target)) open.open = false;
  });
}
