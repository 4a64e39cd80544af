/** The panel: what the current step does, and what the next one will, for who wants to predict it. */
import { copy } from "../clipboard.js";
import { explain } from "../explain.js";
import { asked } from "../questions.js";
import { stepOf } from "../state.js";
import { element } from "../view/dom.js";
import { drawNote } from "../view/notices.js";
import { PanelView } from "../view/panel.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */

export class PanelDrawing {
  /** @param {Page} page */
  constructor(page) {
    const { document, dispatch, t } = page;
    this.page = page;
    this.caption = element(document, "caption", HTMLElement);
    this.view = new PanelView(
      element(document, "panel", HTMLElement),
      {
        go: ({ node, step }) => {
          if (step !== null) dispatch({ type: "step", step });
          dispatch({ type: "select", node });
        },
        answer: (text) => dispatch({ type: "answer", text }),
        skip: () => dispatch({ type: "skip" }),
        copy: (button) => copy(button, this.#explained(page.state())?.latex ?? "", t("explain.copied")),
      },
      t,
    );
  }

  /** @param {State} state */
  draw(state) {
    const explanation = this.#explained(state);
    if (!explanation) return;
    const { operations, t } = this.page;
    this.view.draw(explanation, asked(state, operations, t));
    drawNote(this.caption, explanation.title);
  }

  /** @param {State} state */
  #explained(state) {
    const { operations, t } = this.page;
    return state.reading && explain(state.reading, stepOf(state), operations, t);
  }
}
