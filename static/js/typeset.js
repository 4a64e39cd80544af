/** Typeset: names and pieces of a program as LaTeX. What is more than arithmetic stays as it was typed. Pure. */

/** @typedef {{kind: string, text: string}} Token */

const GREEK = new Set(
  ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau " +
    "upsilon phi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega").split(" "),
);
const TOKENS = [
  ["number", /^(\d+(\.\d*)?|\.\d+)(?![\p{L}\d])/u],
  ["name", /^[\p{L}_][\p{L}\p{Nd}_]*/u],
  ["power", /^(\*\*|\^)/],
  ["above", /^[²³]/],
  ["below", /^[₀-₉]+/],
  ["index", /^(\[\d+\])+[₀-₉]*/],
  ["open", /^[([]/],
  ["close", /^[)\]]/],
  ["gap", /^…/],
  ["sign", /^[-+*/@,.]/],
];
/** Signs close to what they join, for within a fraction there is little room. */
const SIGNS = new Map([
  ["*", "{\\cdot}"], ["+", "{+}"], ["-", "{-}"], [",", ",\\,"], [".", "\\mathord{.}"], ["@", "{\\texttt{@}}"],
]);
/** What a value ends with, and what one begins with: two values in a row are no arithmetic. */
const ENDS = new Set(["number", "name", "above", "below", "close", "index"]);
const BEGINS = new Set(["number", "name"]);

/** Returns a name or an expression as LaTeX.
 * @param {string} text @returns {string} */
export function typeset(text) {
  const tokens = tokensOf(text);
  return (tokens && arithmetic(tokens)) ?? typed(text);
}

/** Tells whether a text holds together by itself: a name, a call, something in brackets.
 * @param {string} text @returns {boolean} */
export function holdsTogether(text) {
  const bare = withoutBrackets(text);
  return /^([\p{L}\p{Nd}_.]*|[²³])[₀-₉]*$/u.test(bare);
}

/** @param {string} text @returns {string} without all that stands in brackets */
function withoutBrackets(text) {
  const less = text.replace(/[([][^()[\]]*[)\]]/g, "");
  return less === text ? text : withoutBrackets(less);
}

/** @param {string} text @returns {Token[] | null} null where something cannot be set */
function tokensOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  for (let rest = text.trim(); rest; ) {
    const found = TOKENS.flatMap(([kind, pattern]) => {
      const match = rest.match(pattern);
      return match ? { kind: String(kind), text: match[0] } : [];
    })[0];
    if (!found || (BEGINS.has(found.kind) && ENDS.has(tokens.at(-1)?.kind ?? ""))) return null;
    tokens.push(found);
    rest = rest.slice(found.text.length).trimStart();
  }
  return tokens;
}

/** @param {Token[]} tokens @returns {string | null} null where an exponent is too much for one */
function arithmetic(tokens) {
  let latex = "";
  for (let at = 0; at < tokens.length; at += 1) {
    const { kind, text } = tokens[at];
    const next = tokens[at + 1];
    if (kind === "name") {
      const below = next?.kind === "below" || next?.kind === "index" ? next.text : "";
      latex += named(text, below, next?.text === "(");
      if (below) at += 1;
    } else if (kind === "power") {
      const minus = next?.text === "-" ? "-" : "";
      at += 1 + minus.length;
      const exponent = exponentOf(tokens[at], tokens[at + 1]);
      if (exponent === null) return null;
      latex += `^{${minus}${exponent}}`;
    } else {
      latex += set(kind, text);
    }
  }
  return latex.trim();
}

/** @param {Token | undefined} token @param {Token | undefined} after
 * @returns {string | null} null if it is more than a name or a number */
function exponentOf(token, after) {
  if (!token || !BEGINS.has(token.kind) || /^(open|power|above|below|index)$/.test(after?.kind ?? "") || after?.text === ".") return null;
  return token.kind === "name" ? named(token.text, "", false) : token.text;
}

/** @param {string} kind @param {string} text @returns {string} */
function set(kind, text) {
  if (kind === "above") return `^{${text === "²" ? 2 : 3}}`;
  if (kind === "below" || kind === "index") return `_{${digits(text)}}`;
  if (kind === "gap") return "\\ldots ";
  return SIGNS.get(text) ?? text;
}

/** @param {string} name @param {string} below its number, set low @param {boolean} called
 * @returns {string} */
function named(name, below, called) {
  const [, stem = name, index = ""] = name.match(/^(\p{L}+)_?(\d*)$/u) ?? [];
  const low = [index, digits(below)].filter(Boolean).join(",\\,");
  const letters = stem.replaceAll("_", "\\_");
  const written = GREEK.has(stem)
    ? `\\${stem}`
    : [...stem].length === 1
      ? stem
      : `\\${called ? "operatorname" : "mathit"}{${letters}}`;
  return (low ? `${written}_{${low}}` : written) + (GREEK.has(stem) && !low ? " " : "");
}

/** @param {string} low @returns {string} places in lists, and digits that were set low, as numbers */
function digits(low) {
  return (low.normalize("NFKC").match(/\d+/g) ?? []).join(",\\,");
}

/** @param {string} text @returns {string} program text within a formula */
function typed(text) {
  const special = { "\\": "\\textbackslash{}", "^": "\\textasciicircum{}", "~": "\\textasciitilde{}" };
  const escaped = text.replace(/[\\#$%&_{}^~]/g, (letter) =>
    letter in special ? special[/** @type {keyof typeof special} */ (letter)] : `\\${letter}`,
  );
  return `\\texttt{${escaped.replace("…", "\\ldots{}")}}`;
}
