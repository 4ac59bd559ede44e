"""What is looked at on every page: accessibility, width, targets, and the way through it by keyboard."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

NARROWEST = 320
TARGET = 44
_AXE = Axe()

# A link is as wide as its word, however short that is.
_SMALL = """least => [...document.querySelectorAll(
  'button, .button, select, textarea, summary, nav a, input:not([type=hidden], [type=radio], [type=checkbox]), .choice'
)].filter(node => node.checkVisibility() && !node.matches('.unseen, .skip')).filter(node => {
  const box = node.getBoundingClientRect();
  const isWord = node.matches('a:not(.button)');
  return box.height < least - 0.5 || (!isWord && box.width < least - 0.5);
}).map(node => `${node.outerHTML.slice(0, 90)} is ${
  ['width', 'height'].map(side => Math.round(node.getBoundingClientRect()[side])).join(' by ')}`)"""

# Every stop gets its number; of a group of radio buttons only one is a stop.
_STOPS = """() => {
  const groups = new Set();
  const checked = new Set([...document.querySelectorAll('[type=radio]:checked')].map(node => node.name));
  return [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')]
    .filter(node => node.tabIndex >= 0 && !node.disabled && node.type !== 'hidden' && node.checkVisibility())
    .filter(node => {
      if (node.type !== 'radio') return true;
      if (checked.has(node.name)) return node.checked;
      return groups.has(node.name) ? false : groups.add(node.name);
    })
    .map((node, number) => (node.dataset.stop = number, node.outerHTML.slice(0, 90)));
}"""

# Where Tab goes on from is no element's focus but a place of its own: focus on the body moves it to the top.
_TO_THE_TOP = """() => {
  document.body.tabIndex = -1;
  document.body.focus();
  document.body.removeAttribute('tabindex');
}"""

_HERE = """() => {
  const node = document.activeElement;
  if (!node || node === document.body) return null;
  const marked = [node, node.closest('.choice')].some(each => {
    const style = each && getComputedStyle(each);
    return style && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3;
  });
  const box = node.getBoundingClientRect();
  const x = Math.max(0, Math.min(innerWidth - 1, box.x + box.width / 2));
  const top = document.elementFromPoint(x, Math.max(0, Math.min(innerHeight - 1, box.y + box.height / 2)));
  const free = node.contains(top) || top?.closest('label')?.contains(node);
  return {stop: Number(node.dataset.stop ?? -1), marked, free: Boolean(free)};
}"""


def faults(page: Page) -> list[str]:
    """All that is wrong with the page as it stands, at its width and at the narrowest."""
    found = [*axe_findings(page), *small_targets(page), *keyboard_faults(page)]
    size = page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": NARROWEST, "height": size["height"]})
    found += [*too_wide(page), *small_targets(page)]
    page.set_viewport_size(size)
    return found


def axe_findings(page: Page) -> list[str]:
    """Violations of WCAG 2.2 A and AA and of best practice."""
    return [
        f"axe {finding['id']}: {node['target']} {node['failureSummary']}"
        for finding in _AXE.run(page).response["violations"]
        for node in finding["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """Whether the page scrolls sideways."""
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"{width} px too wide"] if width > 0 else []


def small_targets(page: Page, least: int = TARGET) -> list[str]:
    """Buttons, fields and links of navigations smaller than a fingertip, or than so many px."""
    return [f"too small: {words}" for words in page.evaluate(_SMALL, least)]


def keyboard_faults(page: Page) -> list[str]:
    """Walk through the page with Tab: every control is a stop, is seen to be one, and lets go again."""
    stops: list[str] = page.evaluate(_STOPS)
    page.evaluate(_TO_THE_TOP)
    reached: list[int] = []
    found = []
    for _press in range(len(stops) + 5):
        page.keyboard.press("Tab")
        here: dict[str, Any] | None = page.evaluate(_HERE)
        if here is None or here["stop"] in reached:
            break
        reached.append(here["stop"])
        words = stops[here["stop"]]
        found += [] if here["marked"] else [f"focus cannot be seen: {words}"]
        found += [] if here["free"] else [f"focus is covered: {words}"]
    missed = [f"not reached by keyboard: {words}" for stop, words in enumerate(stops) if stop not in reached]
    return found + missed
