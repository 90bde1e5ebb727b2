// Places that somebody keeps: their ids stay on this device. They leave it only as the question of
// /kept and the address of /sheet, when these are opened.
const KEY = "ibasho.kept";

export function readKept() {
  try {
    const ids = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(ids) ? ids.filter((id) => /^[0-9a-z]+$/.test(id)) : [];
  } catch {
    return [];
  }
}

export function writeKept(ids) {
  localStorage.setItem(KEY, JSON.stringify(ids));
  showKept();
}

// Bring every button, the count and the link to the sheet up to date.
export function showKept() {
  const ids = readKept();
  for (const button of document.querySelectorAll("[data-keep]")) {
    button.hidden = false;
    button.setAttribute("aria-pressed", String(ids.includes(button.dataset.keep)));
  }
  for (const link of document.querySelectorAll("[data-kept-link]")) {
    link.hidden = !ids.length;
    link.querySelector("[data-kept-count]").textContent = ids.length;
  }
  document.dispatchEvent(new CustomEvent("ibasho:kept", { detail: ids }));
}

function isAllowed() {
  try {
    localStorage.setItem(`${KEY}.may`, "");
    localStorage.removeItem(`${KEY}.may`);
    return true;
  } catch {
    return false;
  }
}

// Where a browser lets nothing be kept there is no button that could break its word.
if (isAllowed()) {
  document.addEventListener("click", ({ target }) => {
    const button = target.closest("[data-keep]");
    if (!button) return;
    const id = button.dataset.keep;
    const others = readKept().filter((one) => one !== id);
    const isNew = others.length === readKept().length;
    writeKept(isNew ? [...others, id] : others);
    // so that the place can be read without a network as well
    if (isNew) navigator.serviceWorker?.controller?.postMessage({ keep: [button.dataset.keepPage] });
  });
  addEventListener("storage", ({ key }) => key === KEY && showKept());
  addEventListener("pageshow", showKept);
  document.addEventListener("shown", showKept); // another result stands where the old one stood
  showKept();
}
