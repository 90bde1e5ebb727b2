// Where someone lives is rounded to its town before the address bar is shared or kept.
const rounded = document.querySelector("[data-rounded-address]");
if (rounded) history.replaceState(history.state, "", rounded.dataset.roundedAddress);
