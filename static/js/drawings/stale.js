/** Stale: while the program in the editor has an error, the whole page says that what it shows is of the
 * last program that ran; what that looks like is in stale.css.
 */
import { isStale } from "../state.js";

/** @typedef {import("../state.js").State} State */

export class StaleDrawing {
  /** @param {import("../page.js").Page} page */
  constructor({ document }) {
    this.root = document.documentElement;
  }

  /** @param {State} state */
  draw(state) {
    this.root.toggleAttribute("data-stale", isStale(state));
  }
}
