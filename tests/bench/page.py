"""How fast the page is: from typing to the drawing, and from step to step.

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
    frames = stepped["frames"]
    cells = [
        drawn["all"],
        drawn["answered"],
        drawn["layout"],
        median(stepped["work"]),
        median(frames),
        quantiles(frames, n=20)[-1],
    ]
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
            "program      | groups | cards | to drawn | answer–drawn | layout | step | frame | frame, 95 %"
        )
        for size in (100, 1_000, 5_000):
            for name, program in (("straight", straight), ("network", network)):
                for groups in ("auto", "open"):
                    row = measure(page, program(size), groups)
                    print(f"{name:8}{size:5}| {groups:6} | {row}", flush=True)
        browser.close()


if __name__ == "__main__":
    main()
