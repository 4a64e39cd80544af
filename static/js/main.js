/** Wires the page: state to drawings, events to actions, effects to what they follow. */
import { Api } from "./api.js";
import { explain } from "./explain.js";
import { number, short, sign } from "./format.js";
import { frameAt } from "./frame.js";
import { keyAction } from "./keys.js";
import { Layouter } from "./layouter.js";
import { translator } from "./messages.js";
import { fromHash, toHash } from "./permalink.js";
import { Player, stepTime } from "./player.js";
import { sceneOf } from "./scene.js";
import { initialState, lastStep, stepOf } from "./state.js";
import { Store } from "./store.js";
import { neighbours, nodesAt } from "./trace.js";
import { element } from "./view/dom.js";
import { ProgramEditor } from "./view/editor.js";
import { GraphView } from "./view/graph.js";
import { InputsView } from "./view/inputs.js";
import { drawConsole, drawError, drawNote } from "./view/notices.js";
import { PanelView } from "./view/panel.js";
import { TransportView } from "./view/transport.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./explain.js").Operation} Operation */
/** @typedef {{id: string, title: string, text: string, source: string,
 *   inputs: Record<string, number>}} Example */

/** How long typing must rest before the program is sent, and a link before it is written. */
const TYPING = 180;
const LINKING = 250;
/** How long until a server that did not answer is asked again. */
const RETRY = 2_000;
/** Values beyond this are not drawn: nobody could read them, and the page would stand still. */
const DRAWABLE = 1_500;

/** @template T @param {string} id @returns {T} what the server put into the page */
const given = (id) => JSON.parse(element(document, id, HTMLScriptElement).textContent ?? "");

const t = translator(given("messages"));
/** @type {Map<string, Operation>} */
const operations = new Map(given("operations").map((/** @type {Operation} */ row) => [row.name, row]));
const glyphs = new Map([...operations.values()].map(({ name, glyph }) => [name, glyph]));
/** @type {Example[]} */
const examples = given("examples");

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const store = new Store(initialState(beginning()));
const { dispatch } = store;

