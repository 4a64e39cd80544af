"""The exported file in a browser: opened from disk, with the network off; and in a notebook."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from app.exports import export
from app.standalone import frame
from engine import Value, record, trace
from tests.graphs import CHAIN, NEURON


@pytest.fixture
def offline(browser):
    """A page without any network, which fails its test if anything goes wrong in it."""
    context = browser.new_context(
        offline=True, reduced_motion="reduce", viewport={"width": 1100, "height": 760}
    )
    page = context.new_page()
    faults, asked = [], []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on(
        "console", lambda message: faults.append(message.text) if message.type == "error" else None
    )
    page.on("request", lambda request: asked.append(request.url))
    yield page
    context.close()
    assert faults == []
    assert all(url.startswith(("file:", "blob:", "data:")) for url in asked)


def opened(page, tmp_path, traced, language="en"):
    """Open a trace as a file and wait until it is drawn."""
    file = tmp_path / "trace.html"
    file.write_bytes(export(traced, "html", language=language))
    page.goto(file.as_uri())
    expect(page.locator("#graph")).to_have_attribute("data-ready", "true")


def node(place, name):
    return place.get_by_role("button", name=re.compile(rf"^{re.escape(name)}: "))


def press(place, name):
    place.get_by_role("button", name=name, exact=True).click()


def test_file_speaks_the_language_that_it_is_asked_for(offline, tmp_path):
    opened(offline, tmp_path, trace("y = log(x)", {"x": 0}), "fr")
    expect(offline.locator("html")).to_have_attribute("lang", "fr")
    press(offline, "Étape précédente")
    panel = offline.get_by_role("region", name="Ce qui se passe maintenant")
    expect(panel).to_contain_text("La passe arrière commence")
    press(offline, "Dernière étape")
    expect(panel).to_contain_text("La pente du logarithme")
    warned = offline.get_by_role("button", name=re.compile("log\\(0\\) vaut moins l’infini"))
    expect(warned).to_be_visible()
    expect(offline.get_by_text("Programme", exact=True)).to_be_visible()


def test_file_steps_both_passes_without_a_server(offline, tmp_path):
    traced = trace(CHAIN.source, CHAIN.inputs)
    opened(offline, tmp_path, traced)
    graph = offline.locator("#graph")
    press(offline, "First step")
    expect(graph).to_have_attribute("data-step", "0")
    unknown = "L: value not computed yet, gradient not computed yet"
    expect(node(offline, "L")).to_have_accessible_name(unknown)
    for step in range(1, len(traced.steps) + 1):
        press(offline, "Next step")
        expect(graph).to_have_attribute("data-step", str(step))
    expect(graph).to_have_attribute("data-phase", "done")
    for one in traced.nodes:
        if one.name:
            text = f"{one.name}: value {one.value:g}, gradient {one.grad:g}"
            expect(node(offline, one.name)).to_have_accessible_name(text)
    panel = offline.get_by_role("region", name="What happens now")
    expect(panel).to_contain_text("passes its gradient back to b")
    expect(panel.locator(".maths .katex").first).to_be_visible()


def test_file_has_slider_keys_and_play(offline, tmp_path):
    opened(offline, tmp_path, trace(NEURON.source))
    graph = offline.locator("#graph")
    offline.get_by_role("slider", name="Step").fill("10")
    expect(graph).to_have_attribute("data-step", "10")
    press(offline, "Next step")
    offline.get_by_role("button", name="Next step", exact=True).blur()
    offline.keyboard.press("ArrowLeft")
    expect(graph).to_have_attribute("data-step", "10")
    offline.keyboard.press("Home")
    expect(graph).to_have_attribute("data-step", "0")
    offline.get_by_role("combobox", name="Speed").select_option("4")
    press(offline, "Play")
    expect(graph).to_have_attribute("data-phase", "done", timeout=20_000)
    expect(node(offline, "x1")).to_have_accessible_name("x1: value 2, gradient -1.5")


def test_file_explains_a_value_and_offers_nothing_that_needs_a_server(offline, tmp_path):
    opened(offline, tmp_path, trace(CHAIN.source, CHAIN.inputs))
    node(offline, "a").click()
    card = offline.get_by_role("region", name="What the engine stores")
    expect(card).to_contain_text("Raise a by 0.01 and L rises by about 0.06")
    expect(card.get_by_role("button", name="Next use of a")).to_be_visible()
    expect(card.get_by_role("button", name="Try it")).to_be_hidden()


def test_file_shows_the_program_and_what_it_printed(offline, tmp_path):
    opened(offline, tmp_path, trace("x = 3.0\ny = x*x\nprint('y is', y)"))
    expect(offline.get_by_text("y is 9")).to_be_visible()
    offline.get_by_text("Program", exact=True).click()
    expect(offline.get_by_text("y = x*x")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_file_follows_the_system_in_light_and_dark(offline, tmp_path, scheme):
    offline.emulate_media(color_scheme=scheme)
    opened(offline, tmp_path, trace(CHAIN.source))
    ground = offline.evaluate("getComputedStyle(document.body).backgroundColor")
    (red, *_) = map(int, re.findall(r"\d+", ground))
    assert (red > 128) == (scheme == "light")


def test_two_drawings_in_one_notebook_step_apart(offline):
    x = Value(3.0, label="x")
    first, second = frame(record(x * x)), frame(record(x * 2.0 + 1.0))
    offline.set_content(f"<!doctype html><body>{first}{second}")
    frames = [offline.frame_locator("iframe").nth(index) for index in range(2)]
    for inside in frames:
        expect(inside.locator("#graph")).to_have_attribute("data-ready", "true")
    press(frames[0], "First step")
    expect(frames[0].locator("#graph")).to_have_attribute("data-step", "0")
    expect(frames[1].locator("#graph")).to_have_attribute("data-phase", "done")
    expect(node(frames[1], "x")).to_have_accessible_name("x: value 3, gradient 2")
