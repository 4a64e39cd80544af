/** Search: values by their name, expression or number. Pure. */
import { number, short } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */

/** More than so many are counted, not listed. */
const LISTED = 50;

/** Returns the values whose name or text contains what is looked for, those that begin with it first.
 * @param {Reading} reading @param {string} wanted
 * @returns {{nodes: DrawnNode[], count: number}} the first of them, and how many there are */
export function search(reading, wanted) {
  const words = plain(wanted);
  if (!words) return { nodes: [], count: 0 };
  const source = [...reading.trace.source];
  /** @type {{node: DrawnNode, rank: number}[]} */
  const found = [];
  for (const node of reading.nodes) {
    const texts = [node.name ?? "", node.whole, node.span ? source.slice(...node.span).join("") : ""];
    const ranks = texts.map((text, place) => rank(plain(text), words) + place / 10);
    if (!node.label) ranks.push(rank(plain(short(number(node.value))), words));
    const best = Math.min(...ranks);
    if (Number.isFinite(best)) found.push({ node, rank: best });
  }
  found.sort((a, b) => a.rank - b.rank);
  return { nodes: found.slice(0, LISTED).map(({ node }) => node), count: found.length };
}

/** @param {string} text @param {string} words @returns {number} 0 is best, Infinity is no match */
function rank(text, words) {
  const at = text.indexOf(words);
  if (at < 0) return Infinity;
  return text === words ? 0 : at === 0 ? 1 : 2;
}

/** @param {string} text @returns {string} without spaces, capitals, low digits and signs of print */
function plain(text) {
  return text.normalize("NFKC").replace(/\s+/g, "").replaceAll("−", "-").toLowerCase();
}
