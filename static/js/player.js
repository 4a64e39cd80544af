/** Player: takes one step after another while the state says so. */
import { lastStep } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./store.js").Dispatch} Dispatch */

/** Milliseconds of one step at normal speed; with many steps each is shorter. */
const STEP = 1100;
const WHOLE = 60_000;

/** Returns how long one step is shown.
 * @param {State} state @returns {number} milliseconds */
export function stepTime(state) {
  return Math.min(STEP, Math.max(60, WHOLE / Math.max(1, lastStep(state)))) / state.speed;
}

export class Player {
  /** @param {Dispatch} dispatch
   * @param {{setTimeout: (work: () => void, wait: number) => number,
   *   clearTimeout: (timer: number) => void}} clock */
  constructor(dispatch, clock) {
    this.dispatch = dispatch;
    this.clock = clock;
    /** @type {number | null} */
    this.timer = null;
  }

  /** Follows the state: a step is due while it plays.
   * @param {State} state @param {State} before */
  follow(state, before) {
    const changed =
      state.playing !== before.playing || state.step !== before.step || state.speed !== before.speed;
    if (!changed) return;
    if (this.timer !== null) this.clock.clearTimeout(this.timer);
    this.timer = null;
    if (!state.playing) return;
    this.timer = this.clock.setTimeout(() => {
      this.timer = null;
      this.dispatch({ type: "advance" });
    }, stepTime(state));
  }
}
