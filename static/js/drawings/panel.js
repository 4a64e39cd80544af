/** The panel: what the current step does. */
import { explain } from "../explain.js";
import { element } from "../view/dom.js";
import { PanelView } from "../view/panel.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */

export class PanelDrawing {
  /** @param {Page} page */
  constructor({ document, operations, t }) {
    this.operations = operations;
    this.t = t;
    this.view = new PanelView(element(document, "panel", HTMLElement));
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw({ reading }, before, frame) {
    if (reading && frame) this.view.draw(explain(reading, frame.current, this.operations, this.t));
  }
}
