"""Large graphs: groups that fold, a search, a map, and steps that touch only what changes."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import at_step, graph, node, press, show

TWICE = "p = 2.0\ndef f(x):\n    return tanh(x*x + 1)\nL = f(f(p))"
NETWORK = "n = MLP(3, [8, 8, 1])\nloss = sum((n([0.1*i, 1.0, -1.0]) - 1)**2 for i in range(5))"
LECTURE = "n = MLP(3, [4, 4, 1])\nloss = (n([2.0, 3.0, -1.0]) - 1)**2"
WIDE = "s = x\n" + "\n".join(f"s = tanh(s * w{i} + x)" for i in range(9))
ROW = "s = x\nfor i in range(500):\n    s = s * x\ns"

LONG = "x = 0.5\ny = x\nfor i in range(500):\n    y = y*1.01 + x\n"
CALLS = (
    "def f(x): return x*x + 1\ndef g(x): return f(x) * f(x + 1)\n"
    "a = 0.1\nb = 0\nfor i in range(40):\n    b = b + g(a*i)\n"
)
NESTED = "y = x\nfor i in range(12):\n    for j in range(10):\n        y = y*x + 0.1\n"
WHILE = "y = x\nk = 0\nwhile k < 200:\n    y = y - 0.01*(y*y - 2)\n    k += 1\ny"
# A name is written in 13 pixels: at this scale it has 9.
LEGIBLE = 9 / 13


def scale(page: Page) -> float:
    """Return how large the drawing is shown."""
    transform = page.locator("#graph .world").get_attribute("transform") or ""
    return float(transform.partition("scale(")[2].rstrip(")"))


def box(page: Page, name: str):
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}, collapsed group"))


def frame(page: Page, name: str):
    return page.get_by_role("button", name=re.compile(rf"^{re.escape(name)}, open group"))


def test_groups_fold_and_unfold_by_their_names(page):
    show(page, TWICE)
    expect(frame(page, "f 1")).to_be_visible()
    before = page.locator("[data-node-id]").count()
    frame(page, "f 1").click()
    expect(box(page, "f 1")).to_be_visible()
    expect(box(page, "f 1")).to_have_accessible_name(
        re.compile(r"of \d values, value [\d.]+, gradient")
    )
    expect(box(page, "f 1")).to_have_attribute("aria-expanded", "false")
    assert page.locator("[data-node-id]").count() < before
    box(page, "f 1").click()
    expect(page.locator("[data-node-id]")).to_have_count(before)


def test_folding_survives_an_edit_that_keeps_the_structure_and_is_part_of_the_link(page):
    show(page, TWICE)
    press(page, "Fit")
    frame(page, "f 2").click()
    expect(box(page, "f 2")).to_be_visible()
    page.get_by_role("textbox", name="Program").fill(TWICE.replace("+ 1", "- 3"))
    expect(graph(page)).to_have_attribute("data-ready", "true")
    expect(box(page, "f 2")).to_be_visible()
    expect(frame(page, "f 1")).to_be_visible()
    page.wait_for_url(re.compile("shut="))
    page.reload()
    expect(box(page, "f 2")).to_be_visible()
    expect(frame(page, "f 1")).to_be_visible()


def test_groups_fold_by_keyboard_and_the_focus_stays_with_them(page):
    show(page, TWICE)
    node(page, "p").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("-")
    expect(box(page, "f 1")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(node(page, "p")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(frame(page, "f 1")).to_be_visible()
    expect(page.locator("[data-node-id]:focus")).to_have_count(1)


def test_all_groups_collapse_and_expand(page):
    show(page, TWICE)
    press(page, "Collapse all")
    expect(page.get_by_role("button", name=re.compile("collapsed group"))).to_have_count(2)
    expect(page.locator("[data-node-id]")).to_have_count(1)
    press(page, "Expand all")
    expect(page.get_by_role("button", name=re.compile("open group"))).to_have_count(2)


def test_step_inside_a_folded_group_lights_it_and_names_the_value(page):
    show(page, TWICE, step=3)
    press(page, "Collapse all")
    expect(box(page, "f 1")).to_be_visible()
    press(page, "Next step")
    lit = page.locator("g.node.group.active")
    expect(lit).to_have_count(1)
    expect(lit.locator(".doing")).to_have_text(re.compile("= 5$"))


def test_large_drawing_is_folded_until_it_can_be_read(page):
    show(page, NETWORK)
    assert page.locator("g.node").count() <= 80
    expect(graph(page)).to_have_attribute("data-phase", "done")
    box(page, "n(…) 1").click()
    box(page, "layer 1").click()
    expect(box(page, "neuron 8")).to_be_visible()


def test_boxes_and_values_of_a_network_are_called_by_what_computes_them(page):
    page.goto("./?lang=en&lesson=xor")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    for turn in "1234":
        expect(box(page, f"net(x) {turn}")).to_be_visible()
        low = chr(ord("₀") + int(turn))
        expect(box(page, f"(tanh(net(x)) - y)²{low}")).to_be_visible()
    heading = page.locator("#panel h3")
    expect(heading).to_have_text("net[0][0].w[0]*x₁ passes its gradient back to net[0][0].w[0]₃₀")
    expect(heading.locator("code")).to_have_count(2)
    find = page.get_by_role("combobox", name="Find a value")
    find.fill("net[1][0].Σ[1]₃")
    expect(page.locator("#found li")).to_have_count(1)
    expect(page.locator("#found .where")).to_have_text("turn = 29 › net(x) 3 › layer 2")
    find.press("Enter")
    expect(node(page, "net[1][0].Σ[1]₃")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1920, 1080)])
def test_network_is_whole_in_sight_at_first_and_can_be_read(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show(page, LECTURE)
    expect(page.locator("#part")).to_be_hidden()
    cards = page.locator("g.node")
    assert 6 <= cards.count() <= 40
    canvas = page.locator(".canvas").bounding_box()
    labels = [label for label in page.locator("g.node text.label").all() if label.text_content()]
    assert len(labels) >= 5
    for label in labels:
        place = label.bounding_box()
        assert place["height"] >= 8
        assert canvas["x"] <= place["x"] <= canvas["x"] + canvas["width"] - place["width"]


def test_program_without_groups_is_bundled(page):
    show(page, "\n".join(f"x{i + 1} = x{i} * 1.01" for i in range(300)), x0=1)
    expect(box(page, "x1 … x60")).to_have_count(1)
    assert page.locator("g.node").count() == 5
    assert scale(page) >= LEGIBLE


@pytest.mark.parametrize("source", [LONG, CALLS, NESTED, WHILE])
def test_long_loop_is_read_at_first_and_folds_into_one_box(page, source):
    page.set_viewport_size({"width": 1280, "height": 720})
    show(page, source)
    expect(page.locator("#part")).to_be_hidden()
    assert 4 <= page.locator("g.node").count() <= 12
    assert scale(page) >= LEGIBLE
    press(page, "Collapse all")
    loop = page.get_by_role("button", name=re.compile("^(i|turn) = 0 … [0-9]+, collapsed group"))
    expect(loop).to_have_count(1)
    assert page.locator("g.node").count() <= 3
    assert scale(page) >= LEGIBLE


def test_turns_of_a_loop_open_where_they_are_by_pointer_and_by_keyboard(page):
    show(page, LONG)
    box(page, "i = 1 … 498").click()
    box(page, "i = 101 … 200").click()
    expect(box(page, "i = 101 … 120")).to_be_visible()
    frame(page, "i = 101 … 200").click()
    box(page, "i = 101 … 200").focus()
    page.keyboard.press("Enter")
    expect(box(page, "i = 101 … 120")).to_be_focused()
    page.keyboard.press("-")
    expect(box(page, "i = 101 … 200")).to_be_focused()
    page.keyboard.press("-")
    expect(box(page, "i = 1 … 498")).to_be_focused()


def test_step_within_folded_turns_lights_their_box(page):
    show(page, LONG, step=200)
    lit = page.locator("g.node.group.active")
    expect(lit).to_have_count(1)
    expect(lit).to_have_attribute("data-item", "/i = 0 …/i = 1 …")
    expect(lit.locator(".doing")).to_have_text(re.compile("="))


def test_search_unfolds_what_it_finds(page):
    show(page, ROW, x=1)
    expect(node(page, "s₂₅₀")).to_have_count(0)
    page.locator("#graph-area").focus()
    page.keyboard.press("/")
    field = page.get_by_role("combobox", name="Find a value")
    expect(field).to_be_focused()
    page.keyboard.type("s250")
    expect(page.locator("#found").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(node(page, "s₂₅₀")).to_be_in_viewport()
    expect(node(page, "s₂₅₀")).to_have_attribute("aria-pressed", "true")


def test_search_says_when_it_finds_nothing_and_leaves_on_escape(page):
    show(page, TWICE)
    field = page.get_by_role("combobox", name="Find a value")
    field.fill("nowhere")
    expect(page.get_by_role("status").filter(has_text="Nothing found")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(field).to_have_value("")
    expect(field).not_to_be_focused()


def test_map_shows_what_is_in_sight_and_moves_it(page):
    show(page, WIDE)
    page.locator("#zoom-in").click()
    small = page.locator("#minimap")
    expect(small).to_be_visible()
    world = page.locator("#graph .world")
    before = world.get_attribute("transform")
    area = small.bounding_box()
    page.mouse.click(area["x"] + area["width"] - 12, area["y"] + area["height"] - 12)
    expect(world).not_to_have_attribute("transform", before)
    press(page, "Fit")
    expect(small).to_be_hidden()


def test_step_touches_only_what_changes(page):
    show(page, ROW, step=100, x=1)
    press(page, "Expand all")
    expect(page.locator("[data-node-id]")).to_have_count(501)
    page.evaluate(
        """() => {
            window.touched = new Set();
            const seen = (records) => records.forEach(({ target }) => {
                const part = target.nodeType === 1 ? target : target.parentElement;
                const card = part?.closest("g.node, path.wire");
                if (card) window.touched.add(card);
            });
            window.watch = new MutationObserver(seen);
            window.watch.observe(document.querySelector("#graph .world"),
              { subtree: true, attributes: true, childList: true, characterData: true });
        }"""
    )
    press(page, "Next step")
    at_step(page, 101, "forward")
    assert 0 < page.evaluate("window.touched.size") <= 8


def test_only_what_is_in_sight_is_drawn_but_all_of_it_can_be_reached(page):
    show(page, ROW, step=0, x=1)
    press(page, "Expand all")
    expect(page.locator("[data-node-id]")).to_have_count(501)
    assert page.locator("g.node .body").evaluate_all(
        "all => all.filter((one) => one.getClientRects().length && one.checkVisibility()).length < 40"
    )
    expect(node(page, "s₂₅₀")).to_have_count(1)
    node(page, "s₂").focus()
    page.keyboard.press("End")
    last = node(page, "s₅₀₀")
    expect(last).to_be_focused()
    expect(last).to_be_in_viewport()
    body = page.locator("g.node", has=page.locator("[data-node-id]:focus")).locator(".body")
    assert body.evaluate("one => one.checkVisibility()")


def test_operand_far_away_is_named_where_it_is_used(page):
    show(page, ROW, x=1)
    press(page, "Expand all")
    expect(page.locator("[data-node-id]")).to_have_count(501)
    expect(page.locator("g.tag:not([data-away])").first).to_have_text("x")


def test_group_unfolds_and_folds_where_it_is(page):
    page.set_viewport_size({"width": 1440, "height": 1000})
    show(page, TWICE)
    press(page, "Collapse all")
    expect(box(page, "f 1")).to_be_visible()
    before = box(page, "f 1").bounding_box()
    box(page, "f 1").click()
    opened = frame(page, "f 1")
    expect(opened).to_be_visible()
    name = opened.locator("text").bounding_box()
    assert max(abs(name[axis] - before[axis]) for axis in "xy") < 40
    opened.click()
    expect(box(page, "f 1")).to_be_visible()
    after = box(page, "f 1").bounding_box()
    assert max(abs(after[axis] - before[axis]) for axis in "xy") < 2


def test_what_unfolds_at_the_edge_comes_into_sight_and_can_be_read(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    show(page, TWICE)
    press(page, "Collapse all")
    expect(box(page, "f 2")).to_be_visible()
    box(page, "f 2").click()
    expect(frame(page, "f 2")).to_be_visible()
    area = page.locator(".canvas").bounding_box()
    opened = page.locator("rect.group").bounding_box()
    assert area["x"] <= opened["x"]
    assert opened["x"] + opened["width"] <= area["x"] + area["width"]
    assert scale(page) >= LEGIBLE


@pytest.mark.parametrize("step", [1, 40, 75])
def test_current_step_is_in_sight_beside_an_open_workbench_in_a_low_window(page, step):
    page.set_viewport_size({"width": 1280, "height": 720})
    show(page, WIDE, step=step)
    page.get_by_role("tab", name="Slope").click()
    expect(page.get_by_role("tabpanel", name="Slope")).to_be_visible()
    press(page, "Next step")
    press(page, "Previous step")
    area = page.locator(".canvas").bounding_box()
    covers = [page.locator("#tools").bounding_box()]
    if page.locator("#minimap").is_visible():
        covers.append(page.locator("#minimap").bounding_box())
    active = page.locator("g.node.active .body").first
    expect(active).to_be_in_viewport(ratio=1)
    card = active.bounding_box()
    assert card["y"] + card["height"] <= area["y"] + area["height"]
    for cover in covers:
        assert (
            card["x"] + card["width"] <= cover["x"]
            or cover["x"] + cover["width"] <= card["x"]
            or card["y"] + card["height"] <= cover["y"]
            or cover["y"] + cover["height"] <= card["y"]
        )


def test_ten_thousand_values_stay_usable(page):
    source = "n = MLP(2, [16, 16, 1])\nsum((n([0.1*i, 1.0]) - 1)**2 for i in range(14))"
    show(page, source)
    assert page.locator("g.node").count() <= 80
    press(page, "Expand all")
    expect(page.get_by_text("some groups stay collapsed")).to_be_visible()
    expect(graph(page)).to_have_attribute("data-ready", "true")
    press(page, "Collapse all")
    expect(page.get_by_text("some groups stay collapsed")).to_be_hidden()
    press(page, "Previous step")
    expect(graph(page)).to_have_attribute("data-phase", "backward")


def test_on_a_telephone_fit_alone_tells_that_a_part_is_shown(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"./?lang=en#{urlencode({'source': WIDE})}")
    fit = page.get_by_role("button", name="Fit", exact=True)
    expect(fit).to_have_class(re.compile("more"))
    fit.click()
    expect(fit).not_to_have_class(re.compile("more"))


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1024, 700)])
def test_note_that_a_part_is_shown_lies_in_the_band_above_the_drawing(page, width, height):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"./?lang=fr#{urlencode({'source': WIDE})}")
    note, fit = page.locator("#part"), page.get_by_role("button", name="Ajuster", exact=True)
    expect(note).to_be_visible()
    band, place = page.locator("#band").bounding_box(), note.bounding_box()
    assert place["y"] + place["height"] <= band["y"] + band["height"]
    fit.click()
    expect(note).to_be_hidden()
    expect(fit).not_to_have_class(re.compile("more"))
