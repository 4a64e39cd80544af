/** The graph: laid out anew when its shape changes, drawn anew at every step. */
import { number, short } from "../format.js";
import { Layouter } from "../layouter.js";
import { stepTime } from "../player.js";
import { sceneOf } from "../scene.js";
import { stepOf } from "../state.js";
import { neighbours } from "../trace.js";
import { element } from "../view/dom.js";
import { GraphView } from "../view/graph.js";
import { drawNote } from "../view/notices.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../scene.js").Scene} Scene */

/** Values beyond this are not drawn: nobody could read them, and the page would stand still. */
const DRAWABLE = 1_500;
/** How long a layout may take before it is said that one is awaited. */
const PATIENCE = 700;

export class GraphDrawing {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    const { document, dispatch, state, calm, t } = page;
    this.svg = element(document, "graph", SVGSVGElement);
    this.note = element(document, "note", HTMLElement);
    this.direction = element(document, "direction", HTMLSelectElement);
    this.glyphs = new Map([...page.operations.values()].map(({ name, glyph }) => [name, glyph]));
    this.fitted = "";
    this.view = new GraphView(
      this.svg,
      {
        hover: (id) => dispatch({ type: "hover", nodes: id === null ? [] : [id] }),
        // Who chooses what is chosen already (a double click, Enter twice) goes to its step.
        select: (id) => dispatch({ type: state().selected === id ? "visit" : "select", node: id }),
      },
      calm,
      t,
    );
    this.layouter = new Layouter(page.startLayout);
    this.layouter.warm();
    this.#tools();
  }

  #tools() {
    const { document, dispatch } = this.page;
    this.direction.addEventListener("change", () =>
      dispatch({ type: "turn", direction: this.direction.value === "TB" ? "TB" : "LR" }),
    );
    /** @param {string} id @param {() => void} work */
    const on = (id, work) => element(document, id, HTMLButtonElement).addEventListener("click", work);
    on("fit", () => this.#showPart(this.view.fit({ whole: true, animated: true })));
    on("zoom-in", () => this.view.scaleBy(1.3));
    on("zoom-out", () => this.view.scaleBy(1 / 1.3));
    this.svg.addEventListener("click", ({ target }) => {
      if (target === this.svg) dispatch({ type: "select", node: null });
    });
    new ResizeObserver(() => this.view.touched || this.#showPart(this.view.fit())).observe(this.svg);
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw(state, before, frame) {
    this.direction.value = state.direction;
    if (state.loaded !== before.loaded) this.view.touched = false;
    if (frame) this.#step(state, before, frame);
    if (state.request !== state.answered) this.svg.dataset.ready = "false";
    if (state.reading !== before.reading) drawNote(this.note, this.#remark(state));
    if (state.reading !== before.reading || state.direction !== before.direction) this.#place(state);
    if (state.layout !== before.layout) this.#fitOnce(state);
  }

  /** @param {State} state @param {State} before @param {Frame} frame */
  #step(state, before, frame) {
    const scene = this.#scene(state, frame);
    if (state.moved !== before.moved) this.#animate(state, stepOf(before), frame.step);
    else if (state.step !== before.step) this.view.still();
    if (scene && (state.moved !== before.moved || state.step !== before.step)) {
      this.view.reveal(scene.cards.filter(({ active }) => active));
    } else if (scene && state.selected !== before.selected) {
      this.view.reveal(scene.cards.filter(({ selected }) => selected));
    }
  }

  /** @param {State} state @param {Frame} frame @returns {Scene | null} what is drawn now */
  #scene(state, frame) {
    const { reading, layout } = state;
    if (!reading || !layout || layout.shape !== reading.shape) {
      this.svg.classList.add("stale"); // while a new layout is awaited, the old drawing stays
      this.svg.dataset.ready = "false";
      return null;
    }
    const chosen = state.hovered.length ? state.hovered : state.selected ? [state.selected] : [];
    const lit = new Set(chosen.flatMap((id) => [...neighbours(reading, id)]));
    const highlight = { lit, chosen: new Set(chosen), selected: state.selected };
    const scene = sceneOf(reading, layout, frame, highlight, this.glyphs, this.page.t);
    this.view.draw(scene);
    this.svg.dataset.step = String(frame.step);
    this.svg.dataset.phase = frame.phase;
    this.svg.dataset.ready = String(state.answered === state.request);
    this.svg.classList.remove("stale");
    return scene;
  }

  /** Lets the numbers of the steps that were taken travel along their wires.
   * @param {State} state @param {number} from @param {number} to */
  #animate(state, from, to) {
    this.view.still();
    if (this.page.calm() || this.page.document.hidden || !state.reading) return;
    const duration = Math.min(700, stepTime(state) * 0.7);
    if (duration < 90) return;
    const { byId, edges, steps } = state.reading;
    const travels = steps.slice(from, to).flatMap((step) => {
      if (step.phase === "backward") {
        if (step.kind === "seed") return [];
        return [{ index: step.edge, text: short(number(step.contribution)), backwards: true }];
      }
      return (byId.get(step.node)?.makes ?? []).map((index) => {
        const operand = byId.get(edges.get(index)?.source ?? "");
        return { index, text: short(number(operand?.value ?? "NaN")), backwards: false };
      });
    });
    this.view.travel(travels, duration);
  }

  /** @param {State} state @returns {string} what is missing from the drawing */
  #remark({ reading }) {
    const { t } = this.page;
    if (!reading) return "";
    const { nodes, hidden, byId, trace } = reading;
    if (nodes.length > DRAWABLE) return t("graph.large", { count: nodes.length });
    const output = byId.get(trace.output)?.label ?? "";
    return hidden ? t("graph.hidden", { count: hidden, output }) : "";
  }

  /** @param {State} state */
  #place({ reading, direction }) {
    if (!reading) return;
    if (reading.nodes.length > DRAWABLE) {
      this.view.draw({ width: 0, height: 0, cards: [], wires: [], tags: [] });
      return;
    }
    const { dispatch, state, t } = this.page;
    const waiting = setTimeout(() => drawNote(this.note, t("graph.waiting")), PATIENCE);
    this.layouter.place(
      reading,
      direction,
      (layout) => {
        clearTimeout(waiting);
        dispatch({ type: "placed", layout });
        drawNote(this.note, this.#remark(state()));
      },
      (message) => {
        clearTimeout(waiting);
        drawNote(this.note, t("graph.failed", { message }));
      },
    );
  }

  /** A new drawing is shown whole; one that only changed its numbers stays where it is.
   * @param {State} state */
  #fitOnce({ layout }) {
    if (!layout) return;
    const size = `${layout.direction} ${layout.width} ${layout.height} ${layout.boxes.size}`;
    if (size !== this.fitted && !this.view.touched) this.#showPart(this.view.fit());
    this.fitted = size;
  }

  /** Says that there is more of the drawing than is in sight.
   * @param {boolean} whole */
  #showPart(whole) {
    const { document } = this.page;
    element(document, "fit", HTMLButtonElement).classList.toggle("more", !whole);
    element(document, "part", HTMLElement).hidden = whole;
  }
}