/** @param {string} key @returns {string | null} what was kept, if this browser keeps anything */
function remembered(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** @returns {Partial<State>} what the address asks for, or the example that everybody knows */
function beginning() {
  const linked = fromHash(location.hash);
  const theme = /** @type {State["theme"]} */ (remembered("theme") ?? "auto");
  const narrow = matchMedia("(max-width: 900px)").matches;
  const direction = linked?.direction ?? (narrow ? "TB" : "LR");
  if (linked) return { ...linked, direction, theme };
  const first = examples.find(({ id }) => id === "chain-rule") ?? examples[0];
  return { source: first.source, inputs: first.inputs, example: first.id, theme, direction };
}

// -- drawings -------------------------------------------------------------------------------------

const editor = new ProgramEditor(
  element(document, "editor", HTMLElement),
  store.state.source,
  {
    edit: (source) => dispatch({ type: "edit", source }),
    point: (place) => {
      const { reading } = store.state;
      const nodes = place === null || !reading ? [] : nodesAt(reading, place);
      dispatch({ type: "hover", nodes });
    },
  },
  t,
);
const svg = element(document, "graph", SVGSVGElement);
const graph = new GraphView(
  svg,
  {
    hover: (id) => dispatch({ type: "hover", nodes: id === null ? [] : [id] }),
    select: (id) => dispatch({ type: "select", node: store.state.selected === id ? null : id }),
  },
  () => calm.matches,
  t,
);
const transport = new TransportView(
  document,
  {
    step: (step) => dispatch({ type: "step", step }),
    play: () => dispatch({ type: "play" }),
    pause: () => dispatch({ type: "pause" }),
    speed: (speed) => dispatch({ type: "speed", speed }),
  },
  t,
);
const inputs = new InputsView(
  element(document, "inputs", HTMLElement),
  (name, value) => dispatch({ type: "set", name, value }),
  (name) => dispatch({ type: "unset", name }),
  t,
);
const panel = new PanelView(element(document, "panel", HTMLElement));
const layouter = new Layouter(
  () => new Worker(new URL("./layout-worker.js", import.meta.url), { type: "module" }),
);
const api = new Api(dispatch, fetch.bind(window), t("error.unreachable"));
const player = new Player(dispatch, {
  setTimeout: (work, wait) => window.setTimeout(work, wait),
  clearTimeout: (timer) => window.clearTimeout(timer),
});

/** @param {State} state @param {Frame} frame */
function drawGraph(state, frame) {
  const { reading, layout } = state;
  if (!reading || !layout || layout.shape !== reading.shape) {
    svg.classList.add("stale"); // while a new layout is awaited, the old drawing stays
    svg.dataset.ready = "false";
    return;
  }
  const chosen = state.hovered.length ? state.hovered : state.selected ? [state.selected] : [];
  const lit = new Set(chosen.flatMap((id) => [...neighbours(reading, id)]));
  const highlight = { lit, chosen: new Set(chosen), selected: state.selected };
  const scene = sceneOf(reading, layout, frame, highlight, glyphs, t);
  graph.draw(scene);
  svg.dataset.step = String(frame.step);
  svg.dataset.phase = frame.phase;
  svg.dataset.ready = String(state.answered === state.request);
  svg.classList.remove("stale");
  return scene;
}

/** @param {State} state @param {Frame} frame */
function drawInputs({ reading, inputs: set }, frame) {
  if (!reading) return;
  inputs.draw(
    reading.trace.inputs.map(({ name, node, initial, defaulted }) => {
      const grad = frame.grads.get(node) ?? null;
      const value = set[name] ?? number(initial);
      const changed = name in set;
      return { name, value, grad: short(grad), gradSign: sign(grad), defaulted, changed };
    }),
  );
}

/** @param {State} state @param {Frame} frame */
function drawPanel({ reading }, frame) {
  if (reading) panel.draw(explain(reading, frame.current, operations, t));
}

/** @param {State} state */
function drawNotes({ reading, error }) {
  drawError(element(document, "error", HTMLElement), error, t);
  const hidden = reading?.hidden ?? 0;
  const output = reading?.byId.get(reading.trace.output)?.label ?? "";
  const note = hidden ? t("graph.hidden", { count: hidden, output }) : "";
  const large = reading && reading.nodes.length > DRAWABLE;
  const text = large ? t("graph.large", { count: reading.nodes.length }) : note;
  drawNote(element(document, "note", HTMLElement), text);
  const lines = reading?.trace.console ?? [];
  drawConsole(
    element(document, "console", HTMLElement),
    element(document, "printed", HTMLElement),
    [...lines, ...(reading?.trace.warnings ?? [])],
  );
}

/** Lets the numbers of a single step forwards travel along their wires.
 * @param {State} state @param {Frame} frame */
function animate(state, frame) {
  graph.still();
  const { current } = frame;
  if (!current || calm.matches || document.hidden || !state.reading) return;
  const duration = Math.min(700, stepTime(state) * 0.7);
  if (duration < 90) return;
  const { byId, edges } = state.reading;
  if (current.phase === "forward") {
    const makes = byId.get(current.node)?.makes ?? [];
    const travels = makes.map((index) => {
      const operand = byId.get(edges.get(index)?.source ?? "");
      return { index, text: short(number(operand?.value ?? "NaN")), backwards: false };
    });
    graph.travel(travels, duration);
  } else if (current.kind === "accumulate") {
    const text = short(number(current.contribution));
    graph.travel([{ index: current.edge, text, backwards: true }], duration);
  }
}

// -- what follows a change of state ---------------------------------------------------------------

let typing = 0;
let linking = 0;
let fitted = "";

/** @param {State} state @param {State} before */
function update(state, before) {
  const { reading } = state;
  if (reading) {
    const frame = frameAt(reading, stepOf(state));
    const scene = drawGraph(state, frame);
    transport.draw({
      step: frame.step,
      last: lastStep(state),
      forward: reading.forward,
      phase: frame.phase,
      playing: state.playing,
      speed: state.speed,
    });
    drawInputs(state, frame);
    drawPanel(state, frame);
    if (state.moved !== before.moved) animate(state, frame);
    else if (state.step !== before.step) graph.still();
    if (scene && (state.moved !== before.moved || state.step !== before.step)) {
      graph.reveal(scene.cards.filter(({ active }) => active));
    }
  }
  if (state.error !== before.error || reading !== before.reading) {
    drawNotes(state);
    editor.underline(state.error);
  }
  if (state.hovered !== before.hovered || state.selected !== before.selected) drawLights(state);
  if (state.source !== before.source) editor.show(state.source);
  if (state.request !== before.request) ask(state, before);
  if (state.request !== state.answered) svg.dataset.ready = "false";
  if (state.error !== before.error && state.error?.code === "unreachable") retry();
  if (reading !== before.reading || state.direction !== before.direction) place(state);
  if (state.layout !== before.layout) fitOnce(state);
  if (state.theme !== before.theme) paint(state);
  if (state.example !== before.example) pick(state);
  player.follow(state, before);
  link(state);
}

/** Asks again, until the server is back or something else is asked. */
function retry() {
  window.setTimeout(() => {
    if (store.state.error?.code === "unreachable") api.ask(store.state).then(() => {
      if (store.state.error?.code === "unreachable") retry();
    });
  }, RETRY);
}

/** Spans are places in the program that was traced: in another text they mean nothing.
 * @param {State} state */
function drawLights({ source, reading, hovered, selected }) {
  if (reading?.trace.source !== source) return editor.light([]);
  const nodes = hovered.length ? hovered : selected ? [selected] : [];
  const spans = nodes.flatMap((id) => reading?.byId.get(id)?.span ?? []);
  /** @type {[number, number][]} */
  const pairs = [];
  for (let i = 0; i < spans.length; i += 2) pairs.push([spans[i], spans[i + 1]]);
  editor.light(pairs);
}

/** Asks at once for new numbers, and for a new text when the typing rests.
 * @param {State} state @param {State} before */
function ask(state, before) {
  clearTimeout(typing);
  const typed = state.source !== before.source && state.example === null;
  if (typed) typing = window.setTimeout(() => api.ask(store.state), TYPING);
  else api.ask(state);
}

/** @param {State} state */
function place({ reading, direction }) {
  if (!reading) return;
  if (reading.nodes.length > DRAWABLE) {
    graph.draw({ width: 0, height: 0, cards: [], wires: [], tags: [] });
    return;
  }
  const note = element(document, "note", HTMLElement);
  const waiting = window.setTimeout(() => drawNote(note, t("graph.waiting")), 700);
  layouter.place(
    reading,
    direction,
    (layout) => {
      clearTimeout(waiting);
      dispatch({ type: "placed", layout });
      drawNotes(store.state);
    },
    (message) => {
      clearTimeout(waiting);
      drawNote(element(document, "note", HTMLElement), t("graph.failed", { message }));
    },
  );
}

/** A new drawing is shown whole; one that only changed its numbers stays where it is.
 * @param {State} state */
function fitOnce({ layout }) {
  if (!layout) return;
  const size = `${layout.direction} ${layout.width} ${layout.height} ${layout.boxes.size}`;
  if (size !== fitted && !graph.touched) showPart(graph.fit());
  fitted = size;
}

/** Says that there is more of the drawing than is in sight.
 * @param {boolean} whole */
function showPart(whole) {
  element(document, "fit", HTMLButtonElement).classList.toggle("more", !whole);
  element(document, "part", HTMLElement).hidden = whole;
}

/** @param {State} state */
function link(state) {
  clearTimeout(linking);
  linking = window.setTimeout(() => history.replaceState(null, "", toHash(state)), LINKING);
}

/** @param {State} state */
function paint({ theme }) {
  document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem("theme", theme);
  } catch {
    // A browser that keeps nothing shows what was chosen, until the page is closed.
  }
  element(document, "theme", HTMLSelectElement).value = theme;
}

