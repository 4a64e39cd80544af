/** The inputs: a slider and a number for each, with its gradient as far as it is known. */
import { knobsOf } from "../knobs.js";
import { element } from "../view/dom.js";
import { InputsView } from "../view/inputs.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */

export class InputsDrawing {
  /** @param {Page} page */
  constructor({ document, dispatch, t }) {
    this.view = new InputsView(
      element(document, "inputs", HTMLElement),
      (name, value) => dispatch({ type: "set", name, value }),
      (name) => dispatch({ type: "unset", name }),
      t,
    );
    this.t = t;
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw(state, before, frame) {
    if (state.reading && frame) this.view.draw(knobsOf(state, frame, this.t));
  }
}
