/** The caption: on a narrow page, right below the drawing, what the step does, or what was just chosen. */
import { inspect, lookedAt } from "../inspect.js";
import { element } from "../view/dom.js";
import { CaptionView } from "../view/caption.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */

export class CaptionDrawing {
  /** @param {Page} page */
  constructor(page) {
    const { document, dispatch, t } = page;
    const inspector = element(document, "inspector", HTMLElement);
    this.page = page;
    /** Whether something was chosen since the last step. */
    this.chosen = false;
    this.view = new CaptionView(
      element(document, "account", HTMLElement),
      element(document, "caption", HTMLElement),
      {
        close: () => dispatch({ type: "select", node: null }),
        more: () => {
          this.chosen = false; // what is said there is said at length now
          this.view.draw(null);
          inspector.scrollIntoView({ block: "start" });
          inspector.focus({ preventScroll: true });
        },
      },
      t,
    );
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw(state, before, frame) {
    if (state.selected !== before.selected) this.chosen = state.selected !== null;
    else if (state.step !== before.step) this.chosen = false;
    const node = this.chosen && frame ? lookedAt(state, frame) : null;
    this.view.draw(node && frame && inspect(state, frame, node, this.page.operations, this.page.t));
  }
}
