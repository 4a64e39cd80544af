"""The page in another language: whole, chosen by the reader, kept in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.messages import catalogue
from tests.browser.helpers import at_step, graph, node, press, show

FRENCH = catalogue("fr")
CHAIN = "a = 2.0\nb = -3.0\nc = 10.0\nf = -2.0\nL = (a*b + c) * f"


@pytest.fixture
def french(browser: Browser, address: str) -> Iterator[Page]:
    """A page of somebody whose browser reads French."""
    context = browser.new_context(
        base_url=address,
        locale="fr-FR",
        viewport={"width": 1280, "height": 800},
        reduced_motion="reduce",
    )
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def test_browser_that_reads_french_gets_a_french_page(french):
    show(french, CHAIN)
    expect(french).to_have_title("Chainrule: Voir la rétropropagation")
    expect(french.locator("html")).to_have_attribute("lang", "fr")
    expect(node(french, "a")).to_have_accessible_name("a: valeur 2, gradient 6")
    press(french, "Première étape")
    at_step(french, 0, "forward")
    expect(node(french, "a")).to_have_accessible_name(
        "a: valeur pas encore calculée, gradient pas encore calculé"
    )
    press(french, "Étape suivante")
    panel = french.get_by_role("region", name="Ce qui se passe maintenant")
    expect(panel).to_contain_text("a est donné")
    press(french, "Dernière étape")
    expect(panel).to_contain_text("a*b transmet son gradient à b")
    expect(panel).to_contain_text(
        "Dans un produit, la pente de chaque facteur est l’autre facteur."
    )


def test_no_english_is_left_on_the_french_page(french):
    show(french, CHAIN, step=10)
    french.get_by_role("button", name="Leçons et questions", exact=True).click()
    expect(french.get_by_role("heading", name="Dix leçons")).to_be_visible()
    tree = french.locator("body").aria_snapshot()
    common = {text for text in FRENCH.values() if text in catalogue("en").values()}
    for key, text in catalogue("en").items():
        if text in common or "{" in text or len(text) < 4:
            continue
        assert not re.search(rf'(^|["\s]){re.escape(text)}($|["\s:])', tree, re.MULTILINE), key


def test_language_is_chosen_kept_in_the_address_and_remembered(page):
    show(page, CHAIN, step=9)
    page.get_by_role("combobox", name="Language").select_option(label="Français")
    expect(page.get_by_role("combobox", name="Langue")).to_have_value("fr")
    expect(page).to_have_url(re.compile(r"\?lang=fr#source=a"))
    expect(graph(page)).to_have_attribute("data-ready", "true")
    at_step(page, 9, "backward")
    page.goto("./")
    expect(page.get_by_role("combobox", name="Langue")).to_be_visible()
    page.get_by_role("combobox", name="Langue").select_option(label="English")
    expect(page.get_by_role("combobox", name="Language")).to_have_value("en")


def test_errors_and_warnings_are_french_too(french):
    show(french, "x = 0.0\ny = log(x)")
    expect(node(french, "y")).to_have_accessible_name(re.compile("log\\(0\\) vaut moins l’infini"))
    editor = french.get_by_role("textbox", name="Programme")
    editor.fill("y = foo(x)")
    alert = french.get_by_role("alert")
    expect(alert).to_contain_text("Ligne 1")
    expect(alert).to_contain_text("Il n’y a pas de fonction foo.")
    editor.fill("y = 007")
    expect(alert).to_contain_text("Un nombre ne commence pas par des zéros.")


def test_examples_are_told_in_french(french):
    french.goto("./")
    gallery = french.get_by_role("combobox", name="Exemples")
    gallery.select_option(label="Une valeur utilisée deux fois")
    expect(french.get_by_text("b sert à deux endroits.")).to_be_visible()


def speak(page: Page, now: str, language: str) -> None:
    """Choose a language by its own name; wait until the page is drawn in it."""
    page.get_by_role("combobox", name=now).select_option(label=language)
    expect(page.locator("html")).to_have_attribute("lang", language[:2].lower())
    expect(graph(page)).to_have_attribute("data-ready", "true")


def test_what_one_was_doing_is_kept_when_the_language_changes(page):
    show(page, CHAIN, step=9)
    page.get_by_role("button", name="Lessons & questions", exact=True).click()
    page.get_by_role("combobox", name="Speed").select_option("2")
    node(page, "a*b").click()
    page.get_by_role("tab", name="Check").click()
    page.get_by_role("checkbox", name="Check every node").check()
    speak(page, "Language", "Français")
    at_step(page, 9, "backward")
    expect(page.get_by_role("combobox", name="Langue")).to_be_focused()
    expect(page.get_by_role("heading", name="Dix leçons")).to_be_visible()
    expect(page.get_by_role("combobox", name="Vitesse")).to_have_value("2")
    expect(node(page, "a*b")).to_have_attribute("aria-pressed", "true")
    expect(page.get_by_role("tab", name="Vérifier")).to_have_attribute("aria-selected", "true")
    expect(page.get_by_role("checkbox", name="Vérifier chaque nœud")).to_be_checked()
    page.reload()
    expect(page.get_by_role("tab", name="Vérifier")).to_have_attribute("aria-selected", "false")


def test_a_lesson_stays_open_when_the_language_changes(page):
    page.goto("?lesson=neuron")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    page.get_by_role("spinbutton", name="x2, number").fill("0.5")
    task = page.get_by_role("region", name="Task")
    expect(task.get_by_text("Done ✓", exact=True)).to_be_visible()
    speak(page, "Language", "Français")
    expect(page.get_by_role("heading", name="Un neurone")).to_be_visible()
    expect(page.get_by_role("spinbutton", name="x2")).to_have_value("0.5")
    expect(page.get_by_role("region", name=FRENCH["lessons.task"])).to_contain_text(
        FRENCH["lessons.done"]
    )
    expect(page.get_by_role("textbox", name="Programme")).to_contain_text("poids et biais")


@pytest.mark.parametrize("tab", ["Descend", "Playground"])
def test_training_pauses_and_goes_on_when_the_language_changes(page, tab):
    french = FRENCH[f"bench.{tab.lower()}"]
    show(page, CHAIN)
    page.get_by_role("tab", name=tab).click()
    if tab == "Playground":
        page.get_by_role("button", name="Load a network").click()
        expect(page.get_by_text("100 rows, 105 parameters")).to_be_visible()
    page.get_by_role("combobox", name="Optimizer").select_option("adam")
    page.get_by_role("spinbutton", name="Learning rate, number").fill("0.01")
    page.get_by_role("button", name="Train" if tab == "Playground" else "Run").click()
    page.wait_for_function(
        "/Step [1-9]/.test(document.querySelector('.tab-panel:not([hidden]) .summary').textContent)"
    )
    speak(page, "Language", "Français")
    expect(page.get_by_role("tab", name=french)).to_have_attribute("aria-selected", "true")
    told = page.locator(".tab-panel:not([hidden]) .summary").first
    expect(told).to_contain_text(re.compile("En pause"))
    before = int(re.search(r"\d+", told.text_content())[0])
    assert before > 0
    expect(page.get_by_role("combobox", name="Optimiseur")).to_have_value("adam")
    reached = last_number(told)
    page.get_by_role("button", name=FRENCH["descend.step"]).click()
    expect(told).to_contain_text(re.compile(rf"En pause.*\b{before + 1}\b"))
    assert last_number(told) == pytest.approx(reached, rel=0.05)  # the same numbers went on


def last_number(place) -> float:
    return float(re.findall(r"-?\d+(?:\.\d+)?", place.text_content())[-1])


def test_back_and_forward_keep_page_and_address_in_one_language(page):
    show(page, CHAIN)
    page.get_by_role("combobox", name="Examples").select_option(label="A square")
    expect(page).to_have_url(re.compile("source=y"))
    speak(page, "Language", "Français")
    expect(page).to_have_url(re.compile(r"\?lang=fr#source=y"))
    page.go_back()
    expect(page).to_have_url(re.compile(r"\?lang=fr#source=a"))
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("textbox", name="Programme")).to_contain_text("L = (a*b + c) * f")
    page.go_forward()
    expect(page).to_have_url(re.compile(r"\?lang=fr#source=y"))
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("textbox", name="Programme")).to_contain_text("y = x * x")


def test_file_that_is_shared_is_french_on_the_french_page(french):
    show(french, CHAIN)
    french.get_by_role("button", name=FRENCH["share.title"]).click()
    with french.expect_download() as download:
        french.get_by_role("button", name=FRENCH["share.format.html"]).click()
    text = download.value.path().read_text(encoding="utf-8")
    assert text.startswith('<!doctype html>\n<html lang="fr"')
