/** Layout: where everything stands. Graphviz computes it; this writes its input, reads its output.
 *
 * A result is drawn as a card with the sign of its operation before it; for Graphviz the two are
 * one box. Sizes depend on names only, never on numbers, so that numbers can change in place. Pure.
 */
import { curveMonotoneX, curveMonotoneY, line } from "../vendor/d3.js";
import { TOP } from "./groups.js";

/** @typedef {import("./fold.js").Folded} Folded */
/** @typedef {import("./fold.js").Item} Item */
/** @typedef {"LR" | "TB"} Direction left to right, or top to bottom */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {{id: string, x: number, y: number, width: number, height: number, cx: number,
 *   cy: number}} Box  top left corner and size of the card; centre of the operation's sign */
/** @typedef {{x: number, y: number, width: number, height: number}} Rect */
/** @typedef {{index: number, path: string, bounds: Rect, middle: Point, roomy: boolean,
 *   named?: boolean}} Route
 *   `bounds`: what the way never leaves; `middle`: a place on it, where a number may stand; `roomy`: whether there is room for it;
 *   `named`: whether the way is left out between its ends, and a name tells where it comes from. */
/** @typedef {{id: string, x: number, y: number, width: number, height: number}} Frame
 *   Around what is in an open group. */
/** @typedef {{width: number, height: number, boxes: Map<string, Box>, frames: Map<string, Frame>,
 *   routes: Map<number, Route>, direction: Direction, drawn: Folded, shape: string}} Layout
 *   `drawn`: what it is a layout of. */

export const CARD = { height: 58, least: 138, letter: 7.4, padding: 24, constant: 84 };
export const SIGN = { radius: 16, gap: 12, letter: 9.6, joint: 2 };
/** A sign of more letters than so many is a word. */
const SYMBOL = 2;
const LABEL = { wide: 96, narrow: 62, height: 18 };
/** Room for the number of values in a folded group. */
const COUNT = 26;
/** Up to so many edges each keeps room for its arithmetic, and up to so many for its result. */
const ROOMY = 24;
const LABELLED = 80;
const POINTS_PER_INCH = 72;

/** Room for the name of an open group, above what is in it. */
export const NAME = { height: 22, letter: 7.2, padding: 34 };

/** Returns how wide the name of an open group is, with the mark that folds it.
 * @param {string} name @returns {number} */
export function nameWidth(name) {
  return Math.ceil([...name].length * NAME.letter + NAME.padding);
}

/** Returns the size of a node's card, or of the box that a group is folded into.
 * @param {Item} node @returns {{width: number, height: number}} */
export function cardSize(node) {
  if (node.kind === "constant") return { width: CARD.constant, height: CARD.height - 18 };
  const more = node.kind === "group" ? NAME.padding + COUNT : 0;
  const text = [...node.label].length * CARD.letter + CARD.padding + more;
  return { width: Math.max(CARD.least, Math.ceil(text)), height: CARD.height };
}

/** Returns where the sign of an operation stands, which is round at its ends: in a circle, or, if it is a word,
 * in as much of the room before its card as there is.
 * @param {string} glyph @param {Box} box @returns {Rect} */
export function signOf(glyph, { x, width, cx, cy }) {
  const { radius, letter, joint } = SIGN;
  const letters = [...glyph].length;
  const [left, top, round] = [cx - radius, cy - radius, 2 * radius];
  if (letters <= SYMBOL) return { x: left, y: top, width: round, height: round };
  if (cx < x) return { x: left, y: top, width: x - left - joint, height: round };
  const wide = Math.min(width, Math.max(round, letters * letter + round / 2));
  return { x: cx - wide / 2, y: top, width: wide, height: round };
}

/** @param {Item} node @param {Direction} direction */
function boxSize(node, direction) {
  const card = cardSize(node);
  if (node.kind !== "operation") return card;
  const room = 2 * SIGN.radius + SIGN.gap;
  return direction === "LR"
    ? { width: card.width + room, height: card.height }
    : { width: card.width, height: card.height + room };
}

