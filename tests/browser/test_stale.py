"""While the program in the editor has an error: what is shown is of the last one that ran, and says so."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import BOWL, faults, graph, node, show, tab, told

REGIONS = ("#graph", ".transport", ".below", ".workbench", ".tab-panel:not([hidden])")
LAST = "Of the last program that ran"


def write(page: Page, text: str) -> None:
    page.get_by_role("textbox", name="Program").fill(text)


def fail(page: Page) -> None:
    write(page, BOWL + "\nL = 2x")
    expect(page.get_by_role("alert")).to_be_visible()


def boxes(page: Page) -> list[dict[str, float] | None]:
    return [
        page.locator(region).bounding_box() for region in REGIONS if page.locator(region).count()
    ]


def test_each_region_says_that_it_is_of_the_last_program_and_none_of_them_moves(page):
    show(page, BOWL)
    before = boxes(page)
    fail(page)
    group = page.get_by_role("group", name="Steps", exact=True)
    expect(group.get_by_text(f"{LAST}: the one in the editor has an error.")).to_be_visible()
    expect(page.locator(".below").get_by_text(LAST)).to_be_visible()
    assert boxes(page) == before
    dimmed = "part => getComputedStyle(part).filter"
    assert graph(page).evaluate(dimmed) == "grayscale(1)"
    write(page, BOWL)
    expect(page.get_by_text(LAST).first).to_be_hidden()
    assert graph(page).evaluate(dimmed) == "none"


def over(page: Page) -> list[str]:
    """Return the texts and controls over which a note lies: those of which it hides a part."""
    return page.evaluate("""() => {
      const shown = (part) => part.getClientRects().length && getComputedStyle(part).visibility === "visible";
      // What has gone under the drawing that stays above it, or out of that, is not seen.
      const transport = document.querySelector(".transport"), canvas = document.querySelector(".canvas");
      const isSticky = getComputedStyle(transport).position === "sticky";
      const edge = transport.getBoundingClientRect().bottom, end = canvas.getBoundingClientRect().bottom;
      const inSight = (part) => canvas.contains(part)
        ? part.getBoundingClientRect().top < end
        : transport.contains(part) || !isSticky || part.getBoundingClientRect().top >= edge;
      const notes = [...document.querySelectorAll(".stale-note")].filter(shown).filter(inSight);
      const parts = [...document.querySelectorAll("#graph .body, .tab-panel *, .bar *, .below *, .tab-bar *")]
        .filter((part) => shown(part) && !part.children.length && !part.matches(".stale-note, option, .heard"))
        .filter(inSight);
      const words = (part) => { // of a tab: its edge cannot be seen
        const range = document.createRange();
        range.selectNodeContents(part);
        return range;
      };
      return parts.filter((part) => {
        const a = (part.matches(".tab") ? words(part) : part).getBoundingClientRect();
        return a.width && notes.some((note) => {
          const b = note.getBoundingClientRect();
          return a.left < b.right && b.left < a.right && a.top < b.bottom - 1 && b.top + 1 < a.bottom;
        });
      }).map((part) => part.outerHTML);
    }""")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1280, 720), (1024, 700), (360, 740)])
def test_no_note_lies_over_anything_or_reaches_the_edge(page, size, language):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"?lang={language}#{urlencode({'source': BOWL, 'step': 12})}")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    page.locator(".cm-content").fill(BOWL + "\nL = 2x")
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator(".canvas").evaluate("canvas => canvas.scrollIntoView()")
    assert over(page) == []
    for name in ("slope", "check", "descend", "derivative"):
        page.locator(f"#tab-{name}").click()
        expect(page.locator(f"#tab-panel-{name} .summary")).not_to_be_empty()
        assert over(page) == [], name
    edges = [note.bounding_box() for note in page.locator(".stale-note").all() if note.is_visible()]
    assert all(box["x"] >= 8 and box["x"] + box["width"] <= size[0] - 8 for box in edges)


@pytest.mark.parametrize("name", ["Slope", "Check", "Descend", "Second derivative"])
def test_each_tab_says_it_without_moving(page, name):
    show(page, BOWL)
    panel = tab(page, name)
    told(panel, r"\bL\b")
    before = boxes(page)
    fail(page)
    expect(page.get_by_role("region", name="Workbench").get_by_text(LAST)).to_be_visible()
    assert panel.evaluate("part => getComputedStyle(part).filter") == "grayscale(1)"
    assert boxes(page) == before


@pytest.mark.parametrize("size", [(1280, 800), (360, 740)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_while_the_program_fails(page, axe, scheme, size):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show(page, BOWL)
    fail(page)
    assert faults(page, axe) == []
    for name in ("Slope", "Check", "Descend", "Second derivative"):
        expect(tab(page, name).locator(".summary")).not_to_be_empty()
        assert faults(page, axe) == [], name


def test_the_cursor_in_a_text_that_failed_lights_nothing(page):
    show(page, BOWL)
    fail(page)
    page.keyboard.press("ArrowLeft")
    expect(node(page, "w")).to_be_visible()
    assert not page.locator(".node.dimmed").count()


def test_nothing_trains_while_the_program_fails_and_it_says_why(page):
    show(page, BOWL)
    panel = tab(page, "Descend")
    told(panel, "Nothing moved yet")
    fail(page)
    panel.get_by_role("button", name="One step").click()
    told(panel, "The program in the editor has an error: what is to be trained has to run first.")
    expect(panel).not_to_contain_text(re.compile("Choose at least one"))
