/** The embedded page: a way to the whole one, with what stands there now. */
import { onPage } from "../address.js";
import { toHash } from "../permalink.js";
import { withoutMarks } from "../phrases.js";
import { element } from "../view/dom.js";
import { drawNote } from "../view/notices.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */

export class EmbedDrawing {
  /** @param {Page} page */
  constructor({ document }) {
    this.edit = element(document, "edit", HTMLAnchorElement);
    this.note = element(document, "note", HTMLElement);
  }

  /** @param {State} state @param {State} before */
  draw(state, before) {
    this.edit.href = onPage(location.href, "", toHash(state));
    // Where errors usually stand is left out of a frame.
    if (state.error === before.error) return;
    drawNote(this.note, state.error ? this.#why(state.error) : "");
    this.note.classList.toggle("wrong", state.error !== null);
  }

  /** @param {import("../state.js").ErrorDetail} error */
  #why(error) {
    const { message, hint } = withoutMarks(error);
    return [message, hint].join(" ").trim();
  }
}
