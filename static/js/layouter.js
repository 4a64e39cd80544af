/** Layouter: has drawings laid out in a worker, and keeps the layouts that it has seen. */
import { layered } from "./layers.js";
import { fromGraphviz, toDot } from "./layout.js";

/** @typedef {import("./fold.js").Folded} Folded */
/** @typedef {import("./layout.js").Direction} Direction */
/** @typedef {import("./layout.js").Layout} Layout */

const KEPT = 24;
/** Layers that edges may cross altogether before Graphviz would take seconds. */
const CROSSED = 9_000;

export class Layouter {
  /** @param {() => Worker} start */
  constructor(start) {
    this.start = start;
    /** @type {Worker | null} */
    this.worker = null;
    /** @type {Map<string, Layout>} */
    this.known = new Map();
    /** @type {string | null} */
    this.pending = null;
  }

  /** Starts the worker, so that the engine is loaded when the first layout is asked for. */
  warm() {
    this.worker ??= this.start();
    return this.worker;
  }

  /** Calls back with the layout of a drawing: at once if its shape has been seen before. Only the
   * newest question is answered; a worker that is still busy with an older one is replaced.
   * @param {Folded} drawn @param {Direction} direction
   * @param {(layout: Layout) => void} done @param {(message: string) => void} failed */
  place(drawn, direction, done, failed) {
    const key = `${direction}|${drawn.shape}`;
    const known = this.known.get(key);
    if (known) {
      this.#stop();
      done(known);
      return;
    }
    if (this.pending === key) return;
    this.#stop();
    const simple = layered(drawn, direction);
    if (simple.crossed > CROSSED) {
      this.#keep(key, simple.layout);
      done(simple.layout);
      return;
    }
    this.pending = key;
    const worker = this.warm();
    worker.onmessage = ({ data }) => {
      this.pending = null;
      if (data.error) return failed(data.error);
      const layout = fromGraphviz(data.json, drawn, direction);
      this.#keep(key, layout);
      done(layout);
    };
    worker.postMessage(toDot(drawn, direction));
  }

  /** @param {string} key @param {Layout} layout */
  #keep(key, layout) {
    this.known.set(key, layout);
    if (this.known.size > KEPT) this.known.delete([...this.known.keys()][0]);
  }

  #stop() {
    if (this.pending === null) return;
    this.worker?.terminate();
    this.worker = null;
    this.pending = null;
  }
}
