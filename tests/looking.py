"""How a page looks to somebody: each function returns what is wrong, an empty list if nothing.

The scripts run in the page. Most leave out the inside of the map, which is Leaflet's own.
"""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# A rule that does not hold for these parts of a page, and why.
EXCUSED = {
    # WCAG 2.5.8, "essential": a point stands where its place is; the list says the same.
    ("target-size", "leaflet-marker-icon"),
}

_HELPERS = """
const all = (selector) => [...document.querySelectorAll(selector)].filter((one) =>
  one.checkVisibility({visibilityProperty: true}) && !one.closest(".leaflet-container"));
const named = (one) => {
  const id = one.id ? "#" + one.id : "", classes = [...one.classList].map((name) => "." + name);
  const words = one.innerText || one.ariaLabel || one.name || "";
  const text = words.replace(/\\s+/g, " ").trim().slice(0, 30);
  return one.tagName.toLowerCase() + id + classes.join("") + " “" + text + "”";
};
const inner = (rect, box) => rect.left >= box.left - 1 && rect.right <= box.right + 1
  && rect.top >= box.top - 1 && rect.bottom <= box.bottom + 1;
const backdrop = (one) => {
  for (let at = one; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/^rgba.*, 0\\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
};
"""

_axe = Axe()


def ask(page: Page, script: str) -> Any:
    """Run the body of a function in the page, with the helpers above."""
    return page.evaluate(f"() => {{ {_HELPERS} {script} }}")


def axe(page: Page) -> list[str]:
    """Rule, help and selector of all that axe-core objects to.

    What stays in view while the page moves hides nothing for good, so it is put in its place.
    """
    switch = "document.querySelector('.list-or-map')?.style"
    page.evaluate(f"{switch}.setProperty('position', 'relative')")
    # no rule of these reads style sheets by itself, so none has to be fetched once more
    options = {"runOnly": RULES, "resultTypes": ["violations"], "preload": False}
    found = _axe.run(page, options=options).response
    page.evaluate(f"{switch}.removeProperty('position')")
    return [
        f"{rule['id']}: {rule['help']}: {' '.join(map(str, node['target']))}"
        for rule in found["violations"]
        for node in rule["nodes"]
        if not any(rule["id"] == name and part in node["html"] for name, part in EXCUSED)
    ]


def sideways(page: Page) -> list[str]:
    """What makes the page wider than its window."""
    script = """
      const root = document.scrollingElement;
      if (root.scrollWidth <= innerWidth) return [];
      const end = (one) => one.getBoundingClientRect().right;
      const wide = all("body *").filter((one) => end(one) > innerWidth + 1);
      return ["wider than its window: " + wide.slice(0, 3).map(named).join(", ")];
    """
    found: list[str] = ask(page, script)
    return found


def cut_texts(page: Page) -> list[str]:
    """Texts that leave the box they stand in, or are cut off by one.

    A line clamp is left out: a card is a summary, its page says the rest. So is what is only heard.
    """
    script = """
      const wrong = new Set(), boxes = "button, .button, .card, header, nav, summary, .badge";
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (texts.nextNode()) {
        const text = texts.currentNode, parent = text.parentElement;
        if (!text.data.trim() || parent.closest(".leaflet-container, .skip, .unseen")) continue;
        if (!parent.checkVisibility({visibilityProperty: true})) continue;
        const range = document.createRange();
        range.selectNodeContents(text);
        const frames = [];
        let free = false;
        for (let at = parent; at; at = at.parentElement) {
          const style = getComputedStyle(at);
          if (style.webkitLineClamp !== "none" || /auto|scroll/.test(style.overflowX)) free = true;
          else if (/hidden|clip/.test(style.overflow) || at.matches(boxes)) frames.push(at);
        }
        if (free) continue;
        for (const rect of range.getClientRects()) {
          if (rect.left < -1 || rect.right > innerWidth + 1)
            wrong.add("off the page: " + named(parent));
          for (const frame of frames)
            if (!inner(rect, frame.getBoundingClientRect()))
              wrong.add("text outside of " + named(frame) + ": " + named(parent));
        }
      }
      return [...wrong];
    """
    found: list[str] = ask(page, script)
    return found


def overlaps(page: Page) -> list[str]:
    """Controls that lie on one another; what stays in view while the page moves is left out.

    Of what scrolls within a box only that counts which is in view there.
    """
    script = """
      const seen = (rect, one) => {
        let {left, top, right, bottom} = rect;
        for (let at = one.parentElement; at && at !== document.body; at = at.parentElement) {
          if (!/auto|scroll|hidden/.test(getComputedStyle(at).overflow)) continue;
          const box = at.getBoundingClientRect();
          left = Math.max(left, box.left); right = Math.min(right, box.right);
          top = Math.max(top, box.top); bottom = Math.min(bottom, box.bottom);
        }
        return {left, top, right, bottom};
      };
      const stays = (one) => one && (/sticky|fixed/.test(getComputedStyle(one).position)
        || stays(one.parentElement));
      const wrong = [], controls = all("a[href], button, input, select, textarea, summary")
        .filter((one) => !stays(one.closest(".list-or-map")));
      const rects = controls.map((one) => [...one.getClientRects()].map((rect) => seen(rect, one)));
      const meet = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 1
        && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 1;
      for (let i = 0; i < controls.length; i++) for (let j = i + 1; j < controls.length; j++) {
        if (controls[i].contains(controls[j])) continue;
        if (rects[i].some((a) => rects[j].some((b) => meet(a, b))))
          wrong.push(named(controls[i]) + " overlaps " + named(controls[j]));
      }
      return wrong;
    """
    found: list[str] = ask(page, script)
    return found


