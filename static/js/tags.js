/** Tags: the numbers on wires, and where each may stand so that it covers nothing. Pure. */
import { equality, factor, number, plain, sign, signed } from "./format.js";
import { labelRoom, signOf } from "./layout.js";

/** @typedef {import("./scene.js").Card} Card */
/** @typedef {import("./scene.js").Tag} Tag */
/** @typedef {import("./scene.js").View} View */
/** @typedef {import("./scene.js").Size} Size */
/** @typedef {import("./fold.js").Wire} Edges */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./sight.js").Rect} Rect */
/** @typedef {import("./trace.js").Reading} Reading */

/** Room for what is said under a folded group. */
const SAID = 20;
/** How far, and in what paces, a text may move from its wire: up and down, and less gladly aside. */
const REACH = { down: 120, across: 100 };
const PACE = { down: 4, across: 20 };
const ASIDE = 1.5;
/** So much farther it moves for its line to cross nothing. */
const DETOUR = 60;
/** How much larger a number is written where cards have no words, and how far one moves for that at most. */
const LARGEST = 1.45;
const LARGER = /** @type {const} */ ([[LARGEST, 40], [1.25, 40], [1.15, 60]]);
/** The same for what is said under a folded group. */
const UNDER = 1.2;
/** What a number that grows takes of the wire on both sides of its room, together; and how near it may come
 * to another one, middle to middle, as it is: then their letters are still apart. */
const SPARE = 14;
const LETTERS = 15;
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
  const place = { index, ...route.middle, sign: "unknown", active: false, lead: "", grow: 1 };
  if (asked && active.wires.has(index)) return { ...place, text: "?", sign: "asked", active: true };
  if (now) {
    const contribution = number(now.contribution);
    const [upstream, local] = [number(now.upstream), number(now.local)];
    const text = `${factor(plain(upstream))} · ${factor(plain(local))} ${equality(upstream, local)} ${plain(contribution)}`;
    return { ...place, ...large(route.middle, text, covered(view, index), layout), text, sign: sign(contribution), active: true };
  }
  if (route.named) return { ...place, text: named(reading, layout, source) };
  const grow = (/** @type {string} */ text) => (route.roomy ? growth(text, route.middle, layout) : 1);
  const many = `×${all.length}`;
  if (all.length > 1) return { ...place, text: many, grow: grow(many) };
  const contribution = frame.contributions.get(index);
  if (contribution === undefined || !route.roomy) return null;
  const text = signed(contribution);
  return { ...place, text, sign: sign(contribution), grow: grow(text) };
}

/** Returns how much larger a number may be in its room, and above and below the rooms of others.
 * @param {string} text @param {Point} place @param {Layout} layout @returns {number} */
function growth(text, place, { drawn, routes }) {
  const { width } = roomOf({ ...place, text });
  const room = labelRoom(drawn) + SPARE;
  const others = [...routes.values()].filter(({ middle }) => middle !== place && Math.abs(middle.x - place.x) < room);
  const apart = Math.min(...others.map(({ middle }) => Math.abs(middle.y - place.y)));
  return Math.max(1, Math.min(LARGEST, room / width, apart / LETTERS));
}

/** @param {Reading} reading @param {Layout} layout @param {string} item @returns {string} what to call it */
function named(reading, { drawn }, item) {
  return drawn.byId.get(item)?.label || plain(number(reading.byId.get(item)?.value ?? NaN));
}

/** @param {Card} card @returns {Rect} what is said under a folded group */
export function roomUnder({ x, y, width, height, doing }) {
  const room = UNDER * (doing.length * 7 + 14);
  return { x: x + (width - room) / 2, y: y + height, width: room, height: UNDER * SAID };
}

/** Returns a number on a wire, beside what is said under a folded group and not over a card instead.
 * @param {Tag} tag @param {Rect[]} said @param {Rect[]} taken what is said, and cards
 * @param {Size} size @returns {Tag | null} null where it would be too far from its wire */
export function clearOf(tag, said, taken, size) {
  const own = roomOf(tag);
  if (tag.active || !said.some((one) => meets(one, own))) return tag;
  const place = aside(tag, tag, taken, size);
  return !place || Math.hypot(place.x - tag.x, place.y - tag.y) > 2 * SAID ? null : { ...tag, ...place };
}

/** Returns what the arithmetic on a wire should not cover: cards, their signs, what is said under a
 * folded group, the names of open ones, and the numbers on other wires.
 * @param {View} view @param {number} own @returns {Rect[]} */
