/** Symbols: what values, derivatives and numbers are called, in words and as LaTeX. Pure. */
import { clipped, number, plain, short } from "./format.js";
import { holdsTogether, typeset } from "./typeset.js";

/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./messages.js").Translate} Translate */

/** Longest name of a value outside of its card, in characters. */
const NAME = 36;

/** Returns what a node is called.
 * @param {DrawnNode} node @param {Translate} t @returns {string} */
export function called(node, t) {
  return clipped(node.whole, NAME) || t("node.called.constant", { value: short(number(node.value)) });
}

/** Returns what a sentence calls a node: its name stands in backticks, apart from the sentence's own words,
 * for `a` is a word, too.
 * @param {DrawnNode} node @param {Translate} t @returns {string} */
export function quoted(node, t) {
  return node.kind === "constant" ? called(node, t) : `\`${called(node, t)}\``;
}

/** Returns an operation whose formulas have their words, of rules by cases, in the language of the page.
 * @template {{latex: string, partials: (string | null)[]}} Row
 * @param {Row} operation @param {Translate} t @returns {Row} */
export function worded(operation, t) {
  /** @param {string} text */
  const said = (text) =>
    text.replaceAll("\\text{if }", `\\text{${t("formula.if")} }`).replaceAll("\\text{otherwise}", `\\text{${t("formula.otherwise")}}`);
  return { ...operation, latex: said(operation.latex), partials: operation.partials.map((one) => one && said(one)) };
}

/** Returns a derivative as LaTeX: how fast one node changes with another.
 * @param {DrawnNode} of @param {DrawnNode} by @returns {string} */
export function derivative(of, by) {
  return `\\frac{\\partial ${nested(of)}}{\\partial ${nested(by)}}`;
}

/** Returns the derivative that belongs to one operand of a node, as LaTeX.
 * @param {DrawnNode} target @param {DrawnNode} source @param {number} operand @returns {string} */
export function slope(target, source, operand) {
  const whole = derivative(target, source);
  // In x·x each use has a slope of its own: the edge's, not that of the whole square.
  const uses = target.operands.filter((id) => id === source.id).length;
  return uses > 1 ? `\\left.${whole}\\right|_{${operand + 1}}` : whole;
}

/** Returns a node's name as LaTeX: the same that sentences call it.
 * @param {DrawnNode} node @returns {string} */
export function symbol(node) {
  return node.kind === "constant" ? latex(number(node.value)) : typeset(clipped(node.whole, NAME));
}

/** @param {DrawnNode} node @returns {string} its symbol, as part of a longer formula */
export function nested(node) {
  const text = symbol(node);
  const isWhole = node.kind === "constant" ? !text.startsWith("-") : holdsTogether(clipped(node.whole, NAME));
  return isWhole ? text : `\\left(${text}\\right)`;
}

/** A place for an operand, and what encloses it, if anything does. A base of a power is not enclosed. */
const PLACE = /(\\left[(|]|[{,] ?)?@(\d|out)(?=(\\right[)|]|,|\}(?![\^_]))?)/g;

/** Puts operands into a template of the table: ln(−1), where an operand in brackets has those of the rule.
 * @param {string} template @param {string[]} operands @param {string} [out] @returns {string} */
export function fill(template, operands, out = "") {
  return template.replace(PLACE, (_, before = "", place, after = "") => {
    const operand = place === "out" ? out : operands[Number(place)];
    return before + (before && after ? bare(operand) : operand);
  });
}

/** @param {string} text @returns {string} without the pair of brackets around all of it */
function bare(text) {
  const within = /^\\left\((.*)\\right\)$/s.exec(text)?.[1];
  let depth = 0;
  for (const [, side] of within?.matchAll(/\\(left|right)(?![a-z])/g) ?? []) {
    depth += side === "left" ? 1 : -1;
    if (depth < 0) return text; // the brackets at its ends are of two pairs
  }
  return within ?? text;
}

/** Returns a number as LaTeX.
 * @param {number} value @returns {string} */
export function latex(value) {
  if (Number.isNaN(value)) return "\\text{nan}";
  if (!Number.isFinite(value)) return value > 0 ? "\\infty" : "-\\infty";
  const [mantissa, exponent] = plain(value).split("e");
  return exponent === undefined ? mantissa : `${mantissa} \\cdot 10^{${Number(exponent)}}`;
}

/** @param {number} value @returns {string} */
export function bracketed(value) {
  const text = latex(value);
  return text.startsWith("-") || text.includes(" ") ? `\\left(${text}\\right)` : text;
}
