"""Everyone: axe finds nothing in any state, and the graph can be walked and heard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import CHAIN_TEXT, at_step, faults, graph, node, press, show

NETWORK = "n = MLP(2, [3, 1])\nL = (n([1.0, -2.0]) - 1)**2"


def start(page: Page) -> None:
    show(page, CHAIN_TEXT, step=0)


def backward(page: Page) -> None:
    show(page, CHAIN_TEXT, step=10)


def end(page: Page) -> None:
    show(page, CHAIN_TEXT)


def error(page: Page) -> None:
    show(page, CHAIN_TEXT)
    page.get_by_role("textbox", name="Program").fill("y = 2x")
    expect(page.get_by_role("alert")).to_be_visible()


def warned(page: Page) -> None:
    show(page, "y = log(x)", x=0)


def long(page: Page) -> None:
    show(page, "\n".join(f"v{line} = x*{line}" for line in range(60)))


def selected(page: Page) -> None:
    show(page, CHAIN_TEXT)
    node(page, "a*b").click()
    expect(node(page, "a*b")).to_have_attribute("aria-pressed", "true")


def searching(page: Page) -> None:
    show(page, CHAIN_TEXT)
    page.get_by_role("combobox", name="Find a value").fill("a")
    expect(page.locator("#found").get_by_role("option").first).to_be_visible()


def opened(page: Page) -> None:
    show(page, NETWORK)
    press(page, "Expand all")
    expect(page.get_by_role("button", name=re.compile("open group"))).to_have_count(6)


def collapsed(page: Page) -> None:
    opened(page)
    press(page, "Collapse all")
    expect(page.get_by_role("button", name=re.compile("collapsed group"))).to_have_count(1)


def predicting(page: Page) -> None:
    show(page, CHAIN_TEXT, step=0)
    press(page, "Predict")
    expect(page.locator(".quiz")).to_be_visible()


def diverged(page: Page) -> None:
    show(page, "x = 1.0\nL = x**4")
    page.get_by_role("tab", name="Descend").click()
    page.get_by_role("spinbutton", name="Learning rate, number").fill("3")
    press(page, "Run")
    expect(page.get_by_role("tabpanel", name="Descend")).to_contain_text("Diverged")


def drawn_gradient(page: Page) -> None:
    show(page, "y = x**3", x=2)
    page.get_by_role("tab", name="Second derivative").click()
    press(page, "Draw the gradient itself as a graph")
    expect(node(page, "dy_dx")).to_be_visible()


def refused_rows(page: Page) -> None:
    show(page, CHAIN_TEXT)
    page.get_by_role("tab", name="Playground").click()
    page.get_by_role("combobox", name="Data").select_option("own")
    page.get_by_role("textbox", name=re.compile("^CSV")).fill("x,y\n1")
    press(page, "Use these rows")
    expect(page.get_by_text("Line 2 has not 2 cells")).to_be_visible()


def embedded(page: Page) -> None:
    page.goto("embed#source=y+%3D+x+*+x")
    expect(graph(page)).to_have_attribute("data-ready", "true")


def in_a_lesson(page: Page) -> None:
    page.goto("./?lesson=neuron")
    expect(graph(page)).to_have_attribute("data-ready", "true")


STATES = [start, backward, end, error, warned, long, selected, searching, opened, collapsed]
STATES += [predicting, diverged, drawn_gradient, refused_rows, embedded, in_a_lesson]


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(page, axe, state, theme):
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    state(page)
    assert faults(page, axe) == []


@pytest.mark.parametrize("state", [end, collapsed, selected], ids=lambda state: state.__name__)
def test_axe_finds_nothing_on_a_telephone(page, axe, state):
    page.set_viewport_size({"width": 360, "height": 740})
    state(page)
    assert faults(page, axe) == []


def test_graph_is_one_stop_and_arrows_walk_along_its_wires(page):
    show(page, CHAIN_TEXT)
    assert page.locator("#graph [tabindex='0']").count() == 1
    page.locator("#graph-area").focus()
    page.keyboard.press("Tab")
    expect(node(page, "a")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(node(page, "a*b")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(node(page, "a*b + c")).to_be_focused()
    page.keyboard.press("End")
    expect(node(page, "L")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Home")
    expect(node(page, "a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(node(page, "b")).to_be_focused()
    at_step(page, 14, "done")
    page.keyboard.press("Tab")
    expect(page.get_by_role("combobox", name="Find a value")).to_be_focused()


def test_keys_step_with_shift_on_a_card_and_by_themselves_anywhere_else(page):
    show(page, CHAIN_TEXT)
    node(page, "L").focus()
    page.keyboard.press("Shift+ArrowLeft")
    at_step(page, 13, "backward")
    expect(node(page, "L")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowLeft")
    at_step(page, 12, "backward")
    node(page, "L").click()  # the mouse does not bring the keyboard into the graph
    page.keyboard.press("ArrowLeft")
    at_step(page, 11, "backward")


def test_enter_chooses_a_value_and_escape_lets_go_of_it_then_leaves(page):
    show(page, CHAIN_TEXT)
    node(page, "a*b").focus()
    page.keyboard.press("Enter")
    expect(node(page, "a*b")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(node(page, "a*b")).to_have_attribute("aria-pressed", "false")
    expect(node(page, "a*b")).to_be_focused()
    page.keyboard.press("Escape")
    expect(node(page, "a*b")).not_to_be_focused()


def test_card_is_described_by_its_operation(page):
    show(page, CHAIN_TEXT)
    expect(node(page, "a*b")).to_have_accessible_description("multiply of a, b")
    expect(node(page, "L")).to_have_accessible_description("multiply of a*b + c, f")


def test_each_step_is_said_in_a_sentence(page):
    show(page, CHAIN_TEXT, step=7)
    said = page.locator("#said")
    press(page, "Next step")
    expect(said).to_have_text("The backward pass begins: the gradient of L is 1.")
    press(page, "Next step")
    expect(said).to_have_text("L passes −2 back to a*b + c, whose gradient is now −2.")
    press(page, "First step")
    press(page, "Next step")
    expect(said).to_have_text("a is 2.")


def test_what_a_value_depends_on_is_told_apart_without_colour(page):
    show(page, CHAIN_TEXT)
    node(page, "a*b").click()
    expect(page.get_by_text("A solid bar marks what a*b is computed from.")).to_be_visible()
    dashes = (
        "node => getComputedStyle(node.parentElement.querySelector('.relation')).strokeDasharray"
    )
    assert node(page, "a").evaluate(dashes) == "none"
    assert node(page, "L").evaluate(dashes) != "none"
    shown = "node => getComputedStyle(node.parentElement.querySelector('.relation')).stroke"
    assert node(page, "a").evaluate(shown) != "none"
    assert node(page, "c").evaluate(shown) == "none"


def test_fingers_move_and_scale_the_drawing(browser, address):
    context = browser.new_context(
        base_url=address,
        viewport={"width": 390, "height": 800},
        has_touch=True,
        reduced_motion="reduce",
    )
    page = context.new_page()
    show(page, CHAIN_TEXT)
    graph(page).scroll_into_view_if_needed()
    box = graph(page).bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [{"x": px, "y": py, "id": i} for i, (px, py) in enumerate(places)]
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    world = page.locator("#graph .world")
    before = world.get_attribute("transform")
    touch("touchStart", (x, y))
    touch("touchMove", (x + 40, y + 30))
    touch("touchEnd")
    expect(world).not_to_have_attribute("transform", before)
    moved = world.get_attribute("transform")
    touch("touchStart", (x - 20, y), (x + 20, y))
    touch("touchMove", (x - 60, y), (x + 60, y))
    touch("touchEnd")
    expect(world).not_to_have_attribute("transform", moved)
    scales = [
        float(re.search(r"scale\(([\d.]+)\)", text)[1])
        for text in (moved, world.get_attribute("transform"))
    ]
    assert scales[1] > scales[0] * 1.5
    context.close()


@pytest.mark.parametrize("path", ["./", "./?hide=header", "embed", "./?hide=header&lang=fr"])
def test_page_has_one_heading_of_the_first_level_whatever_is_hidden(page, path):
    page.goto(path)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
