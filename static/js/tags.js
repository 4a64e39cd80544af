/** Tags: the numbers on wires, and where each may stand so that it covers nothing. Pure. */
import { factor, number, plain, sign, signed } from "./format.js";

/** @typedef {import("./scene.js").Card} Card */
/** @typedef {import("./scene.js").Tag} Tag */
/** @typedef {import("./scene.js").View} View */
/** @typedef {import("./scene.js").Size} Size */
/** @typedef {import("./fold.js").Wire} Edges */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./sight.js").Rect} Rect */
/** @typedef {import("./trace.js").Reading} Reading */

/** Room for what is said under a folded group. */
const SAID = 20;
/** How far, and in how many such paces, a text may move from its wire. */
const NUDGE = 4;
const REACH = 30;
/** Texts this far from their wires have a line to it. */
const AWAY = 12;
/** A text reaches so far beyond the cards at most: into the margin of the drawing. */
const BEYOND = 16;
/** And so far above and below all: to the end of that margin. */
const OVER = 20;
/** Room that the name of a group takes in its corner. */
const NAME = { letter: 7.2, padding: 33, height: 27 };

/** @param {View} view @param {Edges} edge @returns {Tag | null} the number on a wire, if any */
export function tagOf(view, { index, source, all }) {
  const { reading, layout, frame, active, asked } = view;
  const route = layout.routes.get(index);
  const { current } = frame;
  const now = !asked && current && "edge" in current && active.wires.has(index) ? current : null;
  if (!route) return null;
  const place = { index, ...route.middle, sign: "unknown", active: false, lead: "" };
  if (asked && active.wires.has(index)) return { ...place, text: "?", sign: "asked", active: true };
  if (now) {
    const contribution = number(now.contribution);
    const text = `${factor(plain(number(now.upstream)))} · ${factor(plain(number(now.local)))} = ${plain(contribution)}`;
    return { ...place, ...aside(route.middle, text, covered(view, index), layout), text, sign: sign(contribution), active: true };
  }
  if (route.named) return { ...place, text: named(reading, layout, source) };
  if (all.length > 1) return { ...place, text: `×${all.length}` };
  const contribution = frame.contributions.get(index);
  if (contribution === undefined || !route.roomy) return null;
  return { ...place, text: signed(contribution), sign: sign(contribution) };
}

/** @param {Reading} reading @param {Layout} layout @param {string} item @returns {string} what to call it */
function named(reading, { drawn }, item) {
  return drawn.byId.get(item)?.label || plain(number(reading.byId.get(item)?.value ?? NaN));
}

/** @param {Card} card @returns {Rect} what is said under a folded group */
export function roomUnder({ x, y, width, height, doing }) {
  const room = doing.length * 7 + 14;
  return { x: x + (width - room) / 2, y: y + height, width: room, height: SAID };
}

/** Returns a number on a wire, beside what is said under a folded group and not over a card instead.
 * @param {Tag} tag @param {Rect[]} said @param {Rect[]} taken what is said, and cards
 * @param {Size} size @returns {Tag | null} null where it would be too far from its wire */
export function clearOf(tag, said, taken, size) {
  const own = roomOf(tag);
  const isFree = said.every(({ x, y, width, height }) =>
    x >= own.x + own.width || own.x >= x + width || y >= own.y + own.height || own.y >= y + height);
  if (tag.active || isFree) return tag;
  const place = aside(tag, tag.text, taken, size);
  return !place || Math.abs(place.y - tag.y) > 2 * SAID ? null : { ...tag, ...place };
}

/** Returns what the arithmetic on a wire should not cover: cards, their signs, what is said under a
 * folded group, the names of open ones, and the numbers on other wires.
 * @param {View} view @param {number} own @returns {Rect[]} */
function covered({ layout, frame, active }, own) {
  const cards = [...layout.boxes.values()].flatMap(({ id, x, y, width, height, cx, cy }) => {
    const under = active.nodes.has(id) && layout.drawn.byId.get(id)?.kind === "group" ? SAID : 0;
    const sign = { x: cx - 17, y: cy - 17, width: 34, height: 34 };
    return [{ x, y, width, height: height + under }, sign];
  });
  const numbers = [...layout.routes.values()].flatMap(({ index, roomy, middle }) => {
    const contribution = roomy && index !== own ? frame.contributions.get(index) : undefined;
    if (contribution === undefined) return [];
    return [roomOf({ ...middle, text: signed(contribution) })];
  });
  const names = [...layout.frames].map(([id, { x, y }]) => {
    const letters = layout.drawn.frames.get(id)?.name.length ?? 0;
    return { x, y, width: letters * NAME.letter + NAME.padding, height: NAME.height };
  });
  return [...cards, ...numbers, ...names];
}

/** @param {{x: number, y: number, text: string}} tag @returns {Rect} what a number on a wire covers */
export function roomOf({ x, y, text }) {
  const width = text.length * 7.9 + 12;
  return { x: x - width / 2, y: y - 9, width, height: 18 };
}

/** Returns the nearest place above or below, within the drawing, at which a text covers nothing.
 * @param {{x: number, y: number}} place @param {string} text
 * @param {Rect[]} things @param {Size} size of the drawing
 * @returns {{x: number, y: number, lead: string} | null} null where there is none */
function aside(place, text, things, size) {
  const half = roomOf({ ...place, text }).width / 2;
  const within = Math.max(half - BEYOND, Math.min(size.width - half + BEYOND, place.x));
  const x = size.width > 2 * half ? within : place.x;
  const near = things.filter((thing) => thing.x < x + half && thing.x + thing.width > x - half);
  for (let distance = 0; distance < 2 * REACH; distance += 1) {
    const nudged = place.y + (distance % 2 ? -1 : 1) * NUDGE * Math.ceil(distance / 2);
    const y = Math.max(9 - OVER, Math.min(size.height - 9 + OVER, nudged));
    const free = near.every((thing) => y <= thing.y - 10 || y >= thing.y + thing.height + 10);
    if (free) return { x, y, lead: Math.abs(y - place.y) > AWAY ? `M0,0L${place.x - x},${place.y - y}` : "" };
  }
  return null;
}
