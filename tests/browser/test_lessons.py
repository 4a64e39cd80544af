"""Lessons as a learner takes them: open, read, do the task, go on, come back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from app.messages import catalogue
from tests.browser.helpers import WRITTEN, graph, node, show


class Reader:
    """Somebody on the page in a language, who finds things by the names they have in it."""

    def __init__(self, page: Page, language: str) -> None:
        self.page = page
        self.texts = catalogue(language)

    def named(self, key: str, **values: object) -> str:
        return self.texts[key].format(**values)

    def press(self, key: str) -> None:
        self.page.get_by_role("button", name=self.named(key), exact=True).click()

    def choose(self) -> None:
        self.page.get_by_role("button", name=self.toggle, exact=True).click()

    @property
    def toggle(self) -> str:
        return f"{self.named('lessons.title')} {self.named('lessons.too')}"

    def open(self, lesson: str, language: str) -> None:
        self.page.goto(f"./?lang={language}&lesson={lesson}")
        expect(graph(self.page)).to_have_attribute("data-ready", "true")
        self.expect_state("lessons.todo")

    def set(self, name: str, value: float) -> None:
        field = self.page.get_by_role("spinbutton", name=self.named("inputs.number", name=name))
        field.fill(str(value))

    def write(self, change) -> None:
        editor = self.page.get_by_role("textbox", name=self.named("editor.title"))
        lines = editor.locator(".cm-line").all_inner_texts()
        editor.fill(change("\n".join(line.strip("\n") for line in lines)))

    def expect_state(self, key: str) -> None:
        task = self.page.get_by_role("region", name=self.named("lessons.task"))
        expect(task).to_contain_text(self.named(key))

    def expect_done(self) -> None:
        self.expect_state("lessons.done")
        said = self.named("lessons.reached", title="").strip()
        expect(self.page.locator("#lessons").get_by_role("status")).to_contain_text(said)


def step_until(reader: Reader, times: int) -> None:
    for _ in range(times):
        reader.expect_state("lessons.todo")
        reader.press("transport.next")


WAYS = {
    "slope": lambda reader: reader.set("x", 2),
    "forward": lambda reader: step_until(reader, 4),
    "chain-rule": lambda reader: reader.set("f", -4),
    "used-twice": lambda reader: step_until(reader, 11),
    "neuron": lambda reader: reader.set("x2", 0.4),
    "descent": lambda reader: reader.set("rate", 0.11),
    "zero-grad": lambda reader: reader.write(
        lambda text: "\na.grad = 0\nL =".join(text.rsplit("\nL =", 1))
    ),
    "xor": lambda reader: reader.write(lambda text: text.replace("rate = 0.02", "rate = 0.2")),
    "breaks": lambda reader: (reader.set("x", -2), reader.set("y", -1)),
    "tensors": lambda reader: reader.set("x2", -2),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("lesson", WAYS)
def test_task_is_done_by_who_does_it(page, lesson, language):
    reader = Reader(page, language)
    reader.open(lesson, language)
    WAYS[lesson](reader)
    reader.expect_done()


def test_lesson_takes_the_place_of_my_program_and_gives_it_back(page):
    show(page, "p = 4.0\nq = p * p", step=2, p=5)
    reader = Reader(page, "en")
    reader.choose()
    page.get_by_role("button", name="A neuron").click()
    expect(page).to_have_url(re.compile(r"\?lesson=neuron#"))
    expect(node(page, "w2")).to_have_accessible_name("w2: value 1, gradient 0")
    reader.press("lessons.next")
    expect(page.get_by_role("heading", name="Loss and gradient descent")).to_be_focused()
    reader.press("lessons.own")
    expect(node(page, "q")).to_have_accessible_name("q: value 25, gradient not computed yet")
    expect(page.get_by_role("complementary", name="Lessons")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("lesson="))


def test_back_leads_out_of_a_lesson(page):
    show(page, "p = 4.0\nq = p * p")
    Reader(page, "en").choose()
    page.get_by_role("button", name="The forward pass").click()
    expect(node(page, "bill")).to_be_visible()
    page.go_back()
    expect(node(page, "q")).to_be_visible()
    expect(page.get_by_role("heading", name="Ten lessons")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("heading", name="The forward pass", exact=True)).to_be_visible()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_task_that_is_done_leads_to_the_next_lesson_within_sight(page, language):
    page.set_viewport_size({"width": 1280, "height": 720})
    reader = Reader(page, language)
    reader.open("slope", language)
    task = page.get_by_role("region", name=reader.named("lessons.task"))
    onwards = task.get_by_role("button", name=reader.named("lessons.next"))
    expect(onwards).to_be_hidden()
    reader.press("lessons.solve")
    reader.expect_done()
    expect(onwards).to_be_focused()
    expect(onwards).to_be_in_viewport(ratio=1)
    onwards.click()
    expect(page).to_have_url(re.compile("lesson=forward"))
    expect(onwards).to_be_hidden()


def test_last_task_that_is_done_leads_nowhere(page):
    reader = Reader(page, "en")
    reader.open("tensors", "en")
    reader.press("lessons.solve")
    reader.expect_done()
    task = page.get_by_role("region", name=reader.named("lessons.task"))
    expect(task.get_by_role("button", name=reader.named("lessons.next"))).to_have_count(0)
    expect(page.get_by_role("button", name=reader.named("lessons.next"))).to_be_disabled()


def test_starting_again_makes_a_task_that_is_done_one_to_do(page):
    reader = Reader(page, "en")
    reader.open("slope", "en")
    reader.press("lessons.solve")
    reader.expect_done()
    reader.press("lessons.again")
    expect(page.get_by_role("slider", name="x, slider")).to_have_value("3")
    reader.expect_state("lessons.todo")
    expect(page.get_by_role("button", name=reader.named("lessons.solve"))).to_be_visible()
    reader.set("x", 2)
    reader.expect_done()


def test_what_is_done_is_remembered(page):
    reader = Reader(page, "en")
    reader.open("slope", "en")
    reader.press("lessons.solve")
    reader.expect_done()
    page.goto("./?lang=fr")
    reader = Reader(page, "fr")
    reader.choose()
    expect(page.get_by_role("button", name="Une dérivée est une pente Fait ✓")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("Fait ✓"))).to_have_count(1)


def test_formulas_of_a_lesson_are_set(page):
    Reader(page, "en").open("chain-rule", "en")
    lessons = page.get_by_role("complementary", name="Lessons")
    expect(lessons.locator(".katex-display")).to_have_count(1)
    expect(lessons.locator(".katex")).to_have_count(5)
    expect(lessons.locator(".katex-error")).to_have_count(0)


def test_closing_the_lessons_gives_the_room_back(page):
    reader = Reader(page, "en")
    reader.open("slope", "en")
    above = page.locator("#editor").bounding_box()["y"]
    reader.press("lessons.close")
    toggle = page.get_by_role("button", name="Lessons & questions", exact=True)
    expect(toggle).to_be_focused()
    expect(toggle).to_have_attribute("aria-expanded", "false")
    assert page.locator("#editor").bounding_box()["y"] < above - 200
    expect(page).not_to_have_url(re.compile("lesson="))
    toggle.click()
    expect(page.get_by_role("heading", name="A derivative is a slope")).to_be_visible()
    expect(page).to_have_url(re.compile(r"[?&]lesson=slope"))


@pytest.mark.parametrize("language", ["en", "fr"])
def test_lesson_fits_a_telephone(page, language):
    page.set_viewport_size({"width": 360, "height": 740})
    reader = Reader(page, language)
    reader.open("descent", language)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.locator("#task-line").click()
    task = page.get_by_role("region", name=reader.named("lessons.task"))
    expect(task).to_be_in_viewport(ratio=0.99)
    for button in page.get_by_role("button").all():
        drawn = button.get_attribute("data-node-id") or button.get_attribute("data-group-id")
        if button.is_visible() and not drawn:
            assert button.bounding_box()["height"] >= 22, button


@pytest.mark.parametrize(
    ("language", "asked"),
    [
        ("en", "forward pass for|backward pass for|backpropagation and gradient descent|stored|how do we "
         "know|gradients add|zeroed|too small, or too large|relu\\(0\\)|0, or nan|scalar to tensor"),
        ("fr", "passe avant|passe arrière|rétropropagation et descente|enregistrée|comment le sait-on|"
         "s’additionnent|à zéro|trop petit, ou trop grand|relu\\(0\\)|0, ou nan|scalaire au tenseur"),
    ],
)  # fmt: skip
def test_who_comes_with_a_question_finds_its_answer_without_leaving_the_program(
    page, language, asked
):
    page.set_viewport_size({"width": 1280, "height": 720})
    page.goto(f"./?lang={language}")
    reader = Reader(page, language)
    reader.choose()
    for heading in ("lessons.questions", "lessons.choose"):
        expect(page.get_by_role("heading", name=reader.named(heading, count=13))).to_be_in_viewport(
            ratio=1
        )
    expect(page.locator(".lesson-list li").last).to_be_in_viewport(ratio=1)
    page.locator(".asked > summary").click()
    expect(page.locator(".answer-to").last).to_be_in_viewport(ratio=1)
    for words in asked.split("|"):
        entry = page.locator("#lessons .answer-to").filter(
            has=page.locator("summary", has_text=re.compile(words))
        )
        entry = entry.first
        entry.locator("summary").click()
        expect(entry.locator("p")).to_be_visible()
        assert len(entry.locator("p").text_content()) > 80
    assert "lesson=" not in page.url
    entry.get_by_role("button", name=re.compile("10")).click()
    expect(page).to_have_url(re.compile("lesson=tensors"))


def test_an_answer_shows_the_program_that_it_speaks_of_and_stays(page):
    page.goto("./?lang=en")
    editor = page.get_by_role("textbox", name="Program")
    own = editor.text_content()
    Reader(page, "en").choose()
    page.locator(".asked > summary").click()
    entry = page.locator(".answer-to").filter(has_text="Where is the operation stored?")
    entry.locator("summary").click()
    entry.get_by_role("button", name="Show the program it speaks of").click()
    expect(editor).to_contain_text("area = width")
    expect(graph(page)).to_have_attribute("data-step", "4")
    expect(entry.locator("p")).to_be_visible()
    page.get_by_role("button", name="Back to my program").click()
    expect(editor).to_contain_text("d = e + c")
    assert editor.text_content() == own


def test_answer_about_relu_shows_relu_at_zero(page):
    page.goto("./?lang=en")
    Reader(page, "en").choose()
    page.locator(".asked > summary").click()
    entry = page.locator(".answer-to").filter(has_text="relu(0)")
    entry.locator("summary").click()
    entry.get_by_role("button", name="Show the program it speaks of").click()
    expect(node(page, "x")).to_have_accessible_name("x: value 0, gradient 5")
    expect(entry.locator("summary")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("slider", name="x, slider")).to_be_in_viewport()
    expect(page.locator(".answer-to:visible")).to_have_count(1)
    page.get_by_role("button", name="All lessons").click()
    expect(page.locator(".answer-to:visible")).to_have_count(13)


def test_an_address_of_no_lesson_says_so_and_offers_the_list(page):
    page.goto("/?lesson=nonsense")
    notice = page.locator("#unknown")
    expect(notice).to_have_text(
        "There is no lesson “nonsense”. The list has all lessons that there are."
    )
    page.get_by_role("complementary", name="Lessons").get_by_role(
        "button", name="A derivative is a slope"
    ).click()
    expect(notice).to_be_hidden()
    expect(page).to_have_url(re.compile(r"\?lesson=slope"))


def test_an_address_of_no_example_says_so_and_one_of_an_example_opens_it(page):
    page.goto("/?example=nonsense")
    expect(page.locator("#unknown")).to_contain_text("There is no example “nonsense”.")
    expect(page.get_by_role("textbox", name="Program")).to_contain_text("L = d * f")
    page.goto("/?example=kink")
    expect(page.get_by_role("combobox", name="Examples")).to_have_value("kink")
    expect(page.locator("#unknown")).to_be_hidden()
    page.get_by_role("combobox", name="Examples").select_option("chain-rule")
    expect(page).not_to_have_url(re.compile("example="))
    page.goto("/embed?lesson=nonsense")
    expect(page.locator("#unknown")).to_have_text("There is no lesson “nonsense”.")


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("lesson", WAYS)
def test_task_stands_beside_what_it_is_done_with(page, lesson, language):
    page.set_viewport_size({"width": 1280, "height": 720})
    reader = Reader(page, language)
    reader.open(lesson, language)
    task = page.get_by_role("region", name=reader.named("lessons.task"))
    task.evaluate("task => task.scrollIntoView({ block: 'start' })")
    expect(task).to_be_in_viewport(ratio=0.99)
    tools = page.locator(".cm-line" if lesson in WRITTEN else "#inputs input")
    expect(tools.first).to_be_in_viewport(ratio=1)
    expect(page.locator("#editor")).to_be_in_viewport()


def test_inputs_return_below_the_program_when_the_lessons_are_closed(page):
    reader = Reader(page, "en")
    reader.open("chain-rule", "en")
    slider = page.get_by_role("slider", name="a, slider")
    editor = page.locator("#editor")
    assert slider.bounding_box()["y"] < editor.bounding_box()["y"]
    reader.press("lessons.close")
    assert slider.bounding_box()["y"] > editor.bounding_box()["y"]
