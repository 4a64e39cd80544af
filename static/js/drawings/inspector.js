/** The inspector: what the engine stores of the value that is looked at, and what its gradient means. */
import { inspect, lookedAt } from "../inspect.js";
import { element } from "../view/dom.js";
import { InspectorView } from "../view/inspector.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */

export class InspectorDrawing {
  /** @param {Page} page */
  constructor({ document, dispatch, operations, answers, t }) {
    this.operations = operations;
    this.answers = answers;
    this.t = t;
    this.view = new InspectorView(
      element(document, "inspector", HTMLElement),
      {
        select: (node) => dispatch({ type: "select", node }),
        visit: (node) => dispatch({ type: "visit", node }),
        use: (node) => dispatch({ type: "use", node }),
        try: (name) => dispatch({ type: "try", name }),
        undo: () => dispatch({ type: "undo" }),
      },
      t,
    );
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw(state, before, frame) {
    const node = frame && lookedAt(state, frame);
    if (!node) return this.view.draw(null);
    const inspection = inspect(state, frame, node, this.operations, this.t);
    this.view.draw({ ...inspection, tryable: inspection.tryable && this.answers });
  }
}
