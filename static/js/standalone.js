/** Standalone: wires a file that carries its trace with it. It has no server, and asks nobody. */
import { ConsoleDrawing } from "./drawings/console.js";
import { stage } from "./drawings/stage.js";
import { frameAt } from "./frame.js";
import { followKeys } from "./keyboard.js";
import { given, put } from "./page.js";
import { phrasebook, translated } from "./phrases.js";
import { Player } from "./player.js";
import { initialState, stepOf } from "./state.js";
import { Store } from "./store.js";
import { instance } from "../vendor/viz.js";

/** @typedef {import("./state.js").State} State */

/** Lays out on the page's own thread, in the manner of a worker: a file has no address that a
 * worker could be started from. */
class OwnThread {
  /** @type {((event: {data: unknown}) => void) | null} */
  onmessage = null;

  /** @param {string} dot */
  async postMessage(dot) {
    const graphviz = await instance();
    this.onmessage?.({ data: { json: graphviz.renderJSON(dot) } });
  }

  terminate() {
    this.onmessage = null;
  }
}

const motion = matchMedia("(prefers-reduced-motion: reduce)");
/** @type {import("./trace.js").Trace} */
const trace = put(document, "trace");
const direction = matchMedia("(max-width: 700px)").matches ? "TB" : "LR";
const store = new Store(initialState({ source: trace.source, direction }));
const { dispatch } = store;
const player = new Player(dispatch, {
  setTimeout: (work, wait) => window.setTimeout(work, wait),
  clearTimeout: (timer) => window.clearTimeout(timer),
});
/** @type {import("./page.js").Page} */
const page = {
  ...given(document),
  document,
  dispatch,
  state: () => store.state,
  calm: () => motion.matches,
  answers: false,
  kept: {},
  go: () => {}, // there is nothing in a file that leads to another program
  startLayout: () => /** @type {Worker} */ (/** @type {unknown} */ (new OwnThread())),
};
/** @type {import("./page.js").Drawing[]} */
const drawings = [...stage(page), new ConsoleDrawing(page)];

/** @param {State} state @param {State} before */
function update(state, before) {
  const frame = state.reading && frameAt(state.reading, stepOf(state));
  for (const drawing of drawings) drawing.draw(state, before, frame);
  player.follow(state, before);
}

store.listen(update);
followKeys(document, store);
const say = phrasebook(put(document, "phrases"));
dispatch(translated({ type: "traced", request: store.state.request, trace }, say));
