"""The page as a person uses it: by the names that are on it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import ROOT, serving
from tests.browser.helpers import CHAIN_TEXT, at_step, graph, node, press, show
from tests.graphs import CHAIN, TRAINING


def test_stranger_finds_a_finished_example(page):
    page.goto("./")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    at_step(page, 14, "done")
    expect(node(page, "L")).to_have_accessible_name("L: value -8, gradient 1")
    expect(node(page, "a")).to_have_accessible_name("a: value 2, gradient 6")


def test_typing_a_program_draws_it(page):
    page.goto("./")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    editor = page.get_by_role("textbox", name="Program")
    editor.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("L = (a*b + c) * f")
    expect(node(page, "a*b")).to_be_visible()
    expect(page.locator("[data-node-id]")).to_have_count(7)
    for name in "abcf":
        expect(page.get_by_role("slider", name=f"{name}, slider")).to_have_value("1")
    expect(node(page, "L")).to_have_accessible_name("L: value 2, gradient 1")


@contextmanager
def modules_held(page: Page) -> Iterator[None]:
    """Keep the page's modules from coming, as a slow network does, while one is in this context."""
    held: list[Route] = []
    page.route("**/static/js/main.js", lambda route, _: held.append(route))
    yield
    for route in held:
        route.continue_()


def test_what_is_typed_before_the_modules_have_come_stays_with_the_caret(page):
    text = "w = 3.0\nL = w * w"
    editor = page.get_by_role("textbox", name="Program")
    with modules_held(page):
        page.goto("./#source=old+%3D+1.0", wait_until="commit")
        expect(editor).to_have_value("old = 1.0")
        editor.click()
        page.keyboard.press("ControlOrMeta+A")
        page.keyboard.type(text)
        page.keyboard.press("ArrowLeft")
    expect(page.locator(".cm-content")).to_be_focused()
    page.keyboard.type("2.0 * ")
    expect(page.locator(".cm-line")).to_have_text(["w = 3.0", "L = w * 2.0 * w"])
    expect(node(page, "L")).to_have_accessible_name("L: value 18, gradient 1")
    expect(page.get_by_role("textbox", name="Program")).to_have_count(1)


@pytest.mark.parametrize("place", ["./", "./?lang=fr", "./?lesson=neuron", "./#source=z+%3D+2"])
def test_the_program_is_there_before_the_modules_and_stays_where_it_is(page, place):
    with modules_held(page):
        page.goto(place, wait_until="commit")
        expect(page.locator("footer")).to_be_attached()  # all of the document has come
        before = page.locator("#editor textarea")
        text = before.input_value()
        height = before.evaluate("field => field.getBoundingClientRect().height")
    expect(page.locator(".cm-line")).to_have_text(text.split("\n"))
    if "lesson" in place:
        return  # its text comes with the modules, and shares the column
    assert page.locator("#editor").evaluate("box => box.clientHeight") == pytest.approx(
        height, abs=1
    )


def test_filling_in_a_program_of_many_lines_works_too(page):
    page.goto("./")
    page.get_by_role("textbox", name="Program").fill("x = 3.0\ny = x * x\nz = y + 1")
    expect(node(page, "z")).to_have_accessible_name("z: value 10, gradient 1")
    expect(node(page, "x")).to_have_accessible_name("x: value 3, gradient 6")


