/** Page: what every drawing works with. A drawing turns the state into what its part of the page
 * shows, and what happens there into actions; it knows nothing of the other drawings.
 */
import { translator } from "./messages.js";
import { worded } from "./symbols.js";
import { element } from "./view/dom.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./formulas.js").Operation} Operation */
/** @typedef {{id: string, title: string, text: string, source: string,
 *   inputs: Record<string, number>}} Example */
/** @typedef {{document: Document, dispatch: import("./store.js").Dispatch, state: () => State,
 *   t: import("./messages.js").Translate, operations: Map<string, Operation>,
 *   examples: Example[], calm: () => boolean, startLayout: () => Worker,
 *   answers: boolean, kept: import("./handover.js").Kept,
 *   go: (moment: import("./state.js").Moment | null, href?: string) => void}} Page
 *   `calm`: whether things should not move. `startLayout` starts what lays drawings out.
 *   `answers`: whether somebody answers, when other numbers are tried. `kept`: what the parts of the
 *   page took along from the page in another language. `go` goes to a program from which Back returns,
 *   and to an address that says more than it. */
/** @typedef {{draw: (state: State, before: State, frame: Frame | null) => void,
 *   keep?: () => import("./handover.js").Kept}} Drawing
 *   `draw` is called after every change; there is no frame before the first trace. `keep` returns what
 *   the page in another language is to take along, besides the state. */

/** Returns what the server put into a page under an id.
 * @template T @param {Document} document @param {string} id @returns {T} */
export function put(document, id) {
  return JSON.parse(element(document, id, HTMLScriptElement).textContent ?? "");
}

/** Returns what the server puts into every page.
 * @param {Document} document */
export function given(document) {
  /** @type {Operation[]} */
  const operations = put(document, "operations");
  /** @type {Example[]} */
  const examples = put(document, "examples");
  const t = translator(put(document, "messages"));
  return {
    t,
    operations: new Map(operations.map((row) => [row.name, worded(row, t)])),
    examples,
  };
}
