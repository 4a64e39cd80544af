/** The graph: laid out anew when its shape changes, drawn anew at every step. */
import { around, drawnOf, groupingOf, ROOMS } from "../fold.js";
import { highlightOf } from "../highlight.js";
import { leastScale } from "../lettering.js";
import { Placing } from "../placing.js";
import { stepTime } from "../player.js";
import { question } from "../quiz.js";
import { sceneOf } from "../scene.js";
import { extent, inSight } from "../sight.js";
import { stepOf } from "../state.js";
import { roomOf } from "../tags.js";
import { travelsOf } from "../travels.js";
import { element } from "../view/dom.js";
import { CanvasView } from "../view/canvas.js";
import { CardsView } from "../view/cards.js";
import { FramesView } from "../view/frames.js";
import { Framing } from "../view/framing.js";
import { MinimapView } from "../view/minimap.js";
import { drawNote } from "../view/notices.js";
import { WiresView } from "../view/wires.js";
import { walking } from "../walking.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */
/** @typedef {import("../layout.js").Layout} Layout */
/** @typedef {import("../scene.js").Scene} Scene */

/** How long things take to their new places when a group unfolds, in milliseconds. */
const GLIDE = 260;
/** In drawings longer than this wires have no dashes: a browser would spend seconds on them. */
const VAST = 20_000;

export class GraphDrawing {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    const { document, dispatch, state, calm, t } = page;
    this.svg = element(document, "graph", SVGSVGElement);
    this.direction = element(document, "direction", HTMLSelectElement);
    this.which = element(document, "which", HTMLElement);
    this.glyphs = new Map([...page.operations.values()].map(({ name, glyph }) => [name, glyph]));
    this.fitted = "";
    /** What lights up, and of what that was found out.
     * @type {{key: unknown[], highlight: import("../highlight.js").Highlight} | null} */
    this.lights = null;
    /** The scene that is drawn. @type {Scene | null} */
    this.scene = null;
    /** The group that was just folded or unfolded, and where everything was: it is to stay there.
     * @type {{id: string, layout: Layout | undefined, focus: boolean} | null} */
    this.held = null;
    /** What is to be brought into sight as soon as it is drawn. @type {string | null} */
    this.sought = null;
    this.canvas = new CanvasView(this.svg, calm, () => this.#look());
    const layer = (/** @type {string} */ name) => this.canvas.layer(name);
    const [frames, wires] = [layer("frames"), layer("wires")];
    this.cards = new CardsView(
      layer("cards"),
      {
        hover: (id) => dispatch({ type: "hover", nodes: id === null ? [] : [id] }),
        select: (id) => this.#select(id),
        unfold: (id) => this.fold(id, true),
      },
      t,
    );
    this.frames = new FramesView(frames, layer("names"), (id) => this.fold(id, false));
    this.wires = new WiresView(wires, layer("tags"), layer("tags"), layer("travels"));
    this.minimap = new MinimapView(element(document, "minimap", HTMLElement), (place) => {
      this.canvas.goTo(place);
    });
    this.framing = new Framing(document, this.canvas, this.minimap, {
      around: () => this.scene?.cards.find((card) => card.active),
      look: () => this.#look(),
    });
    const note = (/** @type {string} */ text) => drawNote(element(document, "note", HTMLElement), text);
    this.placing = new Placing(page.startLayout, {
      state,
      holds: (layout) => this.canvas.holds(layout),
      placed: (layout, room) => dispatch({ type: "placed", layout, room }),
      waiting: () => note(t("graph.waiting")),
      failed: (message) => note(t("graph.failed", { message })),
    });
    walking(this.svg, {
      layout: () => this.scene?.view.layout ?? null,
      focus: (id) => this.#focus(id),
      select: (id) => this.#select(id),
      fold: (id, open) => this.fold(id, open, true),
      step: (by) => dispatch({ type: by < 0 ? "previous" : "next" }),
      hover: (id) => dispatch({ type: "hover", nodes: id !== null && state().reading?.byId.has(id) ? [id] : [] }),
      leave: () => (state().selected === null ? element(document, "graph-area", HTMLElement).focus() : null),
    });
    this.#tools();
  }

