/** Keys: what the keyboard does outside of text fields. Pure. */
import { lastStep } from "./state.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./state.js").Action} Action */

/** Returns the action of a key, or null if it has none.
 * @param {string} key @param {State} state @returns {Action | null} */
export function keyAction(key, state) {
  switch (key) {
    case "ArrowLeft":
      return { type: "previous" };
    case "ArrowRight":
      return { type: "next" };
    case "Home":
      return { type: "step", step: 0 };
    case "End":
      return { type: "step", step: lastStep(state) };
    case " ":
      return { type: state.playing ? "pause" : "play" };
    case "g":
      return state.selected === null ? null : { type: "visit", node: state.selected };
    case "Escape":
      return state.selected === null ? null : { type: "select", node: null };
    default:
      return null;
  }
}
