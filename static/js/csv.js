/** CSV: pasted rows of numbers as columns by name. Pure. */

/** @typedef {Record<string, number[]>} Columns */
/** @typedef {{columns: Columns}
 *   | {problem: "empty" | "one" | "name" | "word" | "taken" | "twice" | "cells" | "number" | "many", line: number, text: string}} Parsed
 *   `problem` is what a message is about; `text` is what it names. */

/** Rows that are trained on: a step over more would not be lively. */
export const MOST_ROWS = 2_000;

/** Words of the language, which nothing can be called. */
const WORDS = new Set(
  ("and as assert async await break class continue def del elif else except False finally for from global if import " +
    "in is lambda None nonlocal not or pass raise return True try while with yield").split(" "),
);
/** Names that the network for the data gives to other things. */
const TAKEN = new Set(["model", "score", "loss"]);

/** Returns the columns of a text whose first line names them, or what is wrong with it.
 * @param {string} text @returns {Parsed} */
export function parsed(text) {
  const lines = text
    .split(/\r?\n/)
    .map((content, index) => ({ content: content.trim(), line: index + 1 }))
    .filter(({ content }) => content !== "");
  if (lines.length < 2) return { problem: "empty", line: 1, text: "" };
  if (lines.length - 1 > MOST_ROWS) return { problem: "many", line: 1, text: String(MOST_ROWS) };
  const separator = [";", "\t", ","].find((sign) => lines[0].content.includes(sign)) ?? ",";
  const cells = (/** @type {string} */ content) => content.split(separator).map((cell) => cell.trim());
  const names = cells(lines[0].content);
  if (names.length < 2) return { problem: "one", line: lines[0].line, text: names[0] };
  for (const name of names) {
    const problem = misnamed(name);
    if (problem) return { problem, line: lines[0].line, text: name };
  }
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) return { problem: "twice", line: lines[0].line, text: twice };
  /** @type {Columns} */
  const columns = Object.fromEntries(names.map((name) => [name, []]));
  for (const { content, line } of lines.slice(1)) {
    const row = cells(content);
    if (row.length !== names.length) return { problem: "cells", line, text: String(names.length) };
    for (const [index, cell] of row.entries()) {
      const value = Number(cell);
      if (cell === "" || !Number.isFinite(value)) return { problem: "number", line, text: cell };
      columns[names[index]].push(value);
    }
  }
  return { columns };
}

/** @param {string} name @returns {"name" | "word" | "taken" | null} why a column cannot be called so */
function misnamed(name) {
  if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return "name";
  if (WORDS.has(name)) return "word";
  return TAKEN.has(name) ? "taken" : null;
}
