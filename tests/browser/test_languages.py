"""The page in another language: whole, chosen by the reader, kept in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from app.messages import catalogue
from tests.browser.test_page import at_step, graph, node, press, show

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
    french.get_by_role("button", name="Leçons", exact=True).click()
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
    expect(alert).to_contain_text("Il n’y a pas de fonction `foo`.")
    editor.fill("y = 007")
    expect(alert).to_contain_text("Le programme ne peut pas être lu (erreur de syntaxe)")


def test_examples_are_told_in_french(french):
    french.goto("./")
    gallery = french.get_by_role("combobox", name="Exemples")
    gallery.select_option(label="Une valeur utilisée deux fois")
    expect(french.get_by_text("b sert à deux endroits.")).to_be_visible()
