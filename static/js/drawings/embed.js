/** The embedded page: a way to the whole one, with what stands there now. */
import { onPage } from "../address.js";
import { toHash } from "../permalink.js";
import { element } from "../view/dom.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */

export class EmbedDrawing {
  /** @param {Page} page */
  constructor({ document }) {
    this.edit = element(document, "edit", HTMLAnchorElement);
  }

  /** @param {State} state */
  draw(state) {
    this.edit.href = onPage(location.href, "", toHash(state));
  }
}
