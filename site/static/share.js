// Handing a page on: what this browser can do is shown, and done when it is asked for.
for (const section of document.querySelectorAll("[data-share]")) {
  const { shareName: title, shareUrl: url } = section.dataset;
  const says = section.querySelector("[data-share-says]");
  const copy = section.querySelector("[data-share-copy]");
  const other = section.querySelector("[data-share-other]");
  if (navigator.clipboard) {
    copy.hidden = false;
    copy.addEventListener("click", async () => {
      says.textContent = "";
      try {
        await navigator.clipboard.writeText(url);
        says.textContent = says.dataset.copied;
      } catch {
        says.textContent = says.dataset.failed;
      }
    });
  }
  if (navigator.share) {
    other.hidden = false;
    // closing the window that opens is no failure
    other.addEventListener("click", () => navigator.share({ title, url }).catch(() => {}));
  }
}
