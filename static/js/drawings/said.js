/** What is said aloud: each step in one sentence, unless they follow one another too fast for that. */
import { stepTime } from "../player.js";
import { said } from "../said.js";
import { element } from "../view/dom.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../frame.js").Frame} Frame */

/** Milliseconds that a sentence takes at least. */
const SENTENCE = 1_000;

export class SaidDrawing {
  /** @param {Page} page */
  constructor(page) {
    this.page = page;
    this.region = element(page.document, "said", HTMLElement);
  }

  /** @param {State} state @param {State} before @param {Frame | null} frame */
  draw(state, before, frame) {
    if (!state.reading || !frame || state.step === before.step) return;
    if (state.playing && stepTime(state) < SENTENCE) return;
    this.region.textContent = said(state.reading, frame.current, this.page.t);
  }
}
