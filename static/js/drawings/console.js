/** The console: what the program printed, and what to beware of in the whole of it. */
import { sentence } from "../format.js";
import { element } from "../view/dom.js";
import { drawConsole } from "../view/notices.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */

export class ConsoleDrawing {
  /** @param {Page} page */
  constructor({ document }) {
    this.section = element(document, "console", HTMLElement);
    this.printed = element(document, "printed", HTMLElement);
  }

  /** @param {State} state @param {State} before */
  draw({ reading }, before) {
    if (reading === before.reading || !reading) return;
    drawConsole(this.section, this.printed, reading.trace.console, reading.trace.warnings.map(sentence));
  }
}