def small_targets(page: Page) -> list[str]:
    """Links of lists, cards and navigation below 24 × 24 px, buttons below 44 px of height."""
    script = """
      const wrong = [];
      const links = all("nav a, header a, .card a, .kinds a, .contacts a, .chips a, summary");
      const least = (one, width, height) => {
        const rect = one.getBoundingClientRect();
        if (rect.width < width || rect.height < height)
          wrong.push(`${named(one)} is ${Math.round(rect.width)} × ${Math.round(rect.height)}`);
      };
      for (const one of links) least(one, 24, 24);
      for (const one of all("input, select, textarea")) least(one, 24, 24);
      for (const one of all("button, .button")) least(one, 44, 44);
      return wrong;
    """
    found: list[str] = ask(page, script)
    return found


def lost_in_forced_colours(page: Page) -> list[str]:
    """Controls without an edge, texts in the colour of their ground, colours that do not yield."""
    page.emulate_media(forced_colors="active")
    script = """
      const wrong = [];
      const edged = (one) => {
        const style = getComputedStyle(one);
        return style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) >= 1
          && style.borderTopColor !== backdrop(one.parentElement);
      };
      const edges = "button, .button, .kind-button, .chip, .chips a, .card, select, textarea";
      for (const one of all(edges + ", input:not([type=checkbox], [type=radio])"))
        if (!edged(one)) wrong.push(named(one) + " has no edge");
      for (const one of all("body *").filter((one) => !one.childElementCount && one.innerText)) {
        const colour = getComputedStyle(one).color;
        if (colour === backdrop(one)) wrong.push(named(one) + " cannot be read");
      }
      const insists = (one) => getComputedStyle(one).forcedColorAdjust === "none";
      for (const one of all("body *"))
        if (insists(one) && !insists(one.parentElement))
          wrong.push(named(one) + " insists on its own colours");
      for (const one of document.querySelectorAll(".place")) {
        const style = getComputedStyle(one), ground = backdrop(one.parentElement);
        const bordered = parseFloat(style.borderTopWidth) >= 1 && style.borderTopColor !== ground;
        if (!bordered && style.backgroundColor === ground)
          wrong.push(named(one) + " cannot be seen");
      }
      return wrong;
    """
    found: list[str] = ask(page, script)
    page.emulate_media(forced_colors="none")
    return [f"forced colours: {what}" for what in found]


def movements(page: Page) -> list[str]:
    """What still moves for somebody who asked for less movement."""
    script = """
      const seconds = (text) => Math.max(...text.split(",").map((part) =>
        parseFloat(part) / (part.trim().endsWith("ms") ? 1000 : 1)));
      return [...new Set([...document.querySelectorAll("*")].filter((one) => {
        const style = getComputedStyle(one);
        return style.scrollBehavior === "smooth" || seconds(style.transitionDuration) > 0.01
          || (style.animationName !== "none" && seconds(style.animationDuration) > 0.01);
      }).map((one) => named(one) + " moves"))];
    """
    found: list[str] = ask(page, script)
    return found


def at_twice_the_text_size(page: Page) -> list[str]:
    """What is cut, covered or pushed off the page for somebody who reads large letters."""
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    found = []
    for width in (1280, 640):
        page.set_viewport_size({"width": width, "height": 900})
        wrong = sideways(page) + cut_texts(page) + overlaps(page)
        found += [f"200 % text, {width} px: {what}" for what in wrong]
    return found


def stop(page: Page) -> dict[str, Any] | None:
    """Where the keyboard stands: place in the document, whether it can be seen; None if nowhere."""
    script = """
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      const style = getComputedStyle(one), rect = one.getBoundingClientRect();
      const x = Math.min(Math.max(rect.left + rect.width / 2, 0), innerWidth - 1);
      const y = Math.min(Math.max(rect.top + Math.min(rect.height / 2, 20), 0), innerHeight - 1);
      const above = document.elementFromPoint(x, y);
      // the map changes its points while somebody walks on
      const order = [...document.querySelectorAll("*")].filter((each) =>
        each === one || !each.closest(".leaflet-container"));
      return {
        index: order.indexOf(one),
        name: named(one),
        href: one.href || "",
        on_map: Boolean(one.closest(".leaflet-container")),
        ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        seen: rect.width > 0 && rect.height > 0 && rect.bottom > 0 && rect.top < innerHeight
          && rect.right > 0 && rect.left < innerWidth,
        covered: Boolean(above) && !one.contains(above) && !above.contains(one),
      };
    """
    found: dict[str, Any] | None = ask(page, script)
    return found


def stops(page: Page) -> list[str]:
    """All that the keyboard should reach."""
    script = """
      const fields = "input:enabled:not([type=hidden]), select, textarea, summary";
      return all("a[href], button:enabled, .pictures[tabindex], " + fields).map(named);
    """
    found: list[str] = ask(page, script)
    return found