function covered({ layout, frame, active, glyphs }, own) {
  const cards = [...layout.boxes.values()].flatMap((box) => {
    const { id, x, y, width, height } = box;
    const { kind, operation = null } = layout.drawn.byId.get(id) ?? {};
    const under = active.nodes.has(id) && kind === "group" ? SAID : 0;
    const signs = operation === null ? [] : [signOf(glyphs.get(operation) ?? operation, box)];
    return [{ x, y, width, height: height + under }, ...signs];
  });
  const numbers = [...layout.routes.values()].flatMap(({ index, roomy, middle }) => {
    const contribution = roomy && index !== own ? frame.contributions.get(index) : undefined;
    if (contribution === undefined) return [];
    const text = signed(contribution);
    return [roomOf({ ...middle, text, grow: growth(text, middle, layout) })];
  });
  const names = [...layout.frames].map(([id, { x, y }]) => {
    const letters = layout.drawn.frames.get(id)?.name.length ?? 0;
    return { x, y, width: letters * NAME.letter + NAME.padding, height: NAME.height };
  });
  return [...cards, ...numbers, ...names];
}

/** @param {{x: number, y: number, text: string, grow?: number}} tag @returns {Rect} what a number on a wire covers */
export function roomOf({ x, y, text, grow = 1 }) {
  const [width, height] = [grow * (text.length * 7.9 + 12), grow * 18];
  return { x: x - width / 2, y: y - height / 2, width, height };
}

/** Returns where a text covers nothing, and how much larger than usual it may be there.
 * @param {Point} place @param {string} text @param {Rect[]} things @param {Size} size of the drawing */
function large(place, text, things, size) {
  for (const [grow, far] of LARGER) {
    const found = aside(place, { text, grow }, things, size);
    if (found && Math.hypot(found.x - place.x, found.y - place.y) <= far) return { ...found, grow };
  }
  return aside(place, { text, grow: 1 }, things, size);
}

/** Ways from a wire, the shortest first. @type {(Point & {far: number})[]} */
const WAYS = [];
for (let x = -REACH.across; x <= REACH.across; x += PACE.across) {
  for (let y = -REACH.down; y <= REACH.down; y += PACE.down) WAYS.push({ x, y, far: Math.hypot(ASIDE * x, y) });
}
WAYS.sort((a, b) => a.far - b.far);

/** Returns the nearest place, within the drawing, at which a text covers nothing, and if it can be one from
 * which nothing lies between it and its wire.
 * @param {Point} place @param {{text: string, grow: number}} tag @param {Rect[]} things
 * @param {Size} size of the drawing
 * @returns {{x: number, y: number, lead: string} | null} null where there is none */
function aside(place, tag, things, size) {
  const { width, height } = roomOf({ ...place, ...tag });
  const [across, down] = [REACH.across + width / 2, REACH.down + height];
  const reach = { x: place.x - across, y: place.y - down, width: 2 * across, height: 2 * down };
  const near = things.filter((thing) => meets(thing, reach));
  let found = null;
  for (const way of WAYS) {
    if (found && way.far > found.far + DETOUR) break;
    const x = kept(place.x + way.x, width / 2 - BEYOND, size.width - width / 2 + BEYOND, place.x);
    const y = kept(place.y + way.y, height / 2 - OVER, size.height - height / 2 + OVER, place.y);
    const room = { x: x - width / 2, y: y - height / 2 - 1, width, height: height + 2 };
    if (near.some((thing) => meets(thing, room))) continue;
    const lead = Math.hypot(x - place.x, y - place.y) > AWAY ? `M0,0L${place.x - x},${place.y - y}` : "";
    if (!lead || !near.some((thing) => crosses(thing, place, { x, y }))) return { x, y, lead };
    found ??= { x, y, lead, far: way.far };
  }
  return found && { x: found.x, y: found.y, lead: found.lead };
}

/** @param {number} at @param {number} low @param {number} high @param {number} otherwise
 * @returns {number} the nearest within bounds, if there is room between them */
function kept(at, low, high, otherwise) {
  return low < high ? Math.max(low, Math.min(high, at)) : otherwise;
}

/** @param {Rect} a @param {Rect} b @returns {boolean} whether they have a place in common */
function meets(a, b) {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** @param {Rect} thing @param {Point} from @param {Point} to
 * @returns {boolean} whether a straight line leads through it */
function crosses(thing, from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  /** Where along the line it is within the thing in one direction.
   * @param {number} start @param {number} step @param {number} low @param {number} size */
  const within = (start, step, low, size) => {
    if (!step) return start > low && start < low + size ? [0, 1] : [1, 0];
    return [(low - start) / step, (low + size - start) / step].sort((a, b) => a - b);
  };
  const [across, down] = [within(from.x, dx, thing.x, thing.width), within(from.y, dy, thing.y, thing.height)];
  return Math.max(0, across[0], down[0]) < Math.min(1, across[1], down[1]);
}
