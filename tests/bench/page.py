"""How fast the page is: from typing to the drawing, and every frame of what moves.

Run `.venv/bin/python -m tests.bench.page`. It needs Chromium, and draws without a graphics card, so
that the numbers are those of a slow machine. Nothing here is a test: times differ between machines.
"""

from __future__ import annotations

import shutil
from statistics import median, quantiles
from urllib.parse import urlencode

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import BROWSERS, FLAGS, ROOT, serving

STEPS = 150

WATCH = """
  window.laidOut = [];
  const Plain = window.Worker;
  window.Worker = class extends Plain {
    postMessage(...message) { this.asked = performance.now(); super.postMessage(...message); }
    set onmessage(listener) {
      super.onmessage = (event) => {
        window.laidOut.push(performance.now() - this.asked);
        listener(event);
      };
    }
  };
"""

TYPE = """async (source) => {
  const graph = document.getElementById("graph");
  const start = performance.now();
  performance.clearResourceTimings();
  window.laidOut.length = 0;
  location.hash = new URLSearchParams({ source, ...window.more });
  const drawn = () => new Promise((resolve) => {
    const look = () => graph.dataset.ready === "true" ? resolve() : requestAnimationFrame(look);
    new MutationObserver((_, observer) => { observer.disconnect(); look(); })
      .observe(graph, { attributes: true });
  });
  await drawn();
  const shown = performance.now();
  const [answer] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("trace"));
  const layout = window.laidOut.reduce((sum, time) => sum + time, 0);
  return { all: shown - start, answered: shown - answer.responseEnd, layout };
}"""

STEP = """async (steps) => {
  const next = document.getElementById("next");
  document.getElementById("first").click();
  const frames = [], work = [];
  let last = await new Promise(requestAnimationFrame);
  for (let step = 0; step < steps; step += 1) {
    const start = performance.now();
    next.click();
    work.push(performance.now() - start);
    const now = await new Promise(requestAnimationFrame);
    frames.push(now - last);
    last = now;
  }
  return { frames, work };
}"""

PLAY = """async (frames) => {
  document.getElementById("first").click();
  document.getElementById("play").click();
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  while (times.length < frames) {
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  document.getElementById("play").click();
  return times;
}"""

PAN = """async (frames) => {
  const graph = document.getElementById("graph");
  const at = (kind, x, target) => target.dispatchEvent(
    new MouseEvent(kind, { bubbles: true, view: window, clientX: 900 - x, clientY: 250 }));
  at("mousedown", 0, graph);
  const times = [];
  let last = await new Promise(requestAnimationFrame);
  for (let frame = 1; frame <= frames; frame += 1) {
    at("mousemove", frame * 15, window);
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  at("mouseup", 0, window);
  return times;
}"""

DRAG = """async (times) => {
  const graph = document.getElementById("graph");
  const slider = document.querySelector("#inputs input[type=range]");
  const drawn = [];
  for (let time = 0; time < times; time += 1) {
    performance.clearResourceTimings();
    const ready = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        if (graph.dataset.ready === "true") resolve([performance.now(), observer.disconnect()]);
      }).observe(graph, { attributes: true });
    });
    slider.value = String(Number(slider.value) + Number(slider.step || 1) * (time % 2 ? -1 : 1));
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    const [now] = await ready; // what was drawn is on the screen with the next frame
    const [answer] = performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("trace"));
    if (answer) drawn.push(now - answer.responseEnd);
    await new Promise(requestAnimationFrame);
  }
  return drawn;
}"""


def straight(size: int) -> str:
    """Return a program of about `size` values in a row, without any group worth a box."""
    return f"x = 1.0\ns = x\nfor i in range({size}):\n    s = s * x\ns"


def network(size: int) -> str:
    """Return a program of about `size` values in layers of neurons."""
    samples = max(1, size // 210)
    return (
        "n = MLP(3, [8, 8, 1])\n"
        f"loss = sum((n([0.1*i, 1.0, -1.0]) - 1)**2 for i in range({samples}))"
    )


def measure(page: Page, source: str, groups: str) -> str:
    """Return one row: milliseconds until the drawing is there, and of a step."""
    page.goto(f"./#{urlencode({'source': 'y = x * x'})}")
    page.wait_for_selector("#graph[data-ready=true]")
    page.evaluate("groups => { window.more = groups === 'auto' ? {} : { groups } }", groups)
    drawn = page.evaluate(TYPE, source)
    cards = page.locator("g.node").count()
    stepped = page.evaluate(STEP, STEPS)
    moving = [stepped["frames"]]
    page.emulate_media(reduced_motion="no-preference")
    moving += [page.evaluate(PLAY, STEPS), page.evaluate(PAN, STEPS // 2)]
    page.emulate_media(reduced_motion="reduce")
    cells = [
        drawn["all"],
        drawn["answered"],
        drawn["layout"],
        median(page.evaluate(DRAG, 12)),
        median(stepped["work"]),
    ]
    for frames in moving:
        cells += [median(frames), quantiles(frames, n=20)[-1]]
    return f"{cards:5} | " + " | ".join(f"{cell:7.1f}" for cell in cells)


def main() -> None:
    """Print the table."""
    executable = next(filter(None, map(shutil.which, BROWSERS)))
    with serving(ROOT) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        context = browser.new_context(base_url=address, reduced_motion="reduce")
        page = context.new_page()
        page.add_init_script(WATCH)
        print(
            "program      | groups | cards | to drawn | answer–drawn | layout | answer–drag drawn | step"
            " | stepping, 95 % | playing, 95 % | panning, 95 %"
        )
        for size in (100, 300, 1_000, 5_000):
            for name, program in (("straight", straight), ("network", network)):
                for groups in ("auto", "open"):
                    row = measure(page, program(size), groups)
                    print(f"{name:8}{size:5}| {groups:6} | {row}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
