"""What the page explains: the chain rule in stages, what a value means, and predictions of one's own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import at_step, node, press, show
from tests.graphs import CHAIN, FAN_OUT, MICROGRAD_README

DEAD = "h = relu(x)\nL = h*w + 1"

NETWORK = "model = MLP(2, [2, 1])\nloss = (model([1.0, 2.0]) - 1)**2\nloss.backward()"


def panel(page):
    return page.get_by_role("region", name="What happens now")


def inspector(page):
    return page.get_by_role("region", name="What the engine stores")


def formulas(page):
    """The lines of the formulas, as they can be read."""
    texts = panel(page).locator(".maths .formula").all()
    return [
        "".join(piece.text_content() for piece in line.locator(".katex-html").all())
        for line in texts
    ]


# -- stages -------------------------------------------------------------------------------------------


def test_contribution_is_told_in_four_stages(page):
    show(page, CHAIN.source, step=13, **CHAIN.inputs)
    names = panel(page).locator(".stage-name")
    expect(names).to_have_text(["Rule", "Upstream", "Local", "Number"])
    rule, upstream, local, result = formulas(page)
    assert rule.count("∂") == 6
    assert upstream.count("∂") == 4
    assert "−2" in upstream
    assert "−3" in local
    assert result.endswith("6")


def test_derivative_is_a_link_to_its_node_and_to_its_step(page):
    show(page, CHAIN.source, step=13, **CHAIN.inputs)
    panel(page).get_by_role("button", name="Gradient of a*b: show it").first.click()
    at_step(page, 11, "backward")
    expect(node(page, "a*b")).to_have_attribute("aria-pressed", "true")
    expect(panel(page)).to_be_focused()


def test_derivative_is_followed_by_keyboard_too(page):
    show(page, CHAIN.source, step=13, **CHAIN.inputs)
    panel(page).get_by_role("button", name=re.compile("^Slope of a")).first.focus()
    page.keyboard.press("Enter")
    at_step(page, 13, "backward")
    expect(node(page, "a*b")).to_have_attribute("aria-pressed", "true")


def test_sum_over_uses_tells_what_was_added_from_what_is_to_come(page):
    show(page, FAN_OUT.source, step=9)
    expect(panel(page)).to_contain_text("Sum of uses")
    expect(panel(page)).to_contain_text("6, now")
    expect(panel(page)).to_contain_text("to come")
    panel(page).get_by_role("button", name="Use in d: go to its step, to come").click()
    at_step(page, 11, "backward")
    expect(panel(page)).to_contain_text("6, added")
    expect(panel(page)).to_contain_text("15, now")
    expect(panel(page)).to_contain_text("complete")


COLLISIONS = """() => {
  const pieces = [...document.querySelectorAll("#panel .maths .piece, #panel .maths small")];
  const boxes = pieces.map((piece) => [piece, piece.getBoundingClientRect()]);
  const crossing = boxes.filter(([one, a]) => boxes.some(([two, b]) =>
    one !== two && !one.contains(two) && !two.contains(one) &&
    a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1));
  const alone = pieces.filter((piece) => piece.classList.contains("sign") &&
    piece.nextElementSibling?.getBoundingClientRect().left < piece.getBoundingClientRect().right - 1);
  const cut = [...document.querySelectorAll("#panel .maths .formula")]
    .filter((line) => line.scrollWidth > line.clientWidth + 1);
  return [crossing.map(([piece]) => piece), alone, cut].map((found) => found.length);
}"""


@pytest.mark.parametrize(
    ("source", "steps"),
    [
        ("L = a*a + a*3", (10, 11)),
        ("b = a\nL = a*b + a**2 + a.tanh()", (10, 15, 16)),
        ("y = gelu(x)", (4,)),
        ("y = clip(x, low, high)*1e-12", (6, 9)),
        ("loss = (prediction - target_value)**exponent", (7, 9)),
    ],
)
def test_formulas_break_between_parts_and_touch_nothing(page, source, steps):
    for width in (320, 360, 420, 560, 700, 1280):
        page.set_viewport_size({"width": width, "height": 740})
        for step in steps:
            show(page, source, step=step)
            expect(page.locator("#graph")).to_have_attribute("data-step", str(step))
            page.evaluate(
                "() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"
            )
            assert page.evaluate(COLLISIONS) == [0, 0, 0], (width, step)


def test_seed_says_why_it_is_one(page):
    show(page, CHAIN.source, step=8, **CHAIN.inputs)
    expect(panel(page)).to_contain_text("Change L by a little and L changes by just as much")


def test_formulas_are_copied_as_latex(page, address):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
    show(page, CHAIN.source, step=13, **CHAIN.inputs)
    press(page, "Copy as LaTeX")
    expect(page.get_by_role("button", name="Copied", exact=True)).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("\\begin{aligned}\n\\frac{\\partial L}{\\partial a} &\\mathrel{+}=")
    assert copied.count("\\\\\n") == 3


def test_kink_is_told_at_its_step(page):
    show(page, "y = relu(x)", x=0)
    expect(panel(page)).to_contain_text(
        "Beware: a kink: at 0 the derivative of relu is taken as 0."
    )


# -- the value that is looked at ----------------------------------------------------------------------


def test_selected_node_shows_what_the_engine_stores(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    node(page, "a*b").click()
    card = inspector(page)
    expect(card.get_by_role("heading", name="The value a*b")).to_be_visible()
    expect(card.locator("dt")).to_have_text(["data", "grad", "op", "operands", "label", "line"])
    expect(card.locator("dd")).to_have_text(["−6", "−2", "*", "ab", "none", f"1: {CHAIN.source}"])
    expect(card).to_contain_text("out = x * y")
    expect(card).to_contain_text("∂out/∂x = y")
    card.get_by_role("button", name="b", exact=True).click()
    expect(card.get_by_role("heading", name="The value b")).to_be_visible()
    expect(card).to_contain_text("Given, not computed")
    press(page, "Let go of b")
    expect(card).to_contain_text("follows the steps")


def test_card_knows_no_more_than_the_step(page):
    show(page, CHAIN.source, step=8, **CHAIN.inputs)
    node(page, "a").click()
    fields = inspector(page).locator("dd")
    expect(fields.nth(0)).to_have_text("2")
    expect(fields.nth(1)).to_have_text("not computed yet")
    expect(page.get_by_role("button", name="Try it")).to_be_hidden()


def test_meaning_is_tried_and_set_back(page):
    show(page, "y = x*x", x=3)
    node(page, "x").click()
    card = inspector(page)
    expect(card).to_contain_text("Raise x by 0.01 and y rises by about 0.06")
    press(page, "Try it")
    expect(card).to_contain_text("predicted: y rises by about 0.06, to 9.06.")
    expect(card).to_contain_text("Actual: y rises by about 0.0601, to 9.0601.")
    expect(node(page, "x")).to_have_accessible_name("x: value 3.01, gradient 6.02")
    undo = page.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_be_focused()
    undo.click()
    expect(node(page, "x")).to_have_accessible_name("x: value 3, gradient 6")
    expect(card).not_to_contain_text("Actual")


def test_trial_of_a_number_of_the_program_leaves_nothing_behind(page):
    show(page, "x = 2.0\ny = 3*x")
    node(page, "x").click()
    press(page, "Try it")
    expect(inspector(page)).to_contain_text("Both agree")
    press(page, "Undo")
    expect(node(page, "y")).to_have_accessible_name("y: value 6, gradient 1")
    expect(page.get_by_role("button", name="Reset x to what the program says")).to_be_hidden()


def test_gradient_of_zero_has_a_reason(page):
    show(page, DEAD, x=-3, w=2)
    node(page, "x").click()
    expect(inspector(page)).to_contain_text("Why is the gradient 0?")
    expect(inspector(page)).to_contain_text("relu is off here, at x = −3.")
    inspector(page).get_by_role("button", name="Show it").click()
    expect(inspector(page).get_by_role("heading", name="The value h")).to_be_visible()
    node(page, "w").click()
    expect(inspector(page)).to_contain_text("The slope of h*w along w is h, and h is 0 here.")


def test_gradient_of_zero_on_a_kink_is_told_from_one_where_relu_is_off(page):
    show(page, DEAD, x=0, w=2)
    node(page, "x").click()
    expect(inspector(page)).to_contain_text(
        "relu has a kink here, at x = 0: no slope holds on both sides, and the convention takes 0."
    )
    expect(inspector(page)).not_to_contain_text("relu is off")


def test_gradient_of_zero_where_all_is_flat_moves_nothing(page):
    show(page, "L = (x - 3)**2", x=3)
    node(page, "x").click()
    expect(inspector(page)).to_contain_text(
        "L hardly moves, if at all: its slope along x is 0 here."
    )


@pytest.mark.parametrize("language", ["en", "fr"])
def test_meaning_and_what_was_tried_are_in_sight_in_a_low_window(page, language):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"./?lang={language}&lesson=slope")
    expect(page.locator("#graph")).to_have_attribute("data-ready", "true")
    node(page, "x").click()
    card = page.locator("#inspector")
    for part in (".meaning", ".ways", "dl"):
        expect(card.locator(part)).to_be_in_viewport(ratio=1)
    card.locator(".trial").click()
    expect(card.locator(".outcome p")).to_have_count(3)
    for part in (".outcome", ".trial"):
        expect(card.locator(part)).to_be_in_viewport(ratio=1)


def test_input_that_does_not_matter_says_so(page):
    show(page, "x = 2.0\nz = 3.0\nL = x*x")
    expect(page.get_by_text("L does not depend on z")).to_be_visible()
    expect(page.get_by_text("L does not depend on x")).to_have_count(0)


def test_gradient_of_nan_is_followed_to_its_cause(page):
    show(page, "z = log(x)\ny = z*2", x=-1)
    node(page, "x").click()
    expect(inspector(page)).to_contain_text("Why is the gradient nan?")
    expect(inspector(page)).to_contain_text(
        "The slope of z along x is nan here. "
        "Beware: the logarithm of a negative number is not a real number."
    )


def test_saturated_tanh_is_told_at_the_value_and_at_the_step(page):
    show(page, "o = tanh(n)", n=9)
    expect(panel(page)).to_contain_text("saturated: tanh is nearly flat here")
    node(page, "o").click()
    expect(inspector(page)).to_contain_text("saturated: tanh is nearly flat here")


# -- steps --------------------------------------------------------------------------------------------


def test_steps_by_node_go_on_to_the_next_complete_gradient(page):
    show(page, FAN_OUT.source, step=8)
    page.get_by_role("combobox", name="Steps").select_option("by node")
    press(page, "Next step")
    at_step(page, 11, "backward")
    expect(node(page, "a")).to_have_accessible_name("a: value 2, gradient 21")
    press(page, "Previous step")
    at_step(page, 8, "backward")
    page.wait_for_url(re.compile("steps=node"))
    page.reload()
    expect(page.get_by_role("combobox", name="Steps")).to_have_value("node")


def test_node_chosen_again_goes_to_its_step(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    node(page, "a*b").dblclick()
    at_step(page, 11, "backward")
    press(page, "Go to this node's step")
    at_step(page, 3, "forward")
    page.locator("h1").click()
    page.keyboard.press("g")
    at_step(page, 11, "backward")
    page.keyboard.press("Escape")
    expect(node(page, "a*b")).to_have_attribute("aria-pressed", "false")


def test_enter_twice_goes_to_the_step_of_a_node(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    node(page, "c").focus()
    page.keyboard.press("Enter")
    at_step(page, 14, "done")
    expect(node(page, "c")).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Enter")
    at_step(page, 12, "backward")


def test_uses_of_a_value_are_walked(page):
    show(page, FAN_OUT.source)
    node(page, "a").click()
    use = page.get_by_role("button", name="Next use of a")
    use.click()
    at_step(page, 9, "backward")
    expect(use).to_be_focused()
    use.click()
    at_step(page, 11, "backward")


def test_click_beside_the_nodes_lets_go(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    node(page, "a").click()
    page.locator("#graph").click(position={"x": 5, "y": 5})
    expect(node(page, "a")).to_have_attribute("aria-pressed", "false")


# -- predictions ----------------------------------------------------------------------------------------


def test_prediction_is_asked_judged_and_counted(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    press(page, "Predict")
    at_step(page, 8, "backward")
    field = page.get_by_label("Your prediction")
    expect(panel(page)).to_contain_text("What does L add to the gradient of a*b + c?")
    field.fill("-2,0")
    field.press("Enter")
    at_step(page, 9, "backward")
    expect(panel(page)).to_contain_text("Right: 1 · (−2) = −2.")
    expect(panel(page)).to_contain_text("1 of 1 right")
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    field.fill("7/3")
    press(page, "Check")
    expect(panel(page)).to_contain_text("Not 7/3. Try once more")
    at_step(page, 9, "backward")
    expect(field).to_have_value("")
    field.fill("8/3")
    press(page, "Check")
    at_step(page, 10, "backward")
    expect(panel(page)).to_contain_text("Not 8/3. The gradient of L is 1, times the slope")
    expect(panel(page)).to_contain_text("1 of 2 right")


def test_edge_that_is_asked_about_stands_out_and_the_last_one_does_not(page):
    show(page, CHAIN.source, step=3, **CHAIN.inputs)
    press(page, "Predict")
    at_step(page, 8, "backward")
    expect(panel(page)).to_contain_text("Questions are about the backward pass")
    expect(panel(page)).to_contain_text("The step before")
    asked = page.locator("#graph .wire.asked")
    expect(asked).to_have_count(1)
    first = asked.get_attribute("data-edge")
    expect(page.locator("#graph .tag.active")).to_have_text(["?"])
    press(page, "Skip")
    at_step(page, 9, "backward")
    expect(asked).to_have_count(1)
    assert asked.get_attribute("data-edge") != first
    expect(page.locator("#graph .tag.active")).to_have_text(["?"])
    press(page, "Predict")
    expect(asked).to_have_count(0)
    expect(page.locator("#graph .tag.active")).to_have_text(["1 · (-2) = -2"])


def test_what_is_asked_for_is_shown_nowhere(page):
    show(page, CHAIN.source, step=12, **CHAIN.inputs)
    press(page, "Predict")
    node(page, "a").click()
    at_step(page, 12, "backward")
    expect(panel(page)).to_contain_text("What does a*b add to the gradient of a?")
    expect(node(page, "a")).to_have_accessible_name("a: value 2, gradient not computed yet")
    shown = page.locator("main").inner_text()
    assert not re.search(r"(?<![\d.])\+?6(?![\d.])", re.sub("[-−]6", "", shown)), shown


def test_prediction_that_is_no_number_is_not_judged(page):
    show(page, CHAIN.source, step=12, **CHAIN.inputs)
    press(page, "Predict")
    page.get_by_label("Your prediction").fill("six")
    press(page, "Check")
    expect(panel(page)).to_contain_text("Write a number, such as −6, 0.5 or 1/3.")
    at_step(page, 12, "backward")


def test_playing_stops_where_something_is_asked(page):
    show(page, CHAIN.source, step=6, **CHAIN.inputs)
    press(page, "Predict")
    at_step(page, 8, "backward")
    page.get_by_role("slider", name="Step").fill("6")
    expect(panel(page)).to_contain_text("Questions come with the backward pass")
    page.get_by_role("combobox", name="Speed").select_option("4")
    press(page, "Play")
    at_step(page, 8, "backward")
    expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
    press(page, "Predict")
    expect(page.get_by_label("Your prediction")).to_be_hidden()


def test_a_question_holds_the_arrow_keys_until_it_is_skipped(page):
    show(page, CHAIN.source, step=2, **CHAIN.inputs)
    press(page, "Predict")
    at_step(page, 8, "backward")
    page.keyboard.press("ArrowRight")
    expect(panel(page)).to_contain_text("This question waits: predict, or press Skip.")
    at_step(page, 8, "backward")
    press(page, "Skip")
    at_step(page, 9, "backward")
    expect(panel(page)).not_to_contain_text("This question waits")


def test_no_formula_is_cut(page):
    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for source in (NETWORK, MICROGRAD_README.source, FAN_OUT.source):
            show(page, source)
            page.evaluate("document.fonts.ready")
            expect(panel(page).locator(".maths .formula").first).to_be_visible()
            page.wait_for_function(
                """() => [...document.querySelectorAll('.maths .formula')]
                    .every((line) => line.scrollWidth <= line.clientWidth)"""
            )


# -- everyone -------------------------------------------------------------------------------------------


def test_everything_that_is_pressed_is_large_enough_and_in_sight_on_a_telephone(page):
    page.set_viewport_size({"width": 360, "height": 740})
    show(page, FAN_OUT.source, step=9)
    press(page, "Predict")
    node(page, "a").click()
    small = page.evaluate(
        """[...document.querySelectorAll('.bar button, .bar select, .below button, .below input')]
             .filter((part) => part.checkVisibility())
             .map((part) => [part.ariaLabel ?? part.textContent, part.getBoundingClientRect()])
             .filter(([, box]) => box.height < 24 || box.width < 24 || box.right > 361 || box.left < 0)
             .map(([name]) => name)"""
    )
    assert small == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_next_question_is_in_sight_after_an_answer(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    for language in ("en", "fr"):
        page.goto(f"./?lang={language}#source={CHAIN.source.replace('+', '%2B')}&step=8")
        expect(page.locator("#graph")).to_have_attribute("data-ready", "true")
        page.locator("#predict").click()
        for answered in range(1, 4):
            page.locator(".quiz input").fill("1/7")
            page.keyboard.press("Enter")
            expect(page.locator(".quiz .verdict")).to_contain_text("1/7")
            page.locator(".quiz input").fill("1/8")
            page.keyboard.press("Enter")
            at_step(page, 8 + answered, "backward")
            for part in (".quiz .verdict", ".quiz .question", ".quiz input", ".quiz .primary"):
                expect(page.locator(part)).to_be_in_viewport(ratio=1)


def test_numbers_of_the_inspector_are_never_torn(page):
    page.set_viewport_size({"width": 1024, "height": 700})
    show(page, "y = a*b*1e-12 + a", a=-1234567.890123, b=-9.87654321e-200)
    for name in "ay":
        node(page, name).click()
        for place in range(2):
            field = inspector(page).locator("dd.number").nth(place)
            assert field.bounding_box()["height"] < 30, field.text_content()
            assert field.evaluate("(dd) => dd.scrollWidth <= dd.clientWidth + 1")
