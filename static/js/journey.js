/** Journey: the address says what is on the page, and a program that comes whole is an entry of its own
 * in the browser's history: Back returns to what was there.
 */
import { fromHash, toHash } from "./permalink.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Moment} Moment */

/** How long changes must rest before the address is written: browsers refuse to write it often. */
const RESTING = 250;

export class Journey {
  /** @param {import("./store.js").Store} store @param {Window} window */
  constructor(store, window) {
    this.store = store;
    this.window = window;
    this.due = 0;
  }

  /** Lets the address say what is on the page, once that rests. */
  follow() {
    this.window.clearTimeout(this.due);
    this.due = this.window.setTimeout(() => this.write(), RESTING);
  }

  /** Lets the address say at once what is on the page. */
  write() {
    this.window.clearTimeout(this.due);
    this.window.history.replaceState(null, "", toHash(this.store.state));
  }

  /** Goes to a program, in an entry of its own.
   * @param {Moment | null} moment null: the one that is there already
   * @param {string} [href] what else the address says from now on */
  go(moment, href = this.window.location.href) {
    this.write();
    this.window.history.pushState(null, "", href);
    if (moment) this.store.dispatch({ type: "load", ...moment });
    this.write();
  }

  /** Shows what the address says, to which somebody came back. */
  arrive() {
    const { hash } = this.window.location;
    const linked = fromHash(hash);
    if (!linked || hash === toHash(this.store.state)) return;
    const [direction, pace] = [linked.direction ?? undefined, linked.pace ?? "edge"];
    this.store.dispatch({ type: "load", ...linked, direction, pace });
  }
}
