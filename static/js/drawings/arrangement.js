/** The arrangement: on a narrow page the drawing comes first, and stays in sight while one reads on below
 * it. It does so in the document, too: who reads aloud or goes by Tab meets everything in the order in
 * which it is seen.
 */
import { element, relocate } from "../view/dom.js";

/** Keeps lesson, program and inputs where the width of the page wants them.
 * @param {import("../page.js").Page} page */
export function arrange({ document }) {
  const column = element(document, "column", HTMLElement);
  const stage = element(document, "graph-area", HTMLElement);
  const below = element(document, "below", HTMLElement);
  const narrow = matchMedia("(max-width: 900px)");
  const place = () => relocate(column, () => (narrow.matches ? below : stage).before(column));
  narrow.addEventListener("change", place);
  place();
}
