/** The arrangement: on a narrow page the inputs stand below the drawing that they move. They do so in the
 * document, too: who reads aloud or goes by Tab meets everything in the order in which it is seen.
 */
import { element } from "../view/dom.js";

/** Keeps the inputs where the width of the page wants them.
 * @param {import("../page.js").Page} page */
export function arrange({ document }) {
  const controls = element(document, "controls", HTMLElement);
  const program = /** @type {HTMLElement} */ (controls.parentElement);
  const below = element(document, "below", HTMLElement);
  const narrow = matchMedia("(max-width: 900px)");
  const place = () => {
    const { activeElement } = document;
    if (narrow.matches) below.before(controls);
    else program.append(controls);
    // What is moved loses the focus.
    if (activeElement instanceof HTMLElement && controls.contains(activeElement)) activeElement.focus();
  };
  narrow.addEventListener("change", place);
  place();
}
