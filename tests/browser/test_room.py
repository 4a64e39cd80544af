"""Room: where there is little of it, the drawing has the most, and what the step says is in sight."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from app.lessons import course
from app.messages import catalogue
from tests.browser.helpers import WRITTEN, graph, node, show
from tests.graphs import CHAIN

LECTURE = {"source": "L = (a*b + c) * f", "set": ["a=2", "b=-3", "c=10", "f=-2"]}

MIDDLE = """slider => {
  const forward = parseFloat(slider.style.getPropertyValue("--forward")) / 100;
  slider.value = Math.round(Number(slider.max) * (1 + forward) / 2);
  slider.dispatchEvent(new Event("input", { bubbles: true }));
}"""

SMALLEST = """graph => {
  const texts = [...graph.querySelectorAll(".node :is(.label, .value, .grad), .tag text")];
  const shown = texts.filter((text) => text.textContent.trim() && text.getClientRects().length);
  if (!shown.length) throw new Error("nothing can be read");
  return Math.min(...shown.map((text) => text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize)));
}"""

CUT = """() => [...document.querySelectorAll("#panel .maths .formula:not(.sum)")].filter((line) => {
  const box = line.getBoundingClientRect();
  const panel = document.querySelector("#below").getBoundingClientRect();
  return !box.height || box.bottom > Math.min(panel.bottom, innerHeight) + 1 || box.top < panel.top;
}).length"""


def to_the_middle_of_the_backward_pass(page: Page) -> None:
    expect(graph(page)).to_have_attribute("data-ready", "true")
    page.locator("#step").evaluate(MIDDLE)
    expect(graph(page)).to_have_attribute("data-phase", "backward")
    expect(page.locator("#panel .maths .formula:not(.sum)")).to_have_count(4)
    page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))")


# -- lessons --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1280, 720), (1366, 768)])
def test_formulas_and_graph_of_every_lesson_can_be_read_beside_its_text(page, size, language):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for lesson in course(language):
        page.goto(f"./?lang={language}&lesson={lesson.id}")
        to_the_middle_of_the_backward_pass(page)
        assert page.evaluate(CUT) == 0, lesson.id
        assert graph(page).evaluate(SMALLEST) >= 8, lesson.id
        assert page.locator(".canvas").bounding_box()["width"] >= 0.7 * size[0]
        assert page.locator(".canvas").bounding_box()["height"] >= 0.44 * size[1]
        slider = page.locator("#inputs input[type=range]").first
        assert slider.bounding_box()["width"] >= 85, lesson.id


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1600, 900), (360, 740)])
def test_task_lies_over_no_line_of_the_text(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("./?lang=en&lesson=descent")
    task = page.get_by_role("region", name="Task").bounding_box()
    text = page.locator(".lesson-body").bounding_box()
    assert text["y"] + text["height"] <= task["y"] + 1
    assert text["height"] >= 150


@pytest.mark.parametrize("size", [(1280, 720), (1440, 900), (1600, 900)])
def test_what_a_lesson_prints_is_in_sight_beside_the_input_that_changes_it(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("./?lang=en&lesson=descent")
    rate = page.get_by_role("slider", name="rate, slider")
    rate.scroll_into_view_if_needed()
    expect(rate).to_be_in_viewport(ratio=1)
    printed = page.locator("#printed")
    expect(printed).to_contain_text("9: 0.6485")
    expect(printed).to_be_in_viewport(ratio=1)
    above = page.locator("#console").bounding_box()["y"]
    assert rate.bounding_box()["y"] + rate.bounding_box()["height"] <= above


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_lesson_is_one_column_in_which_nothing_else_scrolls(page, size, language):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for lesson in course(language):
        page.goto(f"./?lang={language}&lesson={lesson.id}")
        expect(graph(page)).to_have_attribute("data-ready", "true")
        scrolling = page.evaluate("""() => [...document.querySelectorAll(".pane, .pane *")]
          .filter((part) => part.clientHeight && part.scrollHeight > part.clientHeight + 1)
          .filter((part) => ["auto", "scroll"].includes(getComputedStyle(part).overflowY))
          .map((part) => part.className)""")
        assert scrolling[0] == "pane"
        if lesson.begin.source.count("\n") < 20:
            assert not [part for part in scrolling if "cm-scroller" in part], lesson.id
        assert not {"lesson-body", "inputs", "program"} & set(scrolling), lesson.id
        tools = ("#inputs", "#editor")[:: -1 if lesson.id in WRITTEN else 1]
        parts = (".lesson-body", ".task", *tools)
        places = [page.locator(part).bounding_box()["y"] for part in parts]
        assert places == sorted(places)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1280, 720), (1440, 780), (360, 740)])
def test_line_leads_to_a_task_that_is_out_of_sight(page, size, language):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"./?lang={language}&lesson=descent")
    texts = catalogue(language)
    task = page.get_by_role("region", name=texts["lessons.task"])
    named = " ".join(texts[f"lessons.{part}"] for part in ("task", "todo", "show"))
    line = page.get_by_role("button", name=named)
    expect(line).to_be_in_viewport(ratio=1)
    line.click()
    expect(task).to_be_in_viewport(ratio=0.99)
    expect(task).to_be_focused()
    expect(line).to_be_hidden()
    page.locator("#printed").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.pane').scrollTop = 10_000")
    expect(line).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name=texts["lessons.all"]).click()
    expect(line).to_be_hidden()
    page.locator(".lesson-list button").nth(5).click()
    expect(line).to_be_in_viewport(ratio=1)
    page.get_by_role("button", name=texts["lessons.close"], exact=True).click()
    expect(line).to_be_hidden()


def test_line_that_leads_to_the_task_lies_over_nothing(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("./?lang=en&lesson=descent")
    line = page.locator("#task-line")
    expect(line).to_be_visible()
    pane = page.locator(".pane").bounding_box()
    assert pane["y"] + pane["height"] <= line.bounding_box()["y"] + 0.5


def test_steps_leave_the_column_where_it_is(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("./?lang=en&lesson=xor")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    for place in (0, 400, 700):
        page.evaluate("place => { document.querySelector('.pane').scrollTop = place; }", place)
        for name in ("First step", "Last step", "Previous step", "Previous step"):
            page.get_by_role("button", name=name).click()
        to_the_middle_of_the_backward_pass(page)
        assert page.evaluate("document.querySelector('.pane').scrollTop") == place


@pytest.mark.parametrize("size", [(1280, 720), (360, 740), (1920, 1080)])
def test_next_lesson_begins_at_its_beginning(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto("./?lang=en&lesson=neuron")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    page.locator(".lesson-bar").get_by_role("button", name="Next lesson").click()
    heading = page.get_by_role("heading", name="Loss and gradient descent")
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport(ratio=1)
    above = page.locator(".transport" if size[0] < 900 else ".lesson-bar").bounding_box()
    assert heading.bounding_box()["y"] >= above["y"] + above["height"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_row_that_a_task_asks_to_change_stays_where_it_is(page, language):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"./?lang={language}&lesson=descent")
    field = page.locator("#inputs input[type=number]").nth(2)
    row = page.locator("#inputs .knob").nth(2)
    row.scroll_into_view_if_needed()
    expect(row).to_be_in_viewport(ratio=1)
    before = row.bounding_box()
    field.fill("0.25")
    expect(page.locator("#printed")).to_contain_text("9: 53204.1077")
    assert row.bounding_box() == before
    expect(row).to_be_in_viewport(ratio=1)
    expect(page.locator("#printed")).to_be_in_viewport(ratio=0.99)


def test_menu_names_the_lesson_whose_program_is_on_the_page(page):
    chosen = page.locator("#examples-menu option:checked")
    page.goto("./?lang=en&lesson=neuron")
    expect(chosen).to_have_text("Lesson 5")
    page.get_by_role("textbox", name="Program").fill("y = x * x * 7")
    expect(chosen).to_have_text("Your program")
    page.goto("./?lang=fr&lesson=descent")
    expect(chosen).to_have_text("Leçon\u00a06")


# -- how large cards are written --------------------------------------------------------------------

WORDS = """graph => [...graph.querySelectorAll(".node [data-cell^=caption]")]
  .filter((text) => text.textContent && text.getClientRects().length)
  .map((text) => text.getScreenCTM().a * parseFloat(getComputedStyle(text).fontSize))"""

TOUCHING = """graph => [...graph.querySelectorAll(".node")].flatMap((card) => {
  const width = Number(card.querySelector(".body").getAttribute("width"));
  const cell = card.matches(".constant") ? width : width / 2;
  return [...card.querySelectorAll(".value, .grad")]
    .filter((text) => text.textContent && text.getBBox().width > cell - 6)
    .map((text) => text.textContent);
})"""

SEEN_WHOLE = {
    (1280, 720): "slope forward chain-rule used-twice neuron descent zero-grad xor breaks tensors",
    (390, 780): "forward chain-rule used-twice zero-grad",
}


@pytest.mark.parametrize("size", SEEN_WHOLE)
def test_lesson_is_seen_whole_where_names_and_numbers_can_be_read(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    for lesson in course("en"):
        page.goto(f"./?lang=en&lesson={lesson.id}")
        to_the_middle_of_the_backward_pass(page)
        assert graph(page).evaluate(SMALLEST) >= 7.49, lesson.id
        assert all(word >= 7.99 for word in graph(page).evaluate(WORDS)), lesson.id
        assert graph(page).evaluate(TOUCHING) == [], lesson.id
        whole = page.locator("#fit.more").count() == 0
        assert whole == (lesson.id in SEEN_WHOLE[size].split()), lesson.id


def test_words_go_when_they_grow_too_small_and_a_key_says_which_number_is_which(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto("./?lang=en&lesson=neuron")
    to_the_middle_of_the_backward_pass(page)
    key = page.locator("#which")
    expect(key).to_have_text("valuegradient")
    expect(key).to_be_visible()
    name = node(page, "n").get_attribute("aria-label")
    before = node(page, "n").bounding_box()
    page.get_by_role("button", name="First step").click()
    expect(key).to_be_hidden()
    page.get_by_role("button", name="Last step").click()
    expect(key).to_be_visible()
    page.get_by_role("button", name="Zoom in").click()
    expect(key).to_be_hidden()
    assert graph(page).evaluate(WORDS)
    assert node(page, "n").get_attribute("aria-label") == name
    page.get_by_role("button", name="Zoom out").click()
    expect(key).to_be_visible()
    assert graph(page).evaluate(WORDS) == []
    assert node(page, "n").bounding_box()["width"] == pytest.approx(before["width"], abs=0.1)


@pytest.mark.parametrize(
    ("width", "height", "place"),
    [
        (690, 480, "embed?example=neuron"),
        (1280, 720, "./?lesson=tensors"),
        (390, 780, "./?lesson=zero-grad"),
    ],
)
def test_key_lies_over_no_card(page, width, height, place):
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{place}&lang=en")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    page.get_by_role("button", name="Fit").click()
    expect(page.locator("#which")).to_be_visible()
    top = page.locator("#which").bounding_box()["y"]
    for card in page.locator("#graph .node .body").all():
        box = card.bounding_box()
        assert box["y"] + box["height"] <= top + 1


# -- an open workbench ----------------------------------------------------------------------------


@pytest.mark.parametrize("lesson", ["descent", "xor", "tensors"])
@pytest.mark.parametrize("size", [(1280, 720), (1440, 900)])
def test_names_and_numbers_can_be_read_beside_an_open_tab_at_every_step(page, size, lesson):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"./?lang=en&lesson={lesson}")
    to_the_middle_of_the_backward_pass(page)
    page.locator("#tab-slope").click()
    expect(page.locator("#tab-panel-slope")).to_be_visible()
    active = page.locator("#graph .node.active").first
    scale = graph(page).locator(".world").evaluate("world => world.getScreenCTM().a")
    for _ in range(3):
        page.get_by_role("button", name="Next step").click()
        expect(active).to_be_in_viewport(ratio=1)
        assert graph(page).evaluate(SMALLEST) >= 8
        assert graph(page).locator(".world").evaluate("world => world.getScreenCTM().a") == scale


@pytest.mark.parametrize("query", ["lesson=descent", "lesson=neuron", ""])
def test_graph_and_a_line_of_the_step_stay_beside_an_open_tab_in_a_low_window(page, query):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"./?lang=en&{query}")
    to_the_middle_of_the_backward_pass(page)
    told = page.locator("#panel h3").inner_text()
    for name in ("slope", "check", "descend", "playground", "derivative"):
        page.locator(f"#tab-{name}").click()
        expect(page.locator(f"#tab-panel-{name}")).to_be_visible()
        canvas, band = (page.locator(part).bounding_box() for part in (".canvas", "#band"))
        assert band["height"] <= 40
        assert canvas["height"] - band["height"] >= 195
        expect(page.locator("#minimap")).to_be_hidden()
        expect(page.locator("#panel h3")).to_have_text(told)
        for part in ("#panel h3", "#panel .brief"):
            expect(page.locator(part)).to_be_in_viewport(ratio=1)
        assert page.locator("#below").bounding_box()["height"] <= 42


def test_line_of_the_step_goes_along_with_the_steps(page):
    show(page, CHAIN.source, step=13, **CHAIN.inputs)
    brief = page.locator("#panel .brief")
    expect(brief).to_be_hidden()
    page.get_by_role("tab", name="Slope").click()
    expect(brief.locator(".katex-mathml annotation").last).to_have_text("\\textstyle 6")
    page.get_by_role("button", name="Next step").click()
    expect(page.locator("#panel h3")).to_have_text("a*b passes its gradient back to b")
    expect(brief.locator(".katex-mathml annotation").last).to_have_text("\\textstyle -4")


# -- within another page --------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(690, 480), (800, 500)])
def test_frame_of_a_lecture_note_holds_graph_formulas_and_transport(page, size, language):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"./embed?lang={language}#{urlencode(LECTURE, doseq=True)}")
    to_the_middle_of_the_backward_pass(page)
    assert page.evaluate(CUT) == 0
    expect(page.locator("#play")).to_be_in_viewport(ratio=1)
    for name in "abcfL":
        expect(node(page, name)).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight") <= size[1]


@pytest.mark.parametrize("size", [(600, 400), (360, 600)])
def test_small_frame_shows_the_arithmetic_in_one_line(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"./embed?lang=en#{urlencode(LECTURE, doseq=True)}")
    to_the_middle_of_the_backward_pass(page)
    expect(page.locator("#panel .brief")).to_be_in_viewport(ratio=1)
    last = page.locator("#panel .brief .piece").last
    expect(last).to_be_visible()
    expect(last).to_be_in_viewport(ratio=1)


# -- a telephone ----------------------------------------------------------------------------------


def test_telephone_shows_the_drawing_first_in_the_document_too(page):
    page.set_viewport_size({"width": 360, "height": 740})
    show(page, CHAIN.source, **CHAIN.inputs)
    parts = ["#graph", "#play", "#editor", "#inputs", "#panel", "#inspector", "#tab-slope"]
    places = [page.locator(part).bounding_box()["y"] for part in parts]
    assert places == sorted(places)
    order = """parts => parts.map((part) => document.querySelector(part)).every((part, at, all) =>
      !at || all[at - 1].compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING)"""
    assert page.evaluate(order, parts)
    for part in ("#graph", "#play", "#editor"):
        expect(page.locator(part)).to_be_in_viewport(ratio=1)
    page.set_viewport_size({"width": 1280, "height": 720})
    expect(page.locator(".pane #inputs")).to_be_visible()
    assert page.evaluate(order, ["#editor", "#inputs", "#graph"])


def test_long_program_leaves_inputs_their_place_on_a_telephone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    lines = [f"x{n} = {n}.0" for n in range(40)]
    show(page, "\n".join([*lines, f"y = sum([{', '.join(f'x{n}' for n in range(40))}])"]))
    expect(page.locator("#inputs .knob").first).to_be_in_viewport(ratio=1)
    assert page.locator("#controls").bounding_box()["height"] <= 260


def test_pressing_what_steps_scrolls_no_page_on_a_telephone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("./?lang=en&lesson=descent")
    to_the_middle_of_the_backward_pass(page)
    page.evaluate("scrollTo(0, 500)")
    page.get_by_role("button", name="Next step").click()
    page.get_by_role("button", name="Previous step").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("scrollY") == 500


SIDES = {"upright": (360, 740), "lying": (740, 360)}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("side", SIDES)
def test_drawing_stays_in_sight_on_a_telephone_while_one_reads_a_lesson(page, side, language):
    size = SIDES[side]
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"./?lang={language}&lesson=descent")
    to_the_middle_of_the_backward_pass(page)
    assert page.locator("header").bounding_box()["height"] <= 50
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    expect(page.locator(".lesson-body p").first).to_be_in_viewport(ratio=0.6)
    title = page.locator("#panel h3").inner_text()
    expect(page.locator("#caption")).to_have_text(title)
    for part in (".task", "#editor", "#printed"):
        page.locator(part).evaluate("part => part.scrollIntoView({ block: 'end' })")
        expect(page.locator(part)).to_be_in_viewport(ratio=0.5)
        for still in (".canvas", "#play", "#caption"):
            expect(page.locator(still)).to_be_in_viewport(ratio=0.99)
        canvas, transport = (page.locator(one).bounding_box() for one in (".canvas", ".transport"))
        assert canvas["y"] + canvas["height"] <= transport["y"] + 1


@pytest.mark.parametrize("language", ["en", "fr"])
def test_header_of_a_telephone_is_one_row_of_things_that_have_names(page, language):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"./?lang={language}")
    texts = catalogue(language)
    found = [
        page.get_by_role("button", name=texts[key], exact=True)
        for key in ("lessons.title", "share.title")
    ]
    found += [
        page.get_by_role("combobox", name=texts[f"nav.{key}"])
        for key in ("examples", "language", "theme")
    ]
    for one in found:
        box = one.bounding_box()
        assert 4 <= box["y"] < 40
        assert box["width"] >= 30
        assert box["height"] >= 30
        assert box["x"] + box["width"] <= 352
    page.get_by_role("combobox", name=texts["nav.theme"]).select_option("dark")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_step_brings_its_text_into_sight_in_a_short_editor(page):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto("./?lang=en&lesson=descent")
    to_the_middle_of_the_backward_pass(page)
    page.locator("#editor").scroll_into_view_if_needed()
    page.wait_for_function("""() => {
      const [lit, editor] = [".cm-lit", ".cm-scroller"].map((part) =>
        document.querySelector(part)?.getBoundingClientRect());
      return lit && lit.top >= editor.top && lit.bottom <= editor.bottom;
    }""")


@pytest.mark.parametrize("size", [(360, 740), (1024, 700), (1280, 720)])
def test_choosing_a_value_moves_nothing(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show(page, CHAIN.source, step=11, **CHAIN.inputs)
    before = page.locator("#band").bounding_box(), node(page, "f").bounding_box()
    node(page, "f").click()
    expect(page.locator("#relations")).to_be_visible()
    assert (page.locator("#band").bounding_box(), node(page, "f").bounding_box()) == before


@pytest.mark.parametrize("size", [(360, 740), (1280, 720)])
def test_what_is_said_of_a_choice_covers_no_number(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"./?lang=fr#{urlencode(LECTURE, doseq=True)}")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    node(page, "L").click()
    said = page.locator("#relations")
    expect(said).to_be_visible()
    for number in page.locator("#graph .node .value").all():
        box, over = number.bounding_box(), said.bounding_box()
        assert box["y"] + box["height"] <= over["y"] + 2 or box["x"] >= over["x"] + over["width"]


@pytest.mark.parametrize("side", SIDES)
def test_choosing_a_value_on_a_telephone_tells_of_it_in_sight(page, side):
    width, height = SIDES[side]
    page.set_viewport_size({"width": width, "height": height})
    show(page, CHAIN.source, **CHAIN.inputs)
    account, title = page.locator("#account"), page.locator("#caption")
    expect(account).to_be_hidden()
    node(page, "b").click()
    expect(account.locator(".known")).to_have_text("b: value −3, gradient −4")
    expect(account).to_be_in_viewport(ratio=0.99)
    expect(title).to_be_hidden()
    if side == "upright":
        expect(account.locator(".says")).to_contain_text("Raise b by 0.01 and L falls by about")
    account.get_by_role("button", name="More").click()
    inspector = page.get_by_role("region", name="What the engine stores")
    expect(inspector).to_be_focused()
    expect(inspector.get_by_role("heading", name="The value b")).to_be_in_viewport(ratio=1)
    expect(account).to_be_hidden()
    node(page, "a").click()
    expect(account).to_contain_text("a: value 2, gradient 6")
    page.get_by_role("button", name="Previous step").click()
    expect(account).to_be_hidden()
    expect(title).to_be_visible()
    node(page, "c").click()
    account.get_by_role("button", name="Let go of c").click()
    expect(account).to_be_hidden()
    expect(node(page, "c")).to_have_attribute("aria-pressed", "false")
