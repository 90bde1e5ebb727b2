// Asks the desk what a text means while somebody types it; only the newest answer counts.

const DELAY = 300;

// Call `show` with the answer to `address()` a moment after any of `fields` has changed.
export function askWhileTyping(fields, address, show) {
  let timer;
  let last;
  const ask = async () => {
    last?.abort();
    last = new AbortController();
    try {
      const answer = await fetch(address(), { credentials: "same-origin", signal: last.signal });
      if (answer.ok) show(await answer.json());
    } catch {
      // it was overtaken, or there is no network: the page for the check says the same
    }
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, DELAY);
  };
  for (const field of fields) field.addEventListener("input", soon);
  return soon;
}
