// Suggestions while typing: a combobox with a list (ARIA 1.2). Without it the field is a plain one.
// What is typed goes to this site alone, is answered from memory and kept nowhere.
const DELAY = 120;

start(document);
document.addEventListener("shown", ({ target }) => start(target));

function start(root) {
  for (const input of root.querySelectorAll("[data-suggest]")) prepare(input);
}

function prepare(input) {
  const list = document.createElement("ul");
  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestLabel);
  const says = document.createElement("span");
  says.className = "unseen";
  says.setAttribute("role", "status");
  input.after(list, says);
  input.parentElement.classList.add("suggesting");
  const states = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false" };
  for (const [name, value] of Object.entries(states)) input.setAttribute(name, value);
  input.setAttribute("aria-controls", list.id);

  let timer, asked, chosen = -1;

  function close() {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    choose(-1);
  }

  function choose(index) {
    chosen = index;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", at === index));
    const option = list.children[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    input.value = option.dataset.text;
    close();
    input.focus();
  }

  function show(found) {
    list.replaceChildren(
      ...found.map(({ text, about }, at) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${at}`;
        option.dataset.text = text;
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        const kind = document.createElement("span");
        kind.className = "hint";
        kind.textContent = about;
        option.append(text, " ", kind);
        // before the field loses the focus
        option.addEventListener("pointerdown", (event) => event.preventDefault());
        option.addEventListener("click", () => take(option));
        return option;
      }),
    );
    choose(-1);
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    says.textContent = found.length ? input.dataset.suggestFound.replace("0", found.length) : "";
  }

  async function ask() {
    asked?.abort();
    asked = new AbortController();
    const address = new URL(input.dataset.suggest, location.href);
    address.searchParams.set("q", input.value);
    address.searchParams.set("field", input.name);
    try {
      const answer = await fetch(address, { signal: asked.signal, credentials: "same-origin" });
      if (answer.ok && document.activeElement === input) show((await answer.json()).suggestions);
    } catch {
      // no suggestions: the field works without them
    }
  }

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    // a word of Japanese is asked for once it is converted, or at a rest
    if (!input.value.trim()) close();
    else timer = setTimeout(ask, event.isComposing ? 2 * DELAY : DELAY);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const count = list.hidden ? 0 : list.children.length;
    if (event.key === "Escape" && count) close();
    else if (event.key === "ArrowDown" && !count && input.value.trim()) ask();
    else if (event.key === "ArrowDown" && count) choose(chosen + 1 < count ? chosen + 1 : -1);
    else if (event.key === "ArrowUp" && count) choose(chosen < 0 ? count - 1 : chosen - 1);
    else if (event.key === "Enter" && chosen >= 0 && count) take(list.children[chosen]);
    else return;
    event.preventDefault();
  });
}
