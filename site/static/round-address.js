// Where someone lives is rounded to its town before the address bar is shared or kept.
start(document);
document.addEventListener("shown", ({ target }) => start(target));

function start(root) {
  const rounded = root.querySelector("[data-rounded-address]");
  if (rounded) history.replaceState(history.state, "", rounded.dataset.roundedAddress);
}
