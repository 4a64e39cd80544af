"""What tests of the page have in common: how a program is shown, and how things are found by name."""

from __future__ import annotations

import re
from urllib.parse import urlencode

from playwright.sync_api import Page, expect

CHAIN_TEXT = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"
BOWL = "w = 2.0\nb = -1.0\nL = (w - 1)**2 + (b + 2)**2"

WRITTEN = ("zero-grad", "xor")
"""Their tasks are done in the program, the others with it as it is."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def graph(page: Page):
    return page.locator("#graph")


def node(page: Page, name: str):
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}: "))


def show(page: Page, source: str, step: int | None = None, **inputs: float) -> None:
    """Open a program by its address and wait until it is drawn."""
    pairs = [("source", source), *(("set", f"{k}={v}") for k, v in inputs.items())]
    if step is not None:
        pairs.append(("step", str(step)))
    page.goto(f"./#{urlencode(pairs)}")
    expect(graph(page)).to_have_attribute("data-ready", "true")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def at_step(page: Page, step: int, phase: str) -> None:
    expect(graph(page)).to_have_attribute("data-step", str(step))
    expect(graph(page)).to_have_attribute("data-phase", phase)


def tab(page: Page, name: str):
    """Open a tab and return its panel."""
    page.get_by_role("tab", name=name, exact=True).click()
    return page.get_by_role("tabpanel", name=name)


def told(panel, pattern: str) -> None:
    """Wait until a panel says so."""
    expect(panel).to_contain_text(re.compile(pattern))


def slide(panel, name: str, value: float) -> None:
    slider = panel.get_by_role("slider", name=name, exact=True)
    slider.evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }",
        value,
    )


def field(page: Page, name: str) -> float:
    return float(page.get_by_role("spinbutton", name=f"{name}, number").input_value())


def faults(page: Page, axe: str) -> list[str]:
    """Return what axe finds wrong with a page: rule, place and reason."""
    page.evaluate(axe)
    page.evaluate(
        "scrollTo(0, 0)"
    )  # there the drawing that stays in sight covers no button by half
    found = page.evaluate(
        "tags => axe.run(document, { runOnly: { type: 'tag', values: tags } })", RULES
    )
    return [
        f"{rule['id']}: {place['target']} {place['failureSummary']}"
        for rule in found["violations"]
        for place in rule["nodes"]
    ]
