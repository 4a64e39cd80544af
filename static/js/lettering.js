/** Lettering: how large names and numbers are written on a card: beside the words that say which number is
 * which, and, seen from afar, without them, as large as the card has room. Pure.
 */
import { brief, number, plain } from "./format.js";
import { cardSize } from "./layout.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {{near: number, far: number}} Size  of letters, in pixels of the drawing */
/** @typedef {{label: Size, value: Size, grad: Size, glyph: Size, count: Size, many: Size}} Lettering */
/** @typedef {{full: string, brief: string}} Written  a number, in fewer digits where it is to be large */

/** What has to be read is not smaller than so many pixels on the screen: a little less than what is comfortable, since
 * a drawing that is seen whole is worth more than half a pixel. */
const READABLE = 7.5;
/** How wide a letter is, as a part of its size: in type of one width, in the same set tight, and in names. */
const MONO = 0.602;
const TIGHT = 0.552;
const SANS = 0.6;
/** What a text leaves free at both sides of its room, together. */
const SIDES = 10;
/** What a group's card keeps beside its name, for the number of values in it. */
const COUNT = 30;

/** Returns how large everything on a card is written.
 * @param {{kind: string, label: string, width: number, glyph: string | null, sign: {width: number} | null,
 *   count: number, many: string}} card @param {{value: Written, grad: Written}} numbers @returns {Lettering} */
export function letteringOf({ kind, label, width, glyph, sign, count, many }, { value, grad }) {
  const cell = cellOf(kind, width);
  return {
    label: nameSize(kind, label, width),
    value: numberSize(value, cell),
    grad: numberSize(grad, cell),
    glyph: signSize(glyph ?? "", sign?.width ?? 0),
    count: { near: 11, far: fitted(15, String(count), COUNT - 6, MONO) },
    many: { near: 12.5, far: fitted(18, many, width - SIDES, SANS) },
  };
}

/** Returns how large the name of an open group is written, seen from afar.
 * @param {string} name @param {number} width of the group @returns {number} */
export function frameSize(name, width) {
  return Math.max(12.5, fitted(17, `▾ ${name}`, width - 22, SANS));
}

/** Returns the least scale at which all names and numbers of a finished drawing can be read.
 * @param {Layout} layout @param {Reading} reading @returns {number} */
export function leastScale({ drawn }, { byId }) {
  const sizes = drawn.nodes.flatMap((item) => {
    const { kind, label } = item;
    const { width } = cardSize(item);
    const node = byId.get(kind === "group" ? (item.result ?? "") : item.id);
    const numbers = [node?.value, kind === "constant" ? null : node?.grad].map((one) => written(one ?? null));
    return [nameSize(kind, label, width), ...numbers.map((one) => numberSize(one, cellOf(kind, width)))];
  });
  return READABLE / Math.min(...sizes.map(({ far }) => far));
}

/** @param {import("./format.js").JsonNumber | null} value @returns {Written} */
export function written(value) {
  const known = value === null ? null : number(value);
  return { full: plain(known), brief: brief(known) };
}

/** @param {string} kind @param {number} width of a card @returns {number} the room of a number on it */
function cellOf(kind, width) {
  return (kind === "constant" ? width : width / 2) - SIDES;
}

/** @param {string} kind @param {string} label @param {number} width of the card @returns {Size} */
function nameSize(kind, label, width) {
  const [text, room] = kind === "group" ? [`▸ ${label}`, width - SIDES - COUNT] : [label, width - SIDES];
  return { near: 13, far: Math.max(13, fitted(18.5, text, room, kind === "operation" ? TIGHT : SANS)) };
}

/** @param {string} glyph @param {number} width of what it stands in @returns {Size} */
function signSize(glyph, width) {
  const [near, far] = [18, 24].map((most) => fitted(most, glyph, width - SIDES, TIGHT));
  return { near, far };
}

/** @param {Written} text @param {number} room @returns {Size} */
function numberSize({ full, brief }, room) {
  return { near: fitted(13.5, full, room, MONO), far: fitted(20, brief, room, TIGHT) };
}

/** @param {number} most @param {string} text @param {number} room @param {number} letter
 * @returns {number} the size at which a text fits its room, and no more than the most */
function fitted(most, text, room, letter) {
  return Math.min(most, Math.floor((10 * room) / (letter * Math.max(1, [...text].length))) / 10);
}