/** Returns how wide the room is that each edge keeps for its number.
 * @param {Folded} drawn @returns {number} */
export function labelRoom({ edges }) {
  return edges.size <= ROOMY ? LABEL.wide : LABEL.narrow;
}

/** Returns the graph in Graphviz' language.
 * @param {Folded} drawn @param {Direction} direction @returns {string} */
export function toDot(drawn, direction) {
  const [head, tail] = direction === "LR" ? ["w", "e"] : ["n", "s"];
  const room = drawn.edges.size <= LABELLED ? `, ${spaceFor(labelRoom(drawn), LABEL.height)}` : "";
  const edges = [...drawn.edges].map(
    ([index, { source, target }]) =>
      `${JSON.stringify(source)} -> ${JSON.stringify(target)} [id="${index}"${room}];`,
  );
  return `digraph {
    rankdir=${direction}; nodesep=0.32; ranksep=${room ? 0.2 : 0.6};
    node [shape=box, fixedsize=true, label=""];
    edge [headport=${head}, tailport=${tail}, arrowhead=none];
    ${contents(drawn, direction)}
    ${edges.join("\n")}
  }`;
}

/** @param {number} width @param {number} height @returns {string} an attribute that keeps room */
function spaceFor(width, height) {
  const size = `FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${height}"`;
  return `label=<<TABLE BORDER="0" ${size}><TR><TD></TD></TR></TABLE>>`;
}

/** @param {Folded} drawn @param {Direction} direction @returns {string} nodes, within their groups */
function contents(drawn, direction) {
  /** @type {Map<string, string[]>} */
  const lines = new Map([[TOP, []]]);
  for (const id of drawn.frames.keys()) lines.set(id, []);
  for (const node of drawn.nodes) {
    const { width, height } = boxSize(node, direction);
    const size = `width=${width / POINTS_PER_INCH}, height=${height / POINTS_PER_INCH}`;
    lines.get(drawn.home.get(node.id) ?? TOP)?.push(`${JSON.stringify(node.id)} [${size}];`);
  }
  for (const { id, name, parent } of [...drawn.frames.values()].reverse()) {
    const label = `margin=12; labeljust=l; ${spaceFor(nameWidth(name), NAME.height)}`;
    const inside = lines.get(id)?.join("\n");
    lines.get(parent ?? TOP)?.push(`subgraph ${JSON.stringify(`cluster${id}`)} {\n${label};\n${inside}\n}`);
  }
  return lines.get(TOP)?.join("\n") ?? "";
}

/** What Graphviz answers, as far as it is read here.
 * @typedef {{bb: string, objects?: {name: string, pos?: string, bb?: string}[],
 *   edges?: {id: string, pos: string, lp?: string}[]}} GraphvizJson */

/** Returns the geometry in pixels, y downwards.
 * @param {GraphvizJson} json @param {Folded} drawn @param {Direction} direction
 * @returns {Layout} */
export function fromGraphviz(json, drawn, direction) {
  const { left, right, bottom, top } = extent(json);
  /** @param {string} text @returns {Point} */
  const point = (text) => {
    const [x, y] = text.split(",").map(Number);
    return { x: round(x - left), y: round(top - y) };
  };
  const boxes = new Map();
  const frames = new Map();
  for (const { name, pos, bb } of json.objects ?? []) {
    const node = drawn.byId.get(name);
    if (node && pos) boxes.set(node.id, placed(node, point(pos), direction));
    else if (bb && name.startsWith("cluster")) {
      const [x, low, end, high] = bb.split(",").map(Number);
      const id = name.slice("cluster".length);
      const size = { width: round(end - x), height: round(high - low) };
      frames.set(id, { id, x: round(x - left), y: round(top - high), ...size });
    }
  }
  const routes = new Map();
  for (const edge of json.edges ?? []) {
    const points = passed(edge).map(point);
    const index = Number(edge.id);
    routes.set(index, { index, ...curve(points, edge.lp ? point(edge.lp) : null, direction) });
  }
  const [width, height] = [round(right - left), round(top - bottom)];
  return { width, height, boxes, frames, routes, direction, drawn, shape: drawn.shape };
}

