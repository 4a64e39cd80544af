"""The playground: a network learns points, and each of them leads down to one multiplication."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.helpers import faults, field, graph, node, show, tab, told
from tests.graphs import CHAIN


@pytest.fixture
def playground(page):
    show(page, CHAIN.source)
    panel = tab(page, "Playground")
    told(panel, "The program in the editor is about something else: it has no inputs x1, x2, y")
    panel.get_by_role("button", name="Load a network").click()
    told(panel, "100 rows, 105 parameters")
    return panel


def colours(panel) -> int:
    """Return how many colours the first map has."""
    return panel.locator("canvas").first.evaluate(
        """canvas => new Set(new Uint32Array(canvas.getContext("2d")
            .getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size"""
    )


def numbers_of(point) -> dict[str, float]:
    """Return a row's numbers by their columns, as the name of its point says them."""
    said = point.get_attribute("aria-label").replace("−", "-")
    return {name: float(number) for name, number in re.findall(r"(\w+) = ([-\d.]+)", said)}


def test_a_network_learns_its_data_and_a_point_leads_to_its_row(page, playground):
    panel = playground
    panel.get_by_role("combobox", name="Steps/s").select_option("100")
    panel.get_by_role("button", name="Train", exact=True).click()
    told(panel, r"9\d of 100 points are on their side")
    panel.get_by_role("button", name="Pause", exact=True).click()
    told(panel, r"Paused at step \d+: mean loss went from 0\.9")
    assert colours(panel) > 50
    point = panel.get_by_role("button", name=re.compile("^row 17: "))
    numbers = numbers_of(point)
    point.dispatch_event("click")
    told(panel, "Row 17 is in the graph")
    expect(point).to_have_attribute("aria-pressed", "true")
    for name, value in numbers.items():
        expect(page.get_by_role("slider", name=f"{name}, slider")).to_be_visible()
        assert field(page, name) == pytest.approx(value, abs=1e-4)
    back = page.get_by_role("button", name="Row 17 · back to the playground")
    panel.get_by_role("button", name="Show the graph of row 17").click()
    expect(panel).to_be_hidden()
    expect(graph(page)).to_be_in_viewport()
    back.click()
    expect(panel).to_be_visible()
    expect(point).to_be_focused()


def test_graph_of_a_new_network_begins_with_the_first_row_of_its_data(page, playground):
    told(playground, "Row 1 is in the graph")
    point = playground.get_by_role("button", name=re.compile("^row 1: "))
    expect(point).to_have_attribute("aria-pressed", "true")
    numbers = numbers_of(point)
    assert numbers.keys() == {"x1", "x2", "y"}
    for name, value in numbers.items():
        assert field(page, name) == pytest.approx(value, abs=1e-4)


def test_mean_over_all_rows_stands_beside_each_row_before_anything_is_trained(page, playground):
    for row in (1, 60, 61):
        playground.get_by_role("button", name=re.compile(f"^row {row}: ")).dispatch_event("click")
        told(playground, rf"Row {row} is in the graph: .* the mean of all 100 rows 0\.9\d+")
        expect(playground.get_by_role("table").locator("tbody tr")).to_have_count(8)


def test_points_of_a_plane_are_learned_after_those_of_a_line(page):
    broken = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    show(page, CHAIN.source)
    panel = tab(page, "Playground")
    for name, counted in (("line", r"\d+ rows, \d+ parameters"), ("moons", "100 rows, 105 param")):
        panel.get_by_role("combobox", name="Data").select_option(name)
        panel.get_by_role("button", name="Load a network").click()
        told(panel, counted)
        panel.get_by_role("combobox", name="Steps/s").select_option("100")
        panel.get_by_role("button", name="Train", exact=True).click()
        expect(panel.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    told(panel, r"9\d of 100 points are on their side")
    assert colours(panel) > 50
    assert broken == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_who_comes_first_sees_what_the_data_is_and_one_button(page, language):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"/?lang={language}")
    page.locator("#tab-playground").click()
    panel = page.locator("#tab-panel-playground")
    told(panel, "A network can learn these points|Un réseau peut apprendre ces points")
    told(panel, "100 points .*y = 1 (and|et) y = −1")
    load = panel.locator("button:visible")
    expect(load).to_have_count(1)
    expect(load).to_be_in_viewport(ratio=1)
    expect(panel.get_by_role("combobox")).to_be_in_viewport(ratio=1)
    expect(panel.locator(".plot:visible")).to_have_count(1)
    load.click()
    train = panel.get_by_role("button", name=re.compile("^(Train|Entraîner)$"))
    expect(train).to_be_focused()
    told(panel, "no step yet|aucun pas encore")
    expect(panel.locator("input[type=checkbox]").first).to_be_in_viewport(ratio=1)
    expect(train).to_be_enabled()
    page.keyboard.press("Enter")
    told(panel, r"(Step|Pas) \d+")


def test_the_invitation_stays_while_the_program_is_edited(page):
    show(page, CHAIN.source)
    panel = tab(page, "Playground")
    told(panel, "A network can learn these points")
    page.evaluate(
        """() => { window.left = 0; new MutationObserver(() => {
            if (!document.querySelector(".inviting")) window.left += 1; })
            .observe(document.querySelector(".playing"), { attributeFilter: ["class"] }); }"""
    )
    program = page.get_by_role("textbox", name="Program")
    program.fill("q = 3 +")
    told(panel, "The program in the editor has an error")
    program.fill("q = 3.0\nz = q*2")
    told(panel, "it has no inputs x1, x2, y")
    expect(node(page, "z")).to_be_visible()
    assert page.evaluate("window.left") == 0


@pytest.mark.parametrize("running", [True, False])
def test_other_data_is_learned_from_the_beginning(page, running):
    show(page, "w = 0.0\nb = 0.0\nscore = w*x1 + w*x2 + b\nloss = (score - y)**2")
    panel = tab(page, "Playground")
    panel.get_by_role("combobox", name="Data").select_option("blobs")
    panel.get_by_role("combobox", name="Steps/s").select_option("100")
    panel.get_by_role("button", name="Train", exact=True).click()
    told(panel, r"Step \d{2,}: mean loss is 0\.\d+, from 1 at the beginning")
    if not running:
        panel.get_by_role("button", name="Pause", exact=True).click()
        told(panel, "Paused at step")
    panel.get_by_role("spinbutton", name="Rows").fill("60")
    if running:
        told(panel, r"Step \d+: [^:]+, from 1 at the beginning[^:]+ of 60 points")
        expect(panel.get_by_role("button", name="Pause", exact=True)).to_be_visible()
    else:
        told(panel, "60 rows, 2 parameters. Press Train")
        expect(node(page, "w")).to_have_accessible_name(re.compile("^w: value 0,"))
        panel.get_by_role("button", name="One step").click()
        told(panel, "mean loss went from 1 to")


def test_points_are_walked_by_keyboard(page, playground):
    first = playground.get_by_role("button", name=re.compile("^row 1: "))
    first.focus()
    page.keyboard.press("ArrowLeft")
    walked = page.evaluate("document.activeElement.dataset.mark")
    assert walked != "0"
    page.keyboard.press("Enter")
    told(playground, f"Row {int(walked) + 1} is in the graph")
    told(playground, "beside the mean of all rows")
    expect(graph(page)).to_have_attribute("data-phase", "done")


def test_own_rows_are_learned_and_wrong_ones_explained(page):
    show(page, "w = 0.0\nb = 0.0\nscore = w*x + b\nloss = (score - t)**2")
    panel = tab(page, "Playground")
    panel.get_by_role("combobox", name="Data").select_option("own")
    rows = panel.get_by_role("textbox", name=re.compile("^CSV"))
    rows.fill("x,t\n0,1\n1,three")
    panel.get_by_role("button", name="Use these rows").click()
    told(panel, "Line 3: “three” is not a number")
    rows.fill("x,t\n0,1\n1,3\n2,5")
    panel.get_by_role("button", name="Use these rows").click()
    told(panel, "3 rows, 2 parameters")
    panel.get_by_role("combobox", name="Optimizer").select_option("sgd")
    panel.get_by_role("spinbutton", name="Learning rate, number").fill("0.1")
    panel.get_by_role("combobox", name="Steps/s").select_option("1000")
    panel.get_by_role("button", name="Train", exact=True).click()
    told(panel, r"Step \d{3,}:")
    panel.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_role("spinbutton", name="w, number")).to_have_value(re.compile(r"^(1\.9|2)"))


def test_edited_rows_are_those_that_a_network_is_loaded_for(page):
    show(page, CHAIN.source)
    panel = tab(page, "Playground")
    panel.get_by_role("combobox", name="Data").select_option("own")
    panel.get_by_role("textbox", name=re.compile("^CSV")).fill(
        "u,v,w,t\n0,1,2,1\n1,3,4,-1\n2,2,2,1"
    )
    panel.get_by_role("button", name="Load a network").click()
    expect(page.get_by_role("textbox", name="Program")).to_contain_text("model([u, v, w])")
    told(panel, "3 rows, 113 parameters")


def test_the_graph_shows_the_network_as_it_is_while_it_learns(page):
    show(page, "w = 0.0\nb = 0.0\nscore = w*x + b\nloss = (score - y)**2")
    panel = tab(page, "Playground")
    panel.get_by_role("combobox", name="Data").select_option("linear")
    told(panel, r"\d+ rows, 2 parameters")
    expect(node(page, "w")).to_have_accessible_name(re.compile("w: value 0,"))
    panel.get_by_role("combobox", name="Steps/s").select_option("2")
    panel.get_by_role("button", name="Train", exact=True).click()
    expect(node(page, "w")).not_to_have_accessible_name(re.compile("w: value 0,"))
    expect(panel.get_by_role("button", name="Pause", exact=True)).to_be_visible()


def test_a_row_leads_from_the_network_down_to_one_multiplication(page, playground):
    expect(
        page.get_by_role("button", name="model([x1, x2]), collapsed group of 297 values")
    ).to_be_visible()
    playground.get_by_role("button", name=re.compile("^row 3: ")).dispatch_event("click")
    playground.get_by_role("button", name="Show the graph of row 3").click()
    for group in ("model([x1, x2])", "layer 1", "neuron 1"):
        page.get_by_role("button", name=re.compile(f"^{re.escape(group)}, collapsed")).first.focus()
        page.keyboard.press("Enter")
    expect(node(page, "model[0][0].w[0]")).to_have_accessible_name(
        re.compile(r"value .*\d, gradient")
    )


@pytest.mark.parametrize("size", [(1280, 800), (1024, 700), (360, 740)])
def test_what_is_told_of_a_row_is_neither_cut_nor_scrolled_sideways(page, playground, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    playground.get_by_role("button", name=re.compile("^row 3: ")).dispatch_event("click")
    show_it = playground.get_by_role("button", name="Show the graph of row 3")
    if size[0] == 1280:
        expect(show_it).to_be_in_viewport(ratio=1)
    table = playground.get_by_role("region", name="Its gradients beside the mean of all rows")
    for part in (table, playground):
        assert part.evaluate("part => part.scrollWidth - part.clientWidth") == 0
    show_it.click()
    expect(page.get_by_role("button", name="Row 3 · back to the playground")).to_be_visible()


@pytest.mark.parametrize("size", [(1280, 720), (360, 740)])
def test_rows_that_are_refused_leave_those_of_before_and_say_so_in_sight(page, playground, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    playground.get_by_role("combobox", name="Data").select_option("own")
    told(playground, "4 rows, 105 parameters")
    told(playground, "4 rows: y is predicted from x1, x2")
    train = playground.get_by_role("button", name="Train", exact=True)
    rows = playground.get_by_role("textbox", name=re.compile("^CSV"))

    def below() -> float:
        return train.bounding_box()["y"] - rows.bounding_box()["y"]

    before = below()
    rows.fill("x1,x2,y\n1,2")
    playground.get_by_role("button", name="Use these rows").click()
    told(
        playground,
        "Line 2 has not 3 cells.* The points drawn are still the 4 rows of before",
    )
    told(playground, "Nothing is trained while the chosen data is refused")
    expect(train).to_have_attribute("aria-disabled", "true")
    assert below() == before, "the refusal moves nothing"
    expect(playground.get_by_text("Line 2 has not 3 cells")).to_be_in_viewport(ratio=1)
    expect(playground.get_by_role("textbox", name=re.compile("^CSV"))).to_be_in_viewport(ratio=1)


def test_training_pauses_where_the_data_is_refused_and_goes_on_with_better(page, playground):
    playground.get_by_role("button", name="Train", exact=True).click()
    told(playground, r"Step \d+: mean loss is 0")
    playground.get_by_role("combobox", name="Data").select_option("own")
    rows = playground.get_by_role("textbox", name=re.compile("^CSV"))
    told(playground, "of 4 points")
    rows.fill("x1,pass,y\n0,1,1")
    playground.get_by_role("button", name="Use these rows").click()
    told(playground, "“pass” is a word of Python: no column can be called so")
    train = playground.get_by_role("button", name="Train", exact=True)
    expect(train).to_have_attribute("aria-disabled", "true")
    page.get_by_role("combobox", name="Language").select_option("fr")
    panel = page.get_by_role("tabpanel", name="Bac à sable")
    told(panel, "«.pass.» est un mot de Python")
    told(panel, "Rien n’est entraîné")
    panel.get_by_role("combobox", name="Données").select_option("moons")
    told(panel, "100 lignes, 105 paramètres")
    expect(panel.get_by_role("button", name="Entraîner", exact=True)).to_have_attribute(
        "aria-disabled", "false"
    )


def test_a_program_without_a_score_is_asked_for_it_once(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    show(page, "w = 0.5\nanswer = w*x1 + x2\nloss = (answer - y)**2")
    panel = tab(page, "Playground")
    told(panel, "Name what the program answers “score”")
    panel.get_by_role("button", name="One step").click()
    told(panel, "Paused at step 1")
    expect(node(page, "w")).to_have_accessible_name(re.compile("^w: value 0.52,"))
    page.get_by_role("spinbutton", name="w, number").fill("3")
    expect(node(page, "w")).to_have_accessible_name(re.compile("^w: value 3,"))
    assert len([url for url in asked if url.endswith("api/sweep")]) == 1
    page.get_by_role("textbox", name="Program").fill(
        "w = 0.5\nscore = w*x1 + x2\nloss = (score - y)**2"
    )
    told(panel, "points are on their side")
    expect(panel).not_to_contain_text("Name what the program")


def test_a_program_with_nothing_to_train_says_that_alone(page):
    show(page, "score = x1 + x2\nloss = (score - y)**2")
    panel = tab(page, "Playground")
    told(panel, "The program has nothing to train")
    train = panel.get_by_role("button", name="Train", exact=True)
    expect(train).to_have_attribute("aria-disabled", "true")
    train.dispatch_event("click")
    expect(panel).not_to_contain_text(re.compile("Press Train|Choose at least one"))


def test_a_program_that_fails_is_not_trained_and_says_why(page, playground):
    page.get_by_role("textbox", name="Program").fill("y = 2x")
    told(
        playground, "The program in the editor has an error: what is to be trained has to run first"
    )
    train = playground.get_by_role("button", name="Train", exact=True)
    expect(train).to_have_attribute("aria-disabled", "true")


def test_axe_finds_nothing_in_the_playground(page, axe, playground):
    playground.get_by_role("button", name="One step").click()
    told(playground, "Paused at step 1")
    playground.get_by_role("button", name=re.compile("^row 17: ")).dispatch_event("click")
    told(playground, "beside the mean of all rows")
    assert faults(page, axe) == []
