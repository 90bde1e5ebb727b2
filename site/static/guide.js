// Enter goes on to the next question, as the button beside it does; only the last one sends.
const form = document.querySelector("[data-guide]");
form.addEventListener("submit", (event) => {
  const next = [...form.querySelectorAll("[data-next]")].find((one) => one.checkVisibility());
  if (!event.submitter || !next) return;
  event.preventDefault();
  next.click();
});
