"""What leaves the page: links, frames, pictures, an animation; and the page within another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page, expect

from tests.browser.helpers import at_step, graph, node, press, show
from tests.graphs import CHAIN

SVG = "{http://www.w3.org/2000/svg}"


def download(page: Page, name: str) -> Path:
    if not page.get_by_role("dialog", name="Share").is_visible():
        press(page, "Share")
    with page.expect_download(timeout=30_000) as waiting:
        press(page, name)
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("Saved.")
    return waiting.value.path()


def pixels(page: Page, picture: bytes, kind: str) -> dict:
    """Size of a picture and how many colours a blank page finds in it."""
    return page.evaluate(
        """async ([bytes, type]) => {
            const blob = new Blob([new Uint8Array(bytes)], { type });
            const image = new Image();
            image.src = URL.createObjectURL(blob);
            await image.decode();
            const canvas = document.createElement("canvas");
            [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
            const context = canvas.getContext("2d");
            context.drawImage(image, 0, 0);
            const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
            const colours = new Set(new Uint32Array(data.buffer));
            return { width: canvas.width, height: canvas.height, colours: colours.size,
                     first: [...data.slice(0, 3)] };
        }""",
        [list(picture), kind],
    )


def test_link_leads_to_this_step(page):
    show(page, CHAIN.source, step=9, **CHAIN.inputs)
    press(page, "Share")
    link = page.get_by_role("textbox", name="Link to this step").input_value()
    page.goto("about:blank")
    page.goto(link)
    at_step(page, 9, "backward")
    expect(node(page, "a")).to_have_accessible_name("a: value 2, gradient not computed yet")


@pytest.mark.parametrize("clipboard", ["undefined", "{ writeText: () => Promise.reject() }"])
def test_without_a_clipboard_the_link_is_selected_to_be_copied_by_hand(page, clipboard):
    page.add_init_script(f"Object.defineProperty(navigator, 'clipboard', {{ value: {clipboard} }})")
    show(page, CHAIN.source, **CHAIN.inputs)
    press(page, "Share")
    press(page, "Copy link")
    expect(page.get_by_text("Selected: copy it with the keyboard.")).to_be_visible()
    link = page.get_by_role("textbox", name="Link to this step")
    assert link.evaluate("it => it.selectionEnd - it.selectionStart === it.value.length")


def test_svg_looks_the_same_without_our_style_sheet(page):
    show(page, CHAIN.source, step=12, **CHAIN.inputs)
    text = download(page, "SVG").read_text()
    root = ElementTree.fromstring(text)
    assert root.tag == f"{SVG}svg"
    assert not re.search(r"var\(|light-dark|class=|style=|data-|<image|<foreignObject|href", text)
    texts = [element.text for element in root.iter(f"{SVG}text")]
    assert {"a", "b", "c", "f", "L", "×", "+", "value", "grad", "-8"} <= set(texts)
    fonts = {element.get("font-family") for element in root.iter(f"{SVG}text")}
    assert fonts == {"sans-serif", "monospace"}
    assert all(element.get("fill") for element in root.iter(f"{SVG}text"))
    page.goto("about:blank")
    page.set_content(f"<body style='margin:0'>{text}")
    box = page.locator("svg").bounding_box()
    assert box["width"] == float(root.get("width"))
    for name in ("a", "L"):
        inner = page.locator("svg text", has_text=re.compile(f"^{name}$")).bounding_box()
        assert inner["x"] > 0
        assert inner["x"] + inner["width"] < box["width"]
        assert inner["y"] + inner["height"] < box["height"]
    seen = pixels(page, text.encode(), "image/svg+xml")
    assert seen["colours"] > 20


def test_picture_has_the_words_that_are_not_seen_from_afar(page):
    show(page, CHAIN.source, step=12, **CHAIN.inputs)
    near = download(page, "SVG").read_text()
    press(page, "Close")
    press(page, "Zoom out")
    press(page, "Zoom out")
    expect(graph(page)).to_have_class(re.compile("wordless"))
    assert download(page, "SVG").read_text() == near
    texts = ElementTree.fromstring(near).iter(f"{SVG}text")
    sizes = {text.text: text.get("font-size") for text in texts}
    assert (sizes["value"], sizes["-8"]) == ("10px", "13.5px")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_png_is_as_large_as_twice_the_drawing_and_as_dark_as_the_page(page, scheme):
    page.emulate_media(color_scheme=scheme)
    show(page, CHAIN.source, **CHAIN.inputs)
    svg = ElementTree.fromstring(download(page, "SVG").read_text())
    png = download(page, "PNG").read_bytes()
    assert png.startswith(b"\x89PNG")
    seen = pixels(page, png, "image/png")
    assert seen["width"] == 2 * int(svg.get("width"))
    assert seen["height"] == 2 * int(svg.get("height"))
    assert seen["colours"] > 50
    assert (sum(seen["first"]) > 600) == (scheme == "light")


def test_picture_shows_all_of_a_drawing_that_is_only_partly_in_sight(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    whole = download(page, "SVG").read_text()
    press(page, "Close")
    for _ in range(3):
        press(page, "Zoom in")
    graph(page).hover(position={"x": 5, "y": 200})
    page.mouse.wheel(0, -400)
    assert download(page, "SVG").read_text() == whole


def test_gif_has_a_frame_for_each_step_and_the_page_stays_where_it_is(page):
    show(page, CHAIN.source, step=5, **CHAIN.inputs)
    gif = download(page, "Animated GIF").read_bytes()
    assert gif.startswith(b"GIF89a")
    frames = page.evaluate(
        """async (bytes) => {
            const decoder = new ImageDecoder({ data: new Uint8Array(bytes), type: "image/gif" });
            await decoder.tracks.ready;
            const { frameCount, animated } = decoder.tracks.selectedTrack;
            const sums = [];
            for (let frameIndex = 0; frameIndex < frameCount; frameIndex += 1) {
                const { image } = await decoder.decode({ frameIndex });
                const pixels = new Uint8Array(image.allocationSize({ format: "RGBA" }));
                await image.copyTo(pixels, { format: "RGBA" });
                sums.push(pixels.reduce((sum, part, at) => (sum + part * (at % 251)) % 1e9, 0));
            }
            return { frameCount, animated, different: new Set(sums).size };
        }""",
        list(gif),
    )
    assert frames == {"frameCount": 15, "animated": True, "different": 15}
    at_step(page, 5, "forward")


def test_pictures_are_saved_by_keys_too(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    for keys, name in (("Control+Shift+E", "L.png"), ("Control+Alt+E", "L.svg")):
        with page.expect_download() as waiting:
            page.keyboard.press(keys)
        assert waiting.value.suggested_filename == name


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("Graphviz", "digraph"),
        ("LaTeX", "\\"),
        ("PyTorch", "import torch"),
        ("Web page", "<!doctype"),
    ],
)
def test_other_formats_are_written_by_the_server(page, name, start):
    show(page, CHAIN.source, **CHAIN.inputs)
    text = download(page, name).read_text()
    assert start in text.lower()[:500]


def test_refused_export_says_why(page):
    show(page, CHAIN.source, **CHAIN.inputs)
    page.get_by_role("textbox", name="Program").fill("y = foo(x)")
    expect(page.get_by_role("alert")).to_contain_text("foo")
    press(page, "Share")
    press(page, "Mermaid")
    expect(page.get_by_role("dialog").get_by_role("status")).to_contain_text("no function foo")


@contextmanager
def teacher(html: str) -> Iterator[str]:
    """Serve a page of somebody else's; yield its address."""

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(html.encode())

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/"
        finally:
            server.shutdown()
            thread.join()


def test_embedded_page_steps_and_leads_to_the_whole_one(page):
    show(page, CHAIN.source, step=8, **CHAIN.inputs)
    press(page, "Share")
    code = page.get_by_role("textbox", name="Code to embed it in a page").input_value()
    with teacher(f'<link rel="icon" href="data:,">{code}') as lesson:
        page.goto(lesson)
        frame = page.frame_locator("iframe")
        expect(frame.locator("#graph")).to_have_attribute("data-ready", "true")
        expect(frame.locator("#graph")).to_have_attribute("data-step", "8")
        frame.get_by_role("button", name="Next step").click()
        expect(frame.locator("#graph")).to_have_attribute("data-step", "9")
        expect(frame.get_by_role("textbox")).to_have_count(0)
        expect(frame.get_by_role("slider", name="a, slider")).to_have_count(0)
        edit = frame.get_by_role("link", name="Edit")
        expect(edit).to_have_attribute("target", "_blank")
        with page.context.expect_page() as opening:
            edit.click()
        whole = opening.value
        expect(whole.locator("#graph")).to_have_attribute("data-step", "9")
        expect(whole.get_by_role("textbox", name="Program")).to_be_visible()


def test_embedded_page_shows_sliders_where_they_are_asked_for(page):
    page.goto("./embed?show=inputs#source=y+%3D+x*x&set=x%3D3")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    page.get_by_role("spinbutton", name="x, number").fill("4")
    expect(node(page, "y")).to_have_accessible_name("y: value 16, gradient 1")
    expect(page.get_by_role("textbox", name="Program")).to_be_hidden()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_embedded_page_begins_with_the_lesson_that_its_address_names(page, language):
    page.goto(f"./embed?lang={language}&lesson=neuron")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    expect(node(page, "w2")).to_be_visible()
    expect(page.locator("#lessons")).to_be_hidden()
    expect(page.get_by_role("tab")).to_have_count(0)
    page.goto(f"./embed?lang={language}&lesson=nothing")
    expect(node(page, "L")).to_be_visible()


@pytest.mark.parametrize(
    "query", ["show=inputs", "show=inputs&lesson=neuron", "show=inputs,console&lesson=descent"]
)
def test_inputs_leave_the_drawing_of_an_embedded_page_its_room(page, query):
    page.set_viewport_size({"width": 690, "height": 480})
    page.goto(f"./embed?{query}")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    canvas, band = (page.locator(part).bounding_box() for part in (".canvas", "#band"))
    assert canvas["height"] - band["height"] >= 0.48 * 480
    assert canvas["width"] == 690
    expect(page.locator("#inputs .knob").nth(1)).to_be_in_viewport(ratio=1)
    expect(page.locator("#play")).to_be_in_viewport(ratio=1)
    expect(page.locator("#panel .brief")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight") <= 480


@pytest.mark.parametrize("language", ["en", "fr"])
def test_remark_over_the_drawing_of_a_frame_takes_one_line_and_can_be_read(page, language):
    page.set_viewport_size({"width": 360, "height": 480})
    page.goto(f"./embed?lang={language}&lesson=descent")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    note = page.locator("#note")
    assert note.bounding_box()["height"] <= 20
    expect(note).to_have_attribute("title", note.text_content())


def test_embedded_page_fits_a_small_frame(page):
    page.set_viewport_size({"width": 600, "height": 400})
    page.goto("./embed#source=L+%3D+%28a*b+%2B+c%29+*+f")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    assert page.evaluate("document.documentElement.scrollHeight") <= 400
    assert graph(page).bounding_box()["height"] > 150
    for name in ("Play", "Next step"):
        expect(page.get_by_role("button", name=name)).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("link", name="Edit")).to_be_in_viewport(ratio=1)


def test_embedded_page_says_what_is_wrong_with_its_program(page):
    page.goto("./embed#source=1/")
    expect(page.locator("#note")).to_contain_text("The line ends too early.")
    expect(page.get_by_role("button", name="Copy as LaTeX")).to_be_hidden()


@pytest.mark.parametrize("query", ["hide=editor,inputs,panel", "lesson=xor&hide=lessons"])
def test_what_is_hidden_takes_no_room(page, query):
    page.goto(f"./?{query}")
    expect(graph(page)).to_have_attribute("data-ready", "true")
    room = graph(page).bounding_box()["width"]
    assert room == page.viewport_size["width"] if "panel" in query else room > 900


def test_teacher_hides_parts_by_the_address(page):
    page.goto(
        "./?hide=editor,inputs,console,gallery,panel,transport,language,theme,share,api,lessons"
    )
    expect(graph(page)).to_have_attribute("data-ready", "true")
    assert graph(page).bounding_box()["width"] == page.viewport_size["width"]
    for role in ("textbox", "slider"):
        expect(page.get_by_role(role)).to_have_count(0)
    for name in ("Next step", "Share", "Lessons"):
        expect(page.get_by_role("button", name=name)).to_have_count(0)
    for name in ("Examples", "Language", "Theme"):
        expect(page.get_by_role("combobox", name=name)).to_have_count(0)
    expect(page.get_by_role("region", name="What happens now")).to_have_count(0)
    page.keyboard.press("Home")
    at_step(page, 0, "forward")


def test_dialog_is_left_by_escape_and_by_its_button(page):
    show(page, CHAIN.source)
    press(page, "Share")
    dialog = page.get_by_role("dialog", name="Share")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.get_by_role("button", name="Share", exact=True)).to_be_focused()