/** @param {State} state */
function pick({ example }) {
  const chosen = examples.find(({ id }) => id === example);
  element(document, "examples-menu", HTMLSelectElement).value = example ?? "";
  drawNote(element(document, "lesson", HTMLElement), chosen?.text ?? "");
}

// -- events -----------------------------------------------------------------------------------------

element(document, "examples-menu", HTMLSelectElement).addEventListener("change", (event) => {
  const { value } = /** @type {HTMLSelectElement} */ (event.target);
  const chosen = examples.find(({ id }) => id === value);
  if (!chosen) return;
  const { source, inputs: set, id } = chosen;
  history.pushState(null, "", location.href); // so that Back returns to what was there
  graph.touched = false;
  dispatch({ type: "load", source, inputs: set, example: id });
});
element(document, "theme", HTMLSelectElement).addEventListener("change", (event) => {
  const { value } = /** @type {HTMLSelectElement} */ (event.target);
  dispatch({ type: "theme", theme: /** @type {State["theme"]} */ (value) });
});
element(document, "direction", HTMLSelectElement).addEventListener("change", (event) => {
  const { value } = /** @type {HTMLSelectElement} */ (event.target);
  dispatch({ type: "turn", direction: value === "TB" ? "TB" : "LR" });
});
element(document, "fit", HTMLButtonElement).addEventListener("click", () =>
  showPart(graph.fit({ whole: true, animated: true })),
);
element(document, "zoom-in", HTMLButtonElement).addEventListener("click", () => graph.scaleBy(1.3));
element(document, "zoom-out", HTMLButtonElement).addEventListener("click", () => graph.scaleBy(1 / 1.3));
element(document, "copy", HTMLButtonElement).addEventListener("click", async (event) => {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  history.replaceState(null, "", toHash(store.state));
  if (navigator.clipboard) await navigator.clipboard.writeText(location.href);
  else window.prompt(t("nav.source"), location.href); // without https there is no clipboard
  button.textContent = t("nav.copied");
  window.setTimeout(() => (button.textContent = t("nav.source")), 1500);
});
document.addEventListener("keydown", (event) => {
  const at = /** @type {Element} */ (event.target);
  const modified = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
  if (modified || at.closest("input, select, textarea, [contenteditable=true], .formula")) return;
  if (event.key === " " && at.closest("button, a")) return;
  const action = keyAction(event.key, store.state);
  if (!action) return;
  event.preventDefault();
  dispatch(action);
});
window.addEventListener("hashchange", () => {
  const linked = fromHash(location.hash);
  if (!linked || location.hash === toHash(store.state)) return;
  const { direction } = linked;
  dispatch({ type: "load", ...linked, direction: direction ?? undefined, example: null });
});
new ResizeObserver(() => graph.touched || showPart(graph.fit())).observe(svg);

store.listen(update);
paint(store.state);
pick(store.state);
element(document, "direction", HTMLSelectElement).value = store.state.direction;
layouter.warm();
api.ask(store.state);
