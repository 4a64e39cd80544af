/** The arrangement: on a narrow page the inputs stand below the drawing that they move. They do so in the
 * document, too: who reads aloud or goes by Tab meets everything in the order in which it is seen.
 */
import { element } from "../view/dom.js";

export class ArrangementDrawing {
  /** @param {import("../page.js").Page} page */
  constructor({ document }) {
    this.document = document;
    this.controls = element(document, "controls", HTMLElement);
    this.program = /** @type {HTMLElement} */ (this.controls.parentElement);
    this.below = element(document, "below", HTMLElement);
    this.narrow = matchMedia("(max-width: 900px)");
    this.narrow.addEventListener("change", () => this.#arrange());
    this.#arrange();
  }

  draw() {}

  #arrange() {
    const { activeElement } = this.document;
    if (this.narrow.matches) this.below.before(this.controls);
    else this.program.append(this.controls);
    // What is moved loses the focus.
    if (activeElement instanceof HTMLElement && this.controls.contains(activeElement)) activeElement.focus();
  }
}
