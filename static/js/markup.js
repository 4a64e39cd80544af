/** Markup: a lesson's text as paragraphs of pieces, each plain, code, emphasis or a formula. Pure. */

/** @typedef {"plain" | "code" | "stress" | "formula" | "display"} PieceKind */
/** @typedef {{kind: PieceKind, text: string}} Piece */

/** @type {[RegExp, PieceKind][]} */
const MARKS = [
  [/^\$\$([\s\S]+?)\$\$/, "display"],
  [/^\$([^$]+)\$/, "formula"],
  [/^`([^`]+)`/, "code"],
  [/^\*([^*\s][^*]*)\*/, "stress"],
];

/** Returns the paragraphs of a text.
 * @param {string} text @returns {Piece[][]} */
export function paragraphs(text) {
  return text.trim().split(/\n\s*\n/).map(pieces);
}

/** @param {string} text @returns {Piece[]} */
export function pieces(text) {
  /** @type {Piece[]} */
  const found = [];
  let rest = text;
  while (rest) {
    const piece = marked(rest) ?? { length: 1, kind: /** @type {const} */ ("plain"), text: rest[0] };
    const last = found.at(-1);
    if (piece.kind === "plain" && last?.kind === "plain") last.text += piece.text;
    else found.push({ kind: piece.kind, text: piece.text });
    rest = rest.slice(piece.length);
  }
  return found;
}

/** @param {string} text @returns {{length: number, kind: PieceKind, text: string} | null} */
function marked(text) {
  for (const [pattern, kind] of MARKS) {
    const match = text.match(pattern);
    if (match) return { length: match[0].length, kind, text: match[1] };
  }
  return null;
}
