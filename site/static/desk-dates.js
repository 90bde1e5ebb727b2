// The next dates of a phrase on opening days, shown while it is typed.

import { askWhileTyping } from "./desk-ask.js";

const box = document.querySelector("[data-schedule]");
const phrase = document.getElementById("schedule_text");
if (box && phrase) {
  askWhileTyping([phrase], () => `${box.dataset.schedule}?${new URLSearchParams({ phrase: phrase.value })}`, show);
}

function show({ dates, says }) {
  box.querySelector(".dates").replaceChildren(...dates.map(dateLine));
  box.querySelector("[data-says]").replaceChildren(...says.map((text) => element("p", text, "unsure")));
}

function dateLine({ day, hours, doubt }) {
  const line = document.createElement("li");
  line.append(element("strong", day), ` ${hours} `);
  if (doubt) line.append(element("span", doubt, "confirm"));
  return line;
}

function element(name, text, className = "") {
  return Object.assign(document.createElement(name), { textContent: text, className });
}