  #tools() {
    const { document, dispatch } = this.page;
    this.direction.addEventListener("change", () =>
      dispatch({ type: "turn", direction: this.direction.value === "TB" ? "TB" : "LR" }),
    );
    /** @param {string} id @param {() => void} work */
    const on = (id, work) => element(document, id, HTMLButtonElement).addEventListener("click", work);
    on("fit", () => this.framing.fit({ whole: true, animated: true }));
    on("zoom-in", () => this.canvas.scaleBy(1.3));
    on("zoom-out", () => this.canvas.scaleBy(1 / 1.3));
    this.svg.addEventListener("click", ({ target }) => {
      if (target === this.svg) dispatch({ type: "select", node: null });
    });
    for (const [id, open] of /** @type {const} */ ([["collapse", false], ["expand", true]])) {
      on(id, () => {
        this.canvas.touched = false;
        dispatch({ type: "fold-all", open });
      });
    }
  }

  /** Who chooses what is chosen already (a double click, Enter twice) goes to its step.
   * @param {string} id */
  #select(id) {
    const { dispatch, state } = this.page;
    this.cards.reach(id);
    dispatch({ type: state().selected === id ? "visit" : "select", node: id });
  }

  /** @param {string} id */
  #focus(id) {
    this.cards.focus(id);
    const card = this.scene?.cards.find((one) => one.id === id);
    if (card) this.canvas.reveal([extent(card)]);
  }

  /** Folds a group up or unfolds it, where it is.
   * @param {string} id @param {boolean} open @param {boolean} [focus] whether the keyboard is there */
  fold(id, open, focus = false) {
    this.held = { id, layout: this.scene?.view.layout, focus };
    this.page.dispatch({ type: "fold", groups: [id], open });
  }

  /** Shows a value, unfolding the groups around it.
   * @param {string} id */
  seek(id) {
    const { dispatch, state } = this.page;
    const { reading, folds, room } = state();
    if (!reading) return;
    const { shown } = drawnOf(reading, folds, room);
    this.sought = id;
    dispatch({ type: "select", node: id });
    if (shown.get(id) !== id) dispatch({ type: "fold", groups: around(groupingOf(reading), id), open: true });
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw(state, before, frame) {
    this.direction.value = state.direction;
    if (state.loaded !== before.loaded) this.canvas.touched = false;
    if (frame) this.#step(state, before, frame);
    if (state.request !== state.answered) this.svg.dataset.ready = "false";
    const folded = state.folds !== before.folds;
    const anew = state.reading !== before.reading || state.direction !== before.direction;
    if (anew || folded) this.placing.place(state, anew && state.folds.base === "auto" ? ROOMS : [state.room]);
    if (state.layout !== before.layout) this.#settle(state);
    if (this.sought !== null) this.#find();
  }

  /** @param {State} state @param {State} before @param {Frame} frame */
  #step(state, before, frame) {
    const scene = this.#scene(state, frame);
    if (state.moved !== before.moved) this.#animate(state, stepOf(before), frame.step);
    else if (state.step !== before.step) this.wires.still();
    if (scene && (state.moved !== before.moved || state.step !== before.step)) {
      const now = scene.view.layout.drawn.shown.get(frame.current?.node ?? "");
      const cards = scene.cards.filter((card) => card.active);
      const active = cards.sort((a, b) => Number(b.id === now) - Number(a.id === now)).map(extent);
      this.canvas.reveal([...active, ...scene.tags.flatMap((tag) => (tag.active ? roomOf(tag) : []))]);
      this.minimap.mark(active);
    } else if (scene && state.selected !== before.selected) {
      this.canvas.reveal(scene.cards.filter(({ id }) => id === scene.view.highlight.selected).map(extent));
    }
  }

  /** Brings what was looked for into sight, once it is drawn. */
  #find() {
    const sought = this.scene?.cards.find(({ id }) => id === this.sought);
    if (!sought) return;
    this.sought = null;
    this.cards.reach(sought.id);
    this.canvas.reveal([extent(sought)]);
  }

  /** @param {State} state @param {Frame} frame @returns {Scene | null} what is drawn now */
  #scene(state, frame) {
    const { reading, hovered, selected } = state;
    const layout = this.placing.layoutOf(state);
    if (!reading || !layout) {
      this.svg.classList.add("stale"); // while a new layout is awaited, the old drawing stays
      this.svg.dataset.ready = "false";
      return null;
    }
    const last = this.scene;
    const highlight = this.#highlight(reading, layout, hovered, selected);
    const asked = question(state, frame.step) !== null;
    const scene = sceneOf(reading, layout, frame, highlight, this.glyphs, this.page.t, last, asked);
    this.scene = scene;
    this.canvas.size = { width: scene.width, height: scene.height };
    this.svg.classList.toggle("vast", Math.max(scene.width, scene.height) > VAST);
    this.frames.draw(scene.frames);
    this.wires.draw(scene.wires, scene.tags);
    this.cards.draw(scene.cards);
    this.which.hidden = !scene.cards.some(({ kind, value, grad }) => kind !== "constant" && value && grad);
    if (layout !== last?.view.layout) {
      this.minimap.draw(scene, scene.cards);
      this.#look();
    }
    this.svg.dataset.step = String(frame.step);
    this.svg.dataset.phase = frame.phase;
    this.svg.dataset.ready = String(state.answered === state.request);
    this.svg.classList.remove("stale");
    return scene;
  }

  /** Returns what lights up, found out anew only when something else is pointed at or chosen.
   * @param {import("../trace.js").Reading} reading @param {Layout} layout @param {string[]} hovered
   * @param {string | null} selected @returns {import("../highlight.js").Highlight} */
  #highlight(reading, layout, hovered, selected) {
    const key = [reading, layout.drawn, hovered, selected];
    if (!this.lights || key.some((part, at) => part !== this.lights?.key[at])) {
      this.lights = { key, highlight: highlightOf(reading, layout.drawn, hovered, selected) };
    }
    return this.lights.highlight;
  }

  /** Lets the numbers of the steps that were taken travel along their wires.
   * @param {State} state @param {number} from @param {number} to */
  #animate(state, from, to) {
    this.wires.still();
    if (this.page.calm() || this.page.document.hidden || !state.reading || !this.scene) return;
    const duration = Math.min(700, stepTime(state) * 0.7);
    if (duration < 90) return;
    this.wires.travel(travelsOf(state.reading, this.scene.view.layout.drawn, from, to), duration);
  }

  /** A new drawing is shown whole; one that only changed its numbers stays where it is, and one of
   * which a group was folded or unfolded stays where that group is.
   * @param {State} state */
  #settle({ layout, reading }) {
    if (!layout || !reading) return;
    this.canvas.readable = leastScale(layout, reading);
    const size = `${layout.direction} ${layout.width} ${layout.height} ${layout.boxes.size}`;
    const { held, fitted } = this;
    this.held = null;
    this.fitted = size;
    const [from, to] = [held?.layout, layout].map((one) => held && (one?.boxes.get(held.id) ?? one?.frames.get(held.id)));
    if (held?.layout && from && to) {
      this.canvas.hold(from, to);
      this.framing.tell();
      if (!this.page.calm()) this.#glide(held.layout, { x: to.x - from.x, y: to.y - from.y });
    } else if (size !== fitted && !this.canvas.touched) {
      this.framing.fit();
    }
    if (held?.focus) this.#focus(layout.boxes.has(held.id) ? held.id : this.#first(layout, held.id));
  }

  /** Lets what was drawn before glide to where it is now, and the rest appear.
   * @param {Layout} before @param {{x: number, y: number}} held how far the view went along */
  #glide({ boxes }, held) {
    this.cards.glide(GLIDE, ({ id, x, y }) => {
      const from = boxes.get(id);
      return from ? { x: from.x - x + held.x, y: from.y - y + held.y } : null;
    });
    for (const name of ["wires", "frames", "names", "tags"]) {
      for (const layer of this.canvas.world.querySelectorAll(`:scope > .${name}`)) {
        layer.animate([{ opacity: 0 }, { opacity: 1 }], { duration: GLIDE, easing: "ease-in" });
      }
    }
  }

  /** @param {Layout} layout @param {string} group @returns {string} the first of what is in it */
  #first({ drawn }, group) {
    const [first] = [...drawn.home].find(([, home]) => home === group || home.startsWith(`${group}/`)) ?? [""];
    return first;
  }

  /** Draws what came into sight, not what left it, and shows on the small map what that is. */
  #look() {
    const { view, whole } = this.canvas;
    this.minimap.look(view, whole);
    if (!this.scene) return;
    const sight = inSight(this.scene.view.layout, view);
    this.cards.see(sight.cards);
    this.wires.see(sight.wires);
    this.frames.see(sight.frames);
  }
}