def test_values_fill_forward_then_gradients_flow_back(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    press(page, "First step")
    at_step(page, 0, "forward")
    unknown = "L: value not computed yet, gradient not computed yet"
    expect(node(page, "L")).to_have_accessible_name(unknown)
    for _ in range(7):
        press(page, "Next step")
    at_step(page, 7, "forward")
    expect(node(page, "L")).to_have_accessible_name("L: value -8, gradient not computed yet")
    press(page, "Next step")
    at_step(page, 8, "backward")
    expect(node(page, "L")).to_have_accessible_name("L: value -8, gradient 1")
    expect(node(page, "f")).to_have_accessible_name("f: value -2, gradient not computed yet")
    press(page, "Next step")
    expect(node(page, "a*b + c")).to_have_accessible_name("a*b + c: value 4, gradient -2")
    press(page, "Last step")
    at_step(page, 14, "done")
    press(page, "Previous step")
    at_step(page, 13, "backward")
    expect(node(page, "b")).to_have_accessible_name("b: value -3, gradient not computed yet")


def test_wires_are_seen_before_anything_has_travelled_along_them(page):
    show(page, CHAIN_TEXT, step=0)
    wires = page.locator("#graph .wire")
    expect(wires).to_have_count(6)
    expect(wires.filter(visible=True)).to_have_count(6)


CONTRAST = """wire => {
  const light = (colour) => {
    const parts = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255);
    const [r, g, b] = parts.map((one) => (one <= 0.04 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
  };
  const ground = light(getComputedStyle(wire.closest(".canvas")).backgroundColor);
  const own = light(getComputedStyle(wire).stroke);
  return Math.max(ground, own) / Math.min(ground, own);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_wire_that_waits_is_seen_and_fainter_than_one_that_carried_a_value(page, scheme):
    page.emulate_media(color_scheme=scheme)
    show(page, CHAIN_TEXT, step=6)
    waiting = page.locator("#graph .wire.waiting").first.evaluate(CONTRAST)
    carried = page.locator("#graph .wire.forward:not(.active)").first.evaluate(CONTRAST)
    assert 2 <= waiting < 0.75 * carried


def test_step_panel_spells_the_chain_rule_out(page):
    show(page, CHAIN.source, step=13, **CHAIN.inputs)
    panel = page.get_by_role("region", name="What happens now")
    expect(panel).to_contain_text("a*b passes its gradient back to a")
    expect(panel).to_contain_text("Their product, 6, is added to the gradient of a")
    expect(panel).to_contain_text("In a product each factor's slope is the other factor.")
    expect(page.locator(".tag.active")).to_have_text("(-2) · (-3) = 6")


def test_accumulation_is_a_step_of_its_own(page):
    show(page, "y = x * x", step=4, x=3)
    expect(node(page, "x")).to_have_accessible_name("x: value 3, gradient 3")
    press(page, "Next step")
    expect(node(page, "x")).to_have_accessible_name("x: value 3, gradient 6")
    panel = page.get_by_role("region", name="What happens now")
    expect(panel).to_contain_text("x already had 3 from another use")
    expect(page.locator("path.wire")).to_have_count(2)


def test_stepping_asks_the_server_nothing(page):
    show(page, CHAIN.source)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    press(page, "First step")
    for _ in range(14):
        press(page, "Next step")
    at_step(page, 14, "done")
    # The browser fetches the icon of the page whenever it likes.
    assert [url for url in asked if not url.endswith("/favicon.svg")] == []


def test_play_runs_to_the_end_and_pause_holds(page):
    show(page, CHAIN.source)
    page.get_by_role("combobox", name="Speed").select_option("4")
    press(page, "Play")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    expect(graph(page)).to_have_attribute("data-phase", "backward")
    press(page, "Pause")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    press(page, "Play")
    at_step(page, 14, "done")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()


def test_numbers_travel_along_the_wires_while_playing(browser, address):
    context = browser.new_context(base_url=address, reduced_motion="no-preference")
    page = context.new_page()
    show(page, CHAIN.source, step=8, **CHAIN.inputs)
    page.get_by_role("combobox", name="Speed").select_option("0.5")
    press(page, "Next step")
    expect(page.locator(".travel.back text")).to_have_text("-2")
    expect(page.locator(".travel")).to_have_count(0)
    context.close()


def test_scrubber_goes_anywhere(page):
    show(page, CHAIN.source)
    scrubber = page.get_by_role("slider", name="Step", exact=True)
    expect(scrubber).to_have_attribute("max", "14")
    scrubber.fill("9")
    at_step(page, 9, "backward")
    scrubber.press("ArrowLeft")
    at_step(page, 8, "backward")


def test_keys_step_jump_and_play(page):
    show(page, CHAIN.source)
    page.locator("h1").click()
    page.keyboard.press("Home")
    at_step(page, 0, "forward")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    at_step(page, 1, "forward")
    page.keyboard.press("End")
    at_step(page, 14, "done")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_keys_typed_into_the_program_stay_there(page):
    show(page, CHAIN.source)
    page.get_by_role("textbox", name="Program").click()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowRight")
    at_step(page, 14, "done")


def test_dragging_a_slider_changes_numbers_and_leaves_the_layout(page):
    show(page, CHAIN_TEXT)
    before = node(page, "L").bounding_box()
    page.get_by_role("slider", name="a, slider").fill("3")
    expect(node(page, "L")).to_have_accessible_name("L: value -2, gradient 1")
    expect(page.get_by_role("spinbutton", name="a, number")).to_have_value("3")
    page.get_by_role("spinbutton", name="f, number").fill("0.5")
    expect(node(page, "b")).to_have_accessible_name("b: value -3, gradient 1.5")
    assert node(page, "L").bounding_box() == before


def test_keys_on_a_slider_and_digits_in_a_field_arrive_one_after_another(page):
    show(page, "p = 2\nq = 3\ny = p*q")
    slider = page.get_by_role("slider", name="q, slider")
    slider.focus()
    for number in ("3.01", "3.02", "3.03"):
        page.keyboard.press("ArrowRight")
        expect(slider).to_have_value(number)
        expect(node(page, "q")).to_have_accessible_name(re.compile(f"value {number}"))
        expect(slider).to_be_focused()
    field = page.get_by_role("spinbutton", name="p, number")
    field.click()
    page.keyboard.press("ControlOrMeta+A")
    page.keyboard.type("75")
    expect(node(page, "p")).to_have_accessible_name(re.compile("value 75"))
    expect(field).to_be_focused()


def test_number_that_was_set_gives_way_to_the_program_and_can_be_reset(page):
    show(page, "x = 2.0\ny = x*x", x=3)
    expect(node(page, "y")).to_have_accessible_name("y: value 9, gradient 1")
    press(page, "Reset x to what the program says")
    expect(node(page, "y")).to_have_accessible_name("y: value 4, gradient 1")
    page.get_by_role("spinbutton", name="x, number").fill("7")
    expect(node(page, "y")).to_have_accessible_name("y: value 49, gradient 1")
    page.get_by_role("textbox", name="Program").fill("x = 5.0\ny = x*x")
    expect(node(page, "y")).to_have_accessible_name("y: value 25, gradient 1")


def test_number_that_was_set_names_what_the_program_has_and_moves_nothing(page):
    show(page, "x = 2.0\nz = 1.0\nL = x*z")
    below = page.get_by_role("spinbutton", name="z, number")
    place = below.bounding_box()
    page.get_by_role("spinbutton", name="x, number").fill("7")
    expect(page.locator("#inputs")).to_contain_text("2 in the program")
    assert below.bounding_box() == place
    press(page, "Reset x to what the program says")
    expect(page.locator("#inputs")).not_to_contain_text("in the program")


def test_remark_about_the_program_is_told_from_what_it_printed(page):
    show(page, "x = 2.0\nprint('the program `prints`')\ny = x*x", q=3.0)
    printed = page.locator("#printed span")
    expect(printed).to_have_text(["the program `prints`", "The program has no input q to set."])
    fonts = printed.evaluate_all("all => all.map((it) => getComputedStyle(it).fontFamily)")
    assert fonts[0] != fonts[1]


def test_misspelt_name_is_asked_about(page):
    show(page, "wieght = 2\nL = weight * 3")
    expect(page.locator("#inputs")).to_contain_text("Did you mean wieght?")


def test_link_followed_on_an_open_page_is_obeyed(page):
    show(page, "y = x * x", x=3)
    page.evaluate("location.hash = 'source=y+%3D+x+*+x&set=x%3D4&step=2'")
    at_step(page, 2, "forward")
    expect(node(page, "y")).to_have_accessible_name("y: value 16, gradient not computed yet")


def test_back_returns_from_an_example(page):
    show(page, "y = x * x", x=3)
    page.wait_for_url(re.compile("set=x"))
    page.get_by_role("combobox", name="Examples").select_option("neuron")
    expect(node(page, "o")).to_be_visible()
    page.wait_for_url(re.compile("tanh"))
    page.go_back()
    expect(node(page, "y")).to_have_accessible_name("y: value 9, gradient 1")


def test_an_example_is_known_by_its_program_however_one_comes_to_it(page):
    menu = page.get_by_role("combobox", name="Examples")
    text = page.locator("#lesson")
    show(page, "y = x * x * x")
    expect(menu).to_have_value("")
    menu.select_option("neuron")
    expect(text).to_contain_text("tanh is flat")
    page.wait_for_url(re.compile("tanh"))
    shared = page.url
    menu.select_option("chain-rule")
    expect(text).not_to_contain_text("tanh is flat")
    page.go_back()
    expect(menu).to_have_value("neuron")
    expect(text).to_contain_text("tanh is flat")
    page.reload()
    expect(menu).to_have_value("neuron")
    page.goto("about:blank")
    page.goto(shared)
    expect(menu).to_have_value("neuron")
    expect(text).to_contain_text("tanh is flat")
    page.get_by_role("textbox", name="Program").press("a")
    expect(menu).to_have_value("")
    expect(text).to_be_hidden()


def test_drawing_is_not_called_ready_before_it_shows_what_was_typed(page):
    show(page, "y = x * x")
    page.get_by_role("textbox", name="Program").fill("z = x * x * x")
    expect(graph(page)).to_have_attribute("data-ready", "false")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    expect(node(page, "z")).to_be_visible()


def test_thousand_values_in_a_row_are_drawn(page):
    show(page, "s = x\nfor i in range(500):\n    s = s * x\ns", x=1)
    press(page, "Expand all")
    expect(page.locator("[data-node-id]")).to_have_count(501)
    expect(page.get_by_text("Part of a larger drawing")).to_be_visible()


def test_step_is_kept_while_numbers_change(page):
    show(page, CHAIN_TEXT, step=9)
    page.get_by_role("slider", name="a, slider").fill("3")
    expect(node(page, "a*b")).to_have_accessible_name("a*b: value -9, gradient not computed yet")
    at_step(page, 9, "backward")
    page.get_by_role("textbox", name="Program").fill(CHAIN_TEXT.replace("c = 10.0", "c = 5"))
    expect(node(page, "c")).to_have_accessible_name("c: value 5, gradient not computed yet")
    at_step(page, 9, "backward")


def test_undo_takes_a_slider_back_where_nothing_was_typed(page):
    show(page, CHAIN_TEXT)
    slider = page.get_by_role("slider", name="a, slider")
    slider.fill("3")
    expect(node(page, "a*b")).to_have_accessible_name("a*b: value -9, gradient -2")
    slider.press("ControlOrMeta+z")
    expect(node(page, "a*b")).to_have_accessible_name("a*b: value -6, gradient -2")
    expect(slider).to_have_value("2")


def test_another_graph_is_shown_whole_whether_it_is_typed_or_chosen(page):
    show(page, CHAIN_TEXT, step=9)
    page.get_by_role("textbox", name="Program").fill(CHAIN_TEXT + " + a")
    at_step(page, 17, "done")
    page.get_by_role("slider", name="Step").fill("4")
    at_step(page, 4, "forward")
    page.get_by_role("combobox", name="Examples").select_option("square")
    expect(page.locator("#graph")).to_have_attribute("data-phase", "done")


def test_wrong_program_keeps_the_last_good_drawing(page):
    show(page, CHAIN_TEXT)
    editor = page.get_by_role("textbox", name="Program")
    editor.click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\ny = 2x")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Line 6: 2x is not a name and not a number.")
    expect(alert).to_contain_text("Write 2*x")
    expect(page.locator(".cm-lintRange-error")).to_have_text("2x")
    expect(page.locator("[data-node-id]")).to_have_count(7)
    page.keyboard.press("Backspace")
    page.keyboard.type("*L")
    expect(alert).to_be_hidden()
    expect(node(page, "y")).to_have_accessible_name("y: value -16, gradient 1")


def test_node_lights_its_text_and_its_neighbours(page):
    show(page, CHAIN_TEXT)
    node(page, "a*b").hover()
    expect(page.locator(".cm-lit")).to_have_text("a*b")
    expect(page.locator(".node.lit")).to_have_count(4)
    expect(page.locator(".node.dimmed")).to_have_count(3)


def test_step_lights_the_text_of_its_operation(page):
    show(page, CHAIN_TEXT)
    page.get_by_role("button", name="First step").click()
    expect(page.locator(".cm-lit")).to_have_count(0)
    for text in ("a", "b", "c", "f", "a*b", "a*b + c", "(a*b + c) * f"):
        page.get_by_role("button", name="Next step").click()
        expect(page.locator(".cm-lit")).to_have_text(text)


def test_text_lights_its_node(page):
    show(page, CHAIN_TEXT)
    page.get_by_role("textbox", name="Program").click()
    page.keyboard.press("ControlOrMeta+Home")
    page.keyboard.press("ArrowRight")
    expect(page.locator(".node.lit").first).to_be_visible()
    assert "a: " in " ".join(
        card.get_attribute("aria-label") for card in page.locator(".node.lit [data-node-id]").all()
    )


def test_gallery_has_programs_that_all_draw(page):
    page.goto("./")
    menu = page.get_by_role("combobox", name="Examples")
    options = [o.get_attribute("value") for o in menu.locator("option").all()][1:]
    assert len(options) >= 10
    for option in options:
        menu.select_option(option)
        expect(page.locator("#lesson")).to_be_visible()
        source = page.evaluate(
            "id => JSON.parse(document.getElementById('examples').textContent)"
            ".find(e => e.id === id).source", option
        )  # fmt: skip
        expect(page.get_by_role("textbox", name="Program")).to_contain_text(
            source.splitlines()[0].strip()
        )
        expect(graph(page)).to_have_attribute("data-ready", "true")
        expect(graph(page)).to_have_attribute("data-phase", "done")
        expect(page.get_by_role("alert")).to_be_hidden()


def test_link_reproduces_what_the_sender_saw(page, browser, address):
    show(page, CHAIN_TEXT)
    page.get_by_role("spinbutton", name="a, number").fill("7")
    expect(node(page, "a*b")).to_have_accessible_name("a*b: value -21, gradient -2")
    page.get_by_role("slider", name="Step", exact=True).fill("12")
    page.wait_for_url(re.compile("step=12"))
    context = browser.new_context()
    other = context.new_page()
    other.goto(page.url)
    at_step(other, 12, "backward")
    expect(node(other, "a")).to_have_accessible_name("a: value 7, gradient not computed yet")
    context.close()


def test_long_training_program_draws_its_last_turn(page):
    show(page, TRAINING)
    expect(page.locator("#printed")).to_contain_text("19 ")
    expect(page.locator("#note")).to_contain_text("do not lead to loss₂₀")
    expect(page.get_by_text("17 more inputs are not shown")).to_be_visible()


def test_keyboard_alone_reaches_everything(page):
    show(page, CHAIN_TEXT)
    node(page, "a").focus()
    page.keyboard.press("Enter")
    expect(node(page, "a")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(node(page, "a")).to_have_attribute("aria-pressed", "false")
    page.get_by_role("button", name="First step").focus()
    page.keyboard.press("Enter")
    at_step(page, 0, "forward")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    at_step(page, 1, "forward")


def test_theme_is_chosen_and_kept(page):
    page.goto("./")
    page.get_by_role("combobox", name="Theme").select_option("dark")
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.reload()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    page.get_by_role("combobox", name="Theme").select_option("light")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != dark


@pytest.mark.parametrize("width", [360, 768, 1280, 2560])
def test_nothing_is_wider_than_the_window(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    show(page, CHAIN_TEXT)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [360, 1280])
def test_cards_stay_within_the_drawing_and_apart(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    show(page, CHAIN_TEXT)
    canvas = graph(page).bounding_box()
    boxes = [card.bounding_box() for card in page.locator(".node .card .body").all()]
    for i, box in enumerate(boxes):
        assert box["x"] >= canvas["x"] - 1
        assert box["x"] + box["width"] <= canvas["x"] + canvas["width"] + 1
        for other in boxes[i + 1 :]:
            assert (
                box["x"] + box["width"] <= other["x"] + 1
                or other["x"] + other["width"] <= box["x"] + 1
                or box["y"] + box["height"] <= other["y"] + 1
                or other["y"] + other["height"] <= box["y"] + 1
            )


def test_no_text_is_wider_than_its_card(page):
    show(page, "a_rather_long_name = 123.456789\nloss = -a_rather_long_name * 9.87654321e-7")
    wide = page.evaluate(
        """[...document.querySelectorAll('.node')].flatMap((node) => {
            const body = node.querySelector('.body').getBBox().width;
            const half = node.classList.contains('constant') ? body : body / 2;
            return [['.label', body], ['.value', half], ['.grad', half]]
              .filter(([name, room]) => node.querySelector(name).getBBox().width > room - 2)
              .map(([name]) => node.dataset.item + name);
        })"""
    )
    assert wide == []


def test_page_loads_nothing_from_elsewhere(page, address):
    urls = []
    page.on("request", lambda request: urls.append(request.url))
    page.goto("./")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    page.goto("docs")
    expect(page.get_by_text("/api/trace").first).to_be_visible()
    assert [url for url in urls if not url.startswith((address, "data:", "blob:"))] == []


def test_server_that_comes_back_finds_everything_kept(page):
    show(page, CHAIN_TEXT)
    page.route("**/api/trace", lambda route: route.abort())
    editor = page.get_by_role("textbox", name="Program")
    editor.click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type("\nM = L*2")
    expect(page.get_by_role("alert")).to_contain_text("What you typed is kept")
    page.unroute("**/api/trace")
    expect(node(page, "M")).to_have_accessible_name("M: value -16, gradient 1")
    expect(page.get_by_role("alert")).to_be_hidden()


def test_row_added_to_the_table_is_drawn_by_the_page(browser, tmp_path):
    from tests.test_adding_an_operation import with_cube

    with serving(with_cube(ROOT, tmp_path)) as address:
        context = browser.new_context(base_url=address)
        page = context.new_page()
        show(page, "y = cube(x)", x=2)
        expect(node(page, "y")).to_have_accessible_name("y: value 8, gradient 1")
        expect(node(page, "x")).to_have_accessible_name("x: value 2, gradient 12")
        expect(page.locator(".glyph").filter(has_text="x³")).to_be_visible()
        expect(page.get_by_role("region", name="What happens now")).to_contain_text(
            "The slope of a cube is three times the square."
        )
        context.close()


NAMES = "target = 7.0\nloss = (w*2 - target)**2 + many_names_here"


@pytest.mark.parametrize("width", [360, 690, 901, 1024, 1280, 1440])
@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("lesson", ["", "?lesson=descent"])
def test_inputs_and_steps_are_whole_at_every_width(page, width, language, lesson):
    page.set_viewport_size({"width": width, "height": 760})
    query = {"source": NAMES, "set": "w=1.23456789"}
    page.goto(f"./{lesson or '?'}&lang={language}#{urlencode(query)}")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    expect(page.locator(".knob")).to_have_count(3)
    cut = page.evaluate("""() => {
        const bar = document.querySelector(".program").getBoundingClientRect();
        const parts = [...document.querySelectorAll(".knob > *:not([hidden]), .knob .name > span")];
        return parts.filter((part) => {
            const { left, right } = part.getBoundingClientRect();
            return left < bar.left || right > bar.right - 8 || part.scrollWidth > part.clientWidth + 1
                && part.tagName === "SPAN" && getComputedStyle(part).display !== "inline";
        }).map((part) => part.outerHTML);
    }""")
    assert cut == []
    apart = page.evaluate("""() => {
        const [a, b] = ["phase", "position"].map((id) => document.getElementById(id).getBoundingClientRect());
        return b.left - a.right >= 6 && a.height < 30 && b.height < 30;
    }""")
    assert apart
    shows = """(field) => {
        const probe = document.createElement("span");
        probe.textContent = field.placeholder;
        probe.style.cssText = `position: absolute; font: ${getComputedStyle(field).font}`;
        document.body.append(probe);
        const { width } = probe.getBoundingClientRect();
        probe.remove();
        return width <= field.clientWidth - 18;
    }"""
    assert page.locator("#find").evaluate(shows)


def test_long_number_is_whole_where_it_is_typed_and_shown_in_short_elsewhere(page):
    show(page, "y = x * x", x=-0.6556508035969157)
    field = page.get_by_role("spinbutton", name="x, number")
    expect(field).to_have_value("-0.65565")
    expect(field).to_have_attribute("title", "-0.655650803597")
    field.focus()
    expect(field).to_have_value("-0.655650803597")
    field.blur()
    expect(field).to_have_value("-0.65565")
    page.wait_for_url(re.compile("-0.6556508035969157"))  # nothing was rounded


def test_number_that_is_none_is_shown_and_a_huge_one_is_whole(page):
    show(page, "b = 1/0\nL = a*b", a=-1.883494e140)
    expect(page.get_by_role("spinbutton", name="b, number")).to_have_attribute("placeholder", "inf")
    field = page.get_by_role("spinbutton", name="a, number")
    expect(field).to_have_value("-1.88e+140")
    assert field.evaluate("field => field.scrollWidth <= field.clientWidth")


def test_text_that_was_pointed_at_lights_nothing_once_it_is_gone(page):
    show(page, "x = 3.0\ny = x * x\nz = y + 1")
    page.get_by_role("textbox", name="Program").click()
    page.keyboard.press("Control+a")
    expect(page.locator("g.node.lit").first).to_be_attached()
    page.keyboard.insert_text("t = 2.0\nu = 3.0\nL = t**2 * u")
    expect(node(page, "L")).to_be_visible()
    expect(page.locator("g.node.dimmed")).to_have_count(0)


def test_field_that_is_left_empty_has_the_last_number_again(page):
    show(page, "y = x * x", x=3)
    field = page.get_by_role("spinbutton", name="x, number")
    field.fill("4")
    expect(node(page, "y")).to_have_accessible_name(re.compile("value 16"))
    field.fill("")
    page.keyboard.press("Tab")
    expect(field).to_have_value("4")
    expect(node(page, "y")).to_have_accessible_name(re.compile("value 16"))
    page.get_by_role("tab", name="Descend").click()
    rate = page.get_by_role("spinbutton", name="Learning rate, number")
    rate.fill("")
    page.keyboard.press("Tab")
    expect(rate).to_have_value("0.1")
