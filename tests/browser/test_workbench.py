"""The workbench, by the names that are on it: slopes, checks, descents, the playground."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import BOWL, faults, field, graph, node, show, slide, tab, told
from tests.graphs import CHAIN

# -- tabs -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1366, 625), (1024, 600)])
def test_low_windows_leave_every_tab_within_reach(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    show(page, CHAIN.source, **CHAIN.inputs)
    told(tab(page, "Descend"), "Nothing moved yet")
    told(tab(page, "Check"), "agree")


def test_slope_looks_anew_where_numbers_have_another_size(page):
    show(page, "x = 1e300\ny = x * 3")
    told(tab(page, "Slope"), "slope 3 at")
    page.get_by_role("textbox", name="Program").fill("x = 2.0\ny = x * x")
    told(page.get_by_role("tabpanel", name="Slope"), "slope 4 at x = 2")


def test_what_is_shut_asks_nothing(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, CHAIN.source, **CHAIN.inputs)
    assert not [url for url in asked if re.search(r"check|sweep|descend|datasets|benches", url)]
    panel = tab(page, "Check")
    told(panel, "All 4 gradients")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(panel).to_be_hidden()
    before = len(asked)
    page.get_by_role("spinbutton", name="a, number").fill("3")
    expect(node(page, "a")).to_have_accessible_name("a: value 3, gradient 6")
    assert not [url for url in asked[before:] if not url.endswith("api/trace")]


def test_tabs_are_walked_with_the_arrow_keys_which_step_nothing(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    tab(page, "Slope")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Check")).to_be_focused()
    expect(page.get_by_role("tab", name="Check")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("End")
    expect(page.get_by_role("tab", name="Second derivative")).to_be_focused()
    expect(graph(page)).to_have_attribute("data-phase", "done")


# -- slope ----------------------------------------------------------------------------------------


def test_slope_of_the_tangent_is_the_gradient(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    panel = tab(page, "Slope")
    told(panel, r"L rises from .+ as a goes from .+; slope 6 at a = 2\.")
    told(panel, "tangent: slope 6")
    expect(panel.locator(".gradient-number").last).to_have_text("6")
    panel.get_by_role("combobox", name="Input").select_option("b")
    told(panel, r"L falls from .+; slope −4 at b = −3\.")


def test_a_smaller_h_turns_the_secant_into_the_tangent(page):
    show(page, "y = x**2", x=3)
    panel = tab(page, "Slope")
    told(panel, "secant: slope 7")
    told(panel, "Move x from 3 by h = 1: y goes from 9 to 16, a change of 7")
    slide(panel, "Step h", -4)
    told(panel, r"secant: slope 6\.0001")
    expect(panel.get_by_role("group", name=re.compile("is a U"))).to_be_visible()


def test_dragging_the_point_moves_the_input_and_the_graph(page):
    show(page, "y = x**2", x=1)
    panel = tab(page, "Slope")
    told(panel, "secant: slope 3")
    expect(panel.locator("path.values")).to_have_attribute("d", re.compile("L"))
    place = panel.locator('[data-mark="here"] .shape').bounding_box()
    page.mouse.move(place["x"] + 5, place["y"] + 5)
    page.mouse.down()
    page.mouse.move(place["x"] + 85, place["y"] + 5, steps=4)
    page.mouse.up()
    expect(node(page, "x")).not_to_have_accessible_name(re.compile("value 1,"))
    assert field(page, "x") > 1.5
    told(panel, "slope -?[2-9]")


def test_a_gradient_that_is_no_slope_says_why(page):
    show(page, "a = 2.0\nL = a*3\nL.backward()\nL = a*3\nL.backward()")
    told(tab(page, "Slope"), "Gradients of several backward passes have added up")
    panel = tab(page, "Check")
    told(panel, "differ from their measured slopes: 1 of 1")
    expect(panel.get_by_role("row", name=re.compile("^a 6 3 3 3 ✗ differs"))).to_be_visible()


def test_an_input_that_the_program_changes_is_told_from_where_it_begins(page):
    show(
        page,
        "w = 0.5\nfor i in range(3):\n    L = (w - 3)**2\n    w.grad = 0.0\n    L.backward()\n    w.data -= 0.1 * w.grad\nL = (w - 3)**2\nL.backward()",
    )
    panel = tab(page, "Slope")
    told(panel, r"gradient at the last number, .+ the tangent here is measured")
    # Each turn leaves 0.8 of the way to 3: the slope at the beginning is 2·(0.5 - 3)·0.8**6.
    told(panel, r"tangent: slope −1\.3107")
    told(panel, r"slope −1\.3107 at w = 0\.5")
    expect(page.locator("#inputs .gradient")).to_have_text("")


def test_a_pole_is_a_gap(page):
    show(page, "y = 1/x", x=1)
    panel = tab(page, "Slope")
    told(panel, "slope −1 at x = 1")
    expect(panel.locator("path.values")).to_have_attribute("d", re.compile("^M.*L.*M.*L"))


# -- check ----------------------------------------------------------------------------------------


def test_check_agrees_in_words_and_a_row_finds_its_node(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    panel = tab(page, "Check")
    told(panel, "All 4 gradients of L agree")
    expect(panel.get_by_role("row", name=re.compile("^a 6 6 6 .*✓ agrees"))).to_be_visible()
    panel.get_by_role("checkbox", name="Check every node").check()
    told(panel, "all 7 nodes agree")
    panel.get_by_role("button", name="a*b", exact=True).click()
    expect(node(page, "a*b")).to_have_attribute("aria-pressed", "true")


def test_a_kink_is_told_right_below_the_numbers(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    show(page, "x = 0.0\ny = relu(x) + abs(x - 1)")
    page.route("**/api/check", lambda route: route.abort())  # the trace tells it, with the curve
    note = tab(page, "Slope").locator(".numbers + .remark")
    expect(note).to_have_text(
        "A kink: the slope is −1 on the left and 0 on the right; −1 is the convention."
    )
    expect(note).to_be_in_viewport(ratio=1)


def test_a_straight_line_is_told_to_be_its_own_tangent_and_its_own_secant(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    panel = tab(page, "Slope")
    told(
        panel, "A straight line: the tangent is the curve itself, and every h gives the same slope"
    )
    widths = [
        float(
            panel.locator(f"path.{line}").evaluate("path => getComputedStyle(path).strokeWidth")[
                :-2
            ]
        )
        for line in ("values", "tangent", "secant")
    ]
    assert widths[0] > 2 * widths[1] > 4 * widths[2], "one lies on the other, and each is seen"
    for place in ("a = 2", "a + h = 3"):
        expect(panel.locator(".plot-labels").get_by_text(place, exact=True)).to_be_visible()


def test_what_the_check_says_late_moves_nothing_below_it(page):
    page.set_viewport_size({"width": 1280, "height": 720})
    late = []

    def hold(route):
        late.append(route)

    page.route("**/api/check", hold)
    show(page, "a = 2.0\nL = a*3\nL.backward()\nL = a*3\nL.backward()")
    with page.expect_request("**/api/check"):
        panel = tab(page, "Slope")
    course = panel.locator(".course")
    told(course, "rises from")
    before = course.bounding_box()
    late.pop().continue_()
    told(panel, "Gradients of several backward passes have added up")
    assert course.bounding_box() == before


def test_check_names_a_kink(page):
    show(page, "y = relu(x)", x=0)
    told(tab(page, "Check"), "a kink: the slope is 0 on the left and 1 on the right")


@pytest.mark.parametrize("width", [360, 1024, 1280])
@pytest.mark.parametrize("lesson", [False, True])
def test_check_is_read_without_scrolling_sideways(page, width, lesson):
    page.set_viewport_size({"width": width, "height": 740})
    show(page, "a = -1.234567e-9\nb = -3.0\nc = 0.0\nL = relu(c) + a*b*1.2345e-7")
    if lesson:
        page.locator("#lessons-toggle").click()
        page.get_by_role("button", name="The chain rule by hand").click()
    panel = tab(page, "Check")
    panel.get_by_role("checkbox", name="Check every node").check()
    told(panel, r"all \d nodes agree")
    hidden = "part => part.scrollWidth - part.clientWidth"
    assert panel.evaluate(hidden) == 0
    assert panel.get_by_role("region", name="Check").evaluate(hidden) == 0


# -- descend --------------------------------------------------------------------------------------


def test_a_step_moves_the_inputs_against_their_gradients_and_the_graph_follows(page):
    show(page, BOWL)
    panel = tab(page, "Descend")
    told(panel, "Nothing moved yet. L is 2")
    panel.get_by_role("button", name="One step").click()
    expect(node(page, "w")).to_have_accessible_name("w: value 1.8, gradient 1.6")
    told(panel, r"Paused at step 1: L went from 2 to 1\.28")
    expect(panel.get_by_role("row", name="w 2 2 −0.2 1.8")).to_be_visible()
    panel.get_by_role("button", name="One step").click()
    told(panel, "Paused at step 2")
    panel.get_by_role("button", name="Reset").click()
    expect(node(page, "w")).to_have_accessible_name("w: value 2, gradient 2")
    told(panel, "Nothing moved yet")
    expect(page.get_by_role("button", name="Reset w to what the program says")).to_be_hidden()


SELF_MADE = """\
w = Value(1.0)
for step in range(3):
    loss = (w - 3)**2
    w.grad = 0.0
    loss.backward()
    w.data -= 0.1 * w.grad"""


@pytest.mark.parametrize(
    ("source", "told_first"),
    [
        (CHAIN.source, r"Stopped at step \d+: L has no least value"),
        (SELF_MADE, "changes w as it runs"),
    ],
)
def test_a_valley_is_offered_where_nothing_can_go_down(page, source, told_first):
    show(page, source, a=2, b=-3, c=10, f=-2)
    panel = tab(page, "Descend")
    run = panel.get_by_role("button", name="Run", exact=True)
    offer = panel.get_by_role("button", name="Load a valley to go down")
    if source == CHAIN.source:
        expect(offer).to_be_hidden()
        run.click()
    told(panel, told_first)
    offer.click()
    told(panel, "Nothing moved yet. loss is")
    expect(offer).to_be_hidden()
    expect(run).to_be_focused()
    run.press("Enter")
    told(panel, r"Step [4-9]\d: loss is 0\.0\d+")


def test_a_run_lowers_the_output_is_paused_and_goes_on(page):
    show(page, BOWL)
    panel = tab(page, "Descend")
    panel.get_by_role("combobox", name="Optimizer").select_option("adam")
    panel.get_by_role("combobox", name="Steps/s").select_option("100")
    panel.get_by_role("button", name="Run", exact=True).click()
    told(panel, r"Step \d\d+: L is")
    panel.get_by_role("button", name="Pause", exact=True).click()
    told(panel, r"Paused at step \d+: L went from 2 to [01]\.\d")
    expect(panel.get_by_role("columnheader", name="exp_avg_sq")).to_be_visible()
    paused = int(re.search(r"step (\d+):", panel.inner_text())[1])
    panel.get_by_role("button", name="One step").click()
    told(panel, f"Paused at step {paused + 1}:")
    assert field(page, "w") < 2
    assert re.search(r"path of \d+ steps", panel.locator("svg").nth(1).get_attribute("aria-label"))


def test_only_what_is_chosen_is_trained(page):
    show(page, BOWL)
    panel = tab(page, "Descend")
    panel.get_by_role("checkbox", name="b", exact=True).uncheck()
    panel.get_by_role("button", name="One step").click()
    expect(node(page, "w")).to_have_accessible_name("w: value 1.8, gradient 1.6")
    expect(node(page, "b")).to_have_accessible_name("b: value -1, gradient 2")


def test_data_stays_as_it_is_where_there_are_weights_unless_it_is_ticked(page):
    page.goto("./?example=logistic")
    panel = tab(page, "Descend")
    told(panel, "Left as it is, being named like data: x1, x2, y")
    expect(panel.get_by_role("combobox", name="Across")).to_have_value("w1")
    panel.get_by_role("button", name="One step", exact=True).click()
    told(panel, "Paused at step 1: loss went from 0.3711 to 0.3387")
    expect(panel.get_by_role("row")).to_have_count(4)  # the head, w1, w2 and b
    panel.get_by_role("checkbox", name="x1", exact=True).check()
    expect(panel).not_to_contain_text("being named like data")
    expect(panel.get_by_role("checkbox", name="x2", exact=True)).not_to_be_checked()


def test_too_large_a_rate_diverges_and_says_so(page):
    show(page, "x = 1.0\nL = x**4")
    panel = tab(page, "Descend")
    panel.get_by_role("spinbutton", name="Learning rate, number").fill("3")
    panel.get_by_role("button", name="Run", exact=True).click()
    told(panel, r"Diverged at step \d+: L grew beyond all numbers\. Try a smaller rate than 3")


@pytest.mark.parametrize("lesson", ["descent", "xor"])
def test_a_program_that_descends_by_itself_is_told_so_and_asked_for_no_step(page, lesson):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"/?lesson={lesson}")
    panel = tab(page, "Descend")
    told(
        panel, r"The program changes .+ as it runs, by writing to \.data: no gradient reaches back"
    )
    told(panel, r"loss at each of its \d+ backward passes")
    expect(panel.get_by_role("group", name=re.compile(r"^loss over \d0 steps"))).to_be_visible()
    for name in ("Run", "One step"):
        made = panel.get_by_role("button", name=name, exact=True)
        expect(made).to_have_attribute("aria-disabled", "true")
        made.dispatch_event("click")
    expect(panel.get_by_role("checkbox", name="rate", exact=True)).to_be_hidden()
    expect(panel).not_to_contain_text(re.compile("Nothing moved yet|Choose at least one"))
    assert not [url for url in asked if re.search("sweep|descend$", url)]


def test_beside_what_a_program_moves_itself_the_other_inputs_go_downhill(page):
    show(page, "w = 2.0\nv = 1.0\nw.data = 0.5\nL = (w - 1)**2 + v**2")
    panel = tab(page, "Descend")
    told(panel, r"The program moves w itself, by writing to \.data")
    expect(panel.get_by_role("checkbox", name="w", exact=True)).to_have_count(0)
    panel.get_by_role("button", name="One step").click()
    told(panel, r"Paused at step 1: L went from 1\.25 to 0\.89")
    expect(node(page, "v")).to_have_accessible_name("v: value 0.8, gradient 1.6")
    expect(panel.get_by_role("row", name="v 1 2 −0.2 0.8")).to_be_visible()


def test_one_input_goes_down_its_curve_step_by_step(page):
    show(page, "x = 3.0\ny = x**2")
    panel = tab(page, "Descend")
    panel.get_by_role("spinbutton", name="Learning rate, number").fill("0.9")
    panel.get_by_role("button", name="One step").click()
    told(panel, "Paused at step 1")
    expect(node(page, "x")).to_have_accessible_name("x: value -2.4, gradient -4.8")
    valley = panel.get_by_role(
        "group", name="The curve of y over x, with the 1 steps of the descent"
    )
    expect(valley.locator("path.footprint")).to_have_attribute("d", re.compile("^M[^M]+M[^M]+$"))
    expect(panel.get_by_role("combobox", name="Across")).to_be_hidden()
    box = valley.bounding_box()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + 30)
    expect(node(page, "x")).not_to_have_accessible_name(re.compile("value -2.4"))
    page.get_by_role("textbox", name="Program").fill(BOWL)
    expect(panel.get_by_role("combobox", name="Across")).to_be_visible()
    expect(valley).to_be_hidden()


def test_a_name_that_is_bound_again_is_no_program_that_descends_by_itself(page):
    show(page, "a = 2.0\nb = a*a\na = 3.0\nL = a*b")
    panel = tab(page, "Descend")
    panel.get_by_role("button", name="One step").click()
    told(panel, "Paused at step 1: L went from")


def test_what_has_no_minimum_is_not_blamed_on_the_rate(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    panel = tab(page, "Descend")
    panel.get_by_role("button", name="Run", exact=True).click()
    told(panel, r"Stopped at step \d+: L has no least value here")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("size", [(1280, 720), (1024, 700)])
def test_what_a_descent_that_diverged_shows_lies_side_by_side(page, size, language):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.goto(f"?lang={language}#{urlencode({'source': BOWL})}")
    panel = page.locator("#tab-panel-descend")
    page.locator("#tab-descend").click()
    panel.locator(".rate input[type=number]").fill("5")
    panel.get_by_role("combobox").filter(has_text="1000").select_option("1000")
    panel.locator(".main-action").click()
    told(panel, "Diverged|Divergence")
    below = panel.locator("table").bounding_box()["y"]
    for title in panel.locator(".axis-title:visible").all():
        box = title.bounding_box()
        assert box["y"] + box["height"] <= below + 1


def test_where_there_is_no_number_nothing_descends(page):
    show(page, "y = log(x)", x=-1)
    panel = tab(page, "Descend")
    panel.get_by_role("button", name="One step").click()
    told(panel, "y is no finite number here")


def test_without_zero_grad_gradients_add_up(page):
    show(page, "x = 1.0\nL = x*3")
    panel = tab(page, "Descend")
    panel.get_by_role("checkbox", name="zero_grad").uncheck()
    for step in (1, 2, 3):
        panel.get_by_role("button", name="One step").click()
        told(panel, f"Paused at step {step}:")
    told(panel, "the one that step 3 used is the sum of 3 gradients")
    expect(panel.get_by_role("row", name="x 0.1 9 −0.9 −0.8")).to_be_visible()


def test_pressing_the_map_sets_both_inputs(page):
    show(page, BOWL)
    panel = tab(page, "Descend")
    place = panel.locator("canvas").nth(1)
    expect(place).to_be_visible()
    box = place.bounding_box()
    page.mouse.click(box["x"] + 0.8 * box["width"], box["y"] + 0.2 * box["height"])
    expect(node(page, "w")).not_to_have_accessible_name(re.compile("value 2,"))
    assert field(page, "w") > 3
    assert field(page, "b") > 0


def test_the_map_is_walked_by_the_arrow_keys_and_says_where_one_is(page):
    show(page, BOWL)
    panel = tab(page, "Descend")
    spot = panel.get_by_role("slider", name="Place on the map")
    expect(spot).to_have_attribute("aria-valuetext", "w = 2, b = −1")
    spot.focus()
    page.keyboard.press("ArrowRight")
    expect(spot).to_have_attribute("aria-valuetext", "w = 2.1, b = −1")
    page.keyboard.press("ArrowDown")
    expect(spot).to_have_attribute("aria-valuetext", "w = 2.1, b = −1.1")
    expect(spot).to_be_focused()
    expect(node(page, "w")).to_have_accessible_name("w: value 2.1, gradient 2.2")
    expect(node(page, "b")).to_have_accessible_name("b: value -1.1, gradient 1.8")
    for _ in range(60):
        page.keyboard.press("ArrowRight")
    expect(spot).to_have_attribute("aria-valuetext", "w = 5, b = −1.1")
    expect(graph(page)).to_have_attribute("data-phase", "done")


REFUSED = {"error": {"code": "limit_exceeded", "message": "This takes longer than 2 s."}}


def test_a_map_for_which_time_is_short_is_coarser(page):
    def answer(route):
        fine = route.request.post_data_json["over"][0]["points"] > 15
        if fine:
            route.fulfill(status=422, json=REFUSED)
        else:
            route.continue_()

    page.route("**/api/sweep", answer)
    show(page, BOWL)
    panel = tab(page, "Descend")
    expect(panel.locator("canvas").nth(1)).to_be_visible()
    expect(panel).not_to_contain_text("No heights are drawn")


def test_a_map_that_is_refused_says_why_and_can_be_pressed_all_the_same(page):
    page.route("**/api/sweep", lambda route: route.fulfill(status=422, json=REFUSED))
    show(page, BOWL)
    panel = tab(page, "Descend")
    told(panel, r"No heights are drawn: This takes longer than 2 s\. The map can be pressed")
    spot = panel.get_by_role("slider", name="Place on the map")
    spot.focus()
    page.keyboard.press("ArrowLeft")
    expect(node(page, "w")).to_have_accessible_name("w: value 1.9, gradient 1.8")


def test_a_map_of_no_numbers_says_so(page):
    show(page, "L = log(-1 - a*a - b*b)", a=1, b=1)
    told(tab(page, "Descend"), "L is no finite number anywhere on this map")


# -- second derivative ----------------------------------------------------------------------------


def test_the_gradient_is_drawn_as_a_graph_and_left_again(page):
    show(page, "y = x**3", x=2)
    panel = tab(page, "Second derivative")
    told(panel, "∂y/∂x is 12 at x = 2")
    expect(panel).to_contain_text("How fast does that change? 12 with x")
    panel.get_by_role("button", name="Draw the gradient itself as a graph").click()
    expect(node(page, "dy_dx")).to_have_accessible_name("dy_dx: value 12, gradient 1")
    told(panel, "∂²y/∂x² = 12")
    panel.get_by_role("button", name="Back to your program").press("Enter")
    expect(node(page, "y")).to_have_accessible_name("y: value 8, gradient 1")
    expect(panel.get_by_role("button", name="Draw the gradient itself as a graph")).to_be_focused()


def test_gradient_says_how_fast_it_changes_with_every_input(page):
    show(page, "y = a*b + c", a=2, b=3, c=1)
    panel = tab(page, "Second derivative")
    told(panel, "∂y/∂a is 3 at a = 2")
    expect(panel).to_contain_text("0 with a, 1 with b, 0 with c: these are second derivatives.")
    page.get_by_role("spinbutton", name="b, number").fill("5")
    told(panel, "∂y/∂a is 5 at a = 2")
    page.get_by_role("textbox", name="Program").fill("y = a*b*b + c")
    expect(panel).to_contain_text("0 with a, 10 with b, 0 with c")


def test_back_returns_from_each_gradient_that_was_drawn(page):
    show(page, "y = x**3", x=2)
    panel = tab(page, "Second derivative")
    draw = panel.get_by_role("button", name="Draw the gradient itself as a graph")
    leave = panel.get_by_role("button", name="Back to your program")
    draw.click()
    told(panel, "∂²y/∂x² = 12")
    draw.click()
    expect(node(page, "ddy_dx_dx")).to_be_visible()
    page.go_back()
    expect(node(page, "dy_dx")).to_have_accessible_name("dy_dx: value 12, gradient 1")
    told(panel, "∂²y/∂x² = 12")
    expect(leave).to_be_visible()
    page.go_back()
    expect(node(page, "y")).to_have_accessible_name("y: value 8, gradient 1")
    expect(leave).to_be_hidden()


TELLING = {"Slope": ".numbers", "Playground": ".lead"}
"""What of a tab has to be seen at once; of the others, what they sum up."""

UNCOVERED = """part => {
  const { x, y, width, height } = part.getBoundingClientRect();
  return part.contains(document.elementFromPoint(x + width / 2, y + height / 2));
}"""


def test_the_workbench_fits_a_telephone(browser, address):
    context = browser.new_context(
        base_url=address, viewport={"width": 360, "height": 740}, reduced_motion="reduce"
    )
    page = context.new_page()
    show(page, BOWL)
    for name in ("Slope", "Check", "Descend", "Playground", "Second derivative"):
        panel = tab(page, name)
        says = panel.locator(TELLING.get(name, ".summary"))
        expect(says).not_to_be_empty()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        expect(panel).to_be_in_viewport(ratio=0.15)
        expect(says).to_be_in_viewport(ratio=1)
        assert says.evaluate(UNCOVERED), name  # the drawing stays above
        for other in page.get_by_role("tab").all():
            expect(other).to_be_in_viewport(ratio=1)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_tab(page, axe, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    show(page, BOWL)
    assert faults(page, axe) == []
    for name in ("Slope", "Check", "Descend", "Second derivative"):
        panel = tab(page, name)
        expect(panel.locator(".summary")).not_to_be_empty()
        if name == "Descend":
            panel.get_by_role("button", name="One step").click()
            told(panel, "Paused at step 1")
        assert faults(page, axe) == [], name