/** @param {{pos: string}} edge @returns {string[]} where Graphviz led it */
function passed({ pos }) {
  return pos.split(" ").filter((part) => !/^[es],/.test(part));
}

/** Returns the size of everything, in Graphviz' coordinates: its own box leaves some bends out.
 * @param {GraphvizJson} json @returns {{left: number, right: number, bottom: number, top: number}} */
function extent({ bb, edges }) {
  let [left, bottom, right, top] = bb.split(",").map(Number);
  for (const place of (edges ?? []).flatMap(passed)) {
    const [x, y] = place.split(",").map(Number);
    [left, right] = [Math.min(left, x), Math.max(right, x)];
    [bottom, top] = [Math.min(bottom, y), Math.max(top, y)];
  }
  return { left, right, bottom, top };
}

/** @param {Item} node @param {Point} centre @param {Direction} direction @returns {Box} */
function placed(node, centre, direction) {
  const card = cardSize(node);
  const box = boxSize(node, direction);
  const left = centre.x - box.width / 2;
  const top = centre.y - box.height / 2;
  const sign =
    direction === "LR"
      ? { cx: left + SIGN.radius, cy: centre.y }
      : { cx: centre.x, cy: top + SIGN.radius };
  return {
    id: node.id,
    x: left + box.width - card.width,
    y: top + box.height - card.height,
    ...card,
    ...sign,
  };
}

/** Returns a smooth path through where Graphviz led an edge, never turning back, and a place on it:
 * where room is kept for the number of the edge, the way leads through it.
 * @param {Point[]} points a start, then three points for each Bézier piece
 * @param {Point | null} room @param {Direction} direction
 * @returns {Omit<Route, "index">} */
function curve(points, room, direction) {
  const along = direction === "LR" ? "x" : "y";
  const [start, end] = [points[0], points[points.length - 1]];
  const bends = points.filter((_, index) => index > 0 && index % 3 === 0 && index < points.length - 1);
  const apart = room ? bends.filter((bend) => Math.abs(bend[along] - room[along]) > APART) : bends;
  const way = [start];
  for (const bend of [...apart, ...(room ? [room] : [])].sort((a, b) => a[along] - b[along])) {
    const last = way[way.length - 1];
    if (bend[along] - last[along] > CLEAR && end[along] - bend[along] > CLEAR) way.push(bend);
  }
  if (way.length === 1) way.push(room ?? bezierMiddle(points));
  const path = line((/** @type {Point} */ { x }) => x, (/** @type {Point} */ { y }) => y)
    .curve(direction === "LR" ? curveMonotoneX : curveMonotoneY);
  const middle = room && way.includes(room) ? room : way[Math.ceil((way.length - 1) / 2)];
  return { path: path([...way, end]) ?? "", bounds: bounds([...way, end]), middle, roomy: room !== null };
}

/** Bends nearer to the number of an edge than this would make a wave of it. */
const APART = 60;
/** Edges leave and reach a card straight: no bend is nearer to it than this. */
const CLEAR = 26;

/** @param {Point[]} points @returns {Point} the middle of the middle piece of a curve */
function bezierMiddle(points) {
  const first = Math.floor((points.length - 1) / 3 / 2) * 3;
  const [a, b, c, d] = points.slice(first, first + 4);
  /** @param {"x" | "y"} axis */
  const at = (axis) => round((a[axis] + 3 * b[axis] + 3 * c[axis] + d[axis]) / 8);
  return { x: at("x"), y: at("y") };
}

/** @param {Point[]} points @returns {Rect} the smallest that holds them */
export function bounds(points) {
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
