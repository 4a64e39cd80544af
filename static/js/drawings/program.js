/** The program: the text, what is wrong with it, and which part of it is lit. */
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
  }

  /** @param {State} state @param {State} before */
  draw(state, before) {
    if (state.error !== before.error || state.reading !== before.reading) {
      drawError(this.alert, state.error, this.t);
      this.editor.underline(state.error);
    }
    if (state.hovered !== before.hovered || state.selected !== before.selected) {
      this.editor.light(litSpans(state));
    }
    if (state.source !== before.source) this.editor.show(state.source);
  }
}

/** Spans are places in the program that was traced: in another text they mean nothing.
 * @param {State} state @returns {[number, number][]} */
function litSpans({ source, reading, hovered, selected }) {
  if (reading?.trace.source !== source) return [];
  const nodes = hovered.length ? hovered : selected ? [selected] : [];
  return nodes.flatMap((id) => {
    const span = reading.byId.get(id)?.span;
    return span ? [span] : [];
  });
}
