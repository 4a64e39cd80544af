/** Draws what is to be said beside the drawing: errors, printed lines, notes. */
import { make, withCode } from "./dom.js";

/** @typedef {import("../state.js").ErrorDetail} ErrorDetail */
/** @typedef {import("../messages.js").Translate} Translate */

/** Shows an error, or nothing.
 * @param {HTMLElement} alert @param {ErrorDetail | null} error @param {Translate} t */
export function drawError(alert, error, t) {
  alert.hidden = error === null;
  const document = alert.ownerDocument;
  if (error === null) {
    alert.replaceChildren();
    return;
  }
  const { line, message } = error;
  const told = line === undefined ? message : t("error.place", { line, message });
  const parts = [withCode(make(document, "p"), told)];
  if (error.hint) parts.push(withCode(make(document, "p", "hint"), error.hint));
  alert.replaceChildren(...parts);
}

/** Shows what the program printed, short lines side by side; the whole part of the page is away if it
 * printed nothing. It has room for two columns even while there are three: no row comes up when a
 * number grows longer.
 * @param {HTMLElement} section @param {HTMLElement} output @param {string[]} lines
 * @param {string[]} remarks what is said of the program, in our voice and not in its own */
export function drawConsole(section, output, lines, remarks) {
  section.hidden = lines.length + remarks.length === 0;
  const all = lines.flatMap((line) => line.split("\n"));
  output.style.setProperty("--longest", `${Math.max(1, ...all.map((line) => line.length))}ch`);
  output.parentElement?.style.setProperty("--rows", String(Math.ceil(all.length / 2)));
  output.replaceChildren(
    ...all.map((line) => make(output.ownerDocument, "span", "", line)),
    ...remarks.map((remark) => withCode(make(output.ownerDocument, "span", "said-of"), remark)),
  );
}

/** Shows a sentence, or nothing.
 * @param {HTMLElement} place @param {string} text */
export function drawNote(place, text) {
  place.hidden = text === "";
  withCode(place, text);
}
