/** The program: the text, what is wrong with it, and which part of it is lit. */
import { litText } from "../highlight.js";
import { withoutMarks } from "../phrases.js";
import { stepOf } from "../state.js";
import { nodesAt } from "../trace.js";
import { element } from "../view/dom.js";
import { ProgramEditor } from "../view/editor.js";
import { drawError } from "../view/notices.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */

export class ProgramDrawing {
  /** @param {Page} page */
  constructor({ document, dispatch, state, t }) {
    this.t = t;
    this.lit = "[]";
    this.alert = element(document, "error", HTMLElement);
    this.editor = new ProgramEditor(
      element(document, "editor", HTMLElement),
      state().source,
      {
        edit: (source) => dispatch({ type: "edit", source }),
        point: (place) => {
          const { reading, source } = state();
          const nodes = place === null || reading?.trace.source !== source ? [] : nodesAt(reading, place);
          dispatch({ type: "hover", nodes });
        },
      },
      t,
    );
    this.editor.takeOver(element(document, "typed", HTMLTextAreaElement));
  }

  /** @param {State} state @param {State} before */
  draw(state, before) {
    if (state.source !== before.source) this.editor.show(state.source);
    if (state.error !== before.error || state.reading !== before.reading) {
      drawError(this.alert, state.error, this.t);
      this.editor.underline(state.error && withoutMarks(state.error));
    }
    const lit = JSON.stringify(litIn(state));
    if (lit !== this.lit) this.editor.light(JSON.parse((this.lit = lit)));
  }
}

/** @param {State} state */
const litIn = (state) =>
  litText(state.reading, state.source, stepOf(state), state.hovered, state.selected);
