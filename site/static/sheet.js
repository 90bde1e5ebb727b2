// On the screen: print the sheet, or copy its address.
const print = document.querySelector("[data-print]");
const copy = document.querySelector("[data-copy]");

if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
if (copy && navigator.clipboard) {
  const says = document.querySelector("[data-copy-says]");
  copy.hidden = false;
  copy.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(copy.dataset.copy);
      says.textContent = says.dataset.copied;
    } catch {
      says.textContent = says.dataset.refused;
    }
  });
}
