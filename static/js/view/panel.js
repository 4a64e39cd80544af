/** Draws what happens now: a title, sentences, the rule in symbols and with numbers. */
import katex from "../../vendor/katex.js";
import { make } from "./dom.js";

/** @typedef {import("../explain.js").Explanation} Explanation */

export class PanelView {
  /** @param {HTMLElement} parent */
  constructor(parent) {
    this.parent = parent;
    this.document = parent.ownerDocument;
    this.shown = "";
  }

  /** @param {Explanation} explanation */
  draw(explanation) {
    const key = JSON.stringify(explanation);
    if (key === this.shown) return;
    this.shown = key;
    const formulas = explanation.formulas.map((formula) => {
      const line = make(this.document, "div", "formula");
      line.tabIndex = 0; // a formula wider than the panel is scrolled with the arrow keys
      katex.render(formula, line, { throwOnError: false, displayMode: true, strict: false });
      return line;
    });
    const sentences = explanation.sentences.map((sentence) =>
      make(this.document, "p", "", sentence),
    );
    const words = make(this.document, "div", "words");
    words.append(make(this.document, "h3", "", explanation.title), ...sentences);
    const maths = make(this.document, "div", "maths");
    maths.append(...formulas);
    this.parent.replaceChildren(words, maths);
    for (const line of formulas) {
      const room = line.clientWidth / line.scrollWidth;
      if (room < 1) line.style.fontSize = `${Math.max(0.7, room)}em`;
    }
  }
}
