/** Layout: where everything stands. Graphviz computes it; this writes its input, reads its output.
 *
 * A result is drawn as a card with the sign of its operation before it; for Graphviz the two are
 * one box. Sizes depend on names only, never on numbers, so that numbers can change in place. Pure.
 */
import { curveMonotoneX, curveMonotoneY, line } from "../vendor/d3.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {"LR" | "TB"} Direction left to right, or top to bottom */
/** @typedef {{x: number, y: number}} Point */
/** @typedef {{id: string, x: number, y: number, width: number, height: number, cx: number,
 *   cy: number}} Box  top left corner and size of the card; centre of the operation's sign */
/** @typedef {{index: number, path: string, points: Point[], label: Point | null}} Route */
/** @typedef {{width: number, height: number, boxes: Map<string, Box>,
 *   routes: Map<number, Route>, direction: Direction, shape: string}} Layout
 *   `shape`: that of the reading which it is a layout of. */

export const CARD = { height: 58, least: 138, letter: 7.4, padding: 24, constant: 84 };
export const SIGN = { radius: 16, gap: 12 };
const LABEL = { wide: 104, narrow: 62, height: 18 };
/** Up to so many edges each keeps room for its arithmetic, and up to so many for its result. */
const ROOMY = 24;
const LABELLED = 160;
const POINTS_PER_INCH = 72;

/** Returns the size of a node's card.
 * @param {DrawnNode} node @returns {{width: number, height: number}} */
export function cardSize(node) {
  if (node.kind === "constant") return { width: CARD.constant, height: CARD.height - 18 };
  const text = [...node.label].length * CARD.letter + CARD.padding;
  return { width: Math.max(CARD.least, Math.ceil(text)), height: CARD.height };
}

/** @param {DrawnNode} node @param {Direction} direction */
function boxSize(node, direction) {
  const card = cardSize(node);
  if (node.kind !== "operation") return card;
  const room = 2 * SIGN.radius + SIGN.gap;
  return direction === "LR"
    ? { width: card.width + room, height: card.height }
    : { width: card.width, height: card.height + room };
}

/** Returns the graph in Graphviz' language.
 * @param {Reading} reading @param {Direction} direction @returns {string} */
export function toDot(reading, direction) {
  const [head, tail] = direction === "LR" ? ["w", "e"] : ["n", "s"];
  const count = reading.edges.size;
  const width = count <= ROOMY ? LABEL.wide : LABEL.narrow;
  const size = `FIXEDSIZE="TRUE" WIDTH="${width}" HEIGHT="${LABEL.height}"`;
  const room =
    count <= LABELLED ? `, label=<<TABLE BORDER="0" ${size}><TR><TD></TD></TR></TABLE>>` : "";
  const nodes = reading.nodes.map((node) => {
    const { width, height } = boxSize(node, direction);
    return `${node.id} [width=${width / POINTS_PER_INCH}, height=${height / POINTS_PER_INCH}];`;
  });
  const edges = [...reading.edges].map(
    ([index, edge]) => `${edge.source} -> ${edge.target} [id="${index}"${room}];`,
  );
  return `digraph {
    rankdir=${direction}; nodesep=0.34; ranksep=${room ? 0.2 : 0.6};
    node [shape=box, fixedsize=true, label=""];
    edge [headport=${head}, tailport=${tail}, arrowhead=none];
    ${nodes.join("\n")}
    ${edges.join("\n")}
  }`;
}

/** What Graphviz answers, as far as it is read here.
 * @typedef {{bb: string, objects?: {name: string, pos: string, width: string, height: string}[],
 *   edges?: {id: string, pos: string, lp?: string}[]}} GraphvizJson */

/** Returns the geometry in pixels, y downwards.
 * @param {GraphvizJson} json @param {Reading} reading @param {Direction} direction
 * @returns {Layout} */
export function fromGraphviz(json, reading, direction) {
  const [, , width, height] = json.bb.split(",").map(Number);
  /** @param {string} text @returns {Point} */
  const point = (text) => {
    const [x, y] = text.split(",").map(Number);
    return { x: round(x), y: round(height - y) };
  };
  const boxes = new Map();
  for (const object of json.objects ?? []) {
    const node = reading.byId.get(object.name);
    if (node) boxes.set(node.id, placed(node, point(object.pos), direction));
  }
  const routes = new Map();
  for (const edge of json.edges ?? []) {
    const points = edge.pos
      .split(" ")
      .filter((part) => !/^[es],/.test(part))
      .map(point);
    const index = Number(edge.id);
    routes.set(index, {
      index,
      path: curve(points, direction),
      points,
      label: edge.lp ? point(edge.lp) : null,
    });
  }
  return { width, height, boxes, routes, direction, shape: reading.shape };
}

/** @param {DrawnNode} node @param {Point} centre @param {Direction} direction @returns {Box} */
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

/** Returns a smooth path through where Graphviz led an edge, never turning back.
 * @param {Point[]} points a start, then three points for each Bézier piece
 * @param {Direction} direction @returns {string} */
function curve(points, direction) {
  const along = direction === "LR" ? "x" : "y";
  const [start, end] = [points[0], points[points.length - 1]];
  const passed = [start];
  for (let i = 3; i < points.length - 1; i += 3) {
    const last = passed[passed.length - 1];
    const clear = points[i][along] - last[along] > CLEAR && end[along] - points[i][along] > CLEAR;
    if (clear) passed.push(points[i]);
  }
  if (passed.length === 1) passed.push(bezierMiddle(points));
  const path = line((/** @type {Point} */ { x }) => x, (/** @type {Point} */ { y }) => y)
    .curve(direction === "LR" ? curveMonotoneX : curveMonotoneY);
  return path([...passed, end]) ?? "";
}

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

/** Returns the way from a card to the sign of another, in one sweep.
 * @param {Box} from @param {Box} to @param {Direction} direction
 * @returns {{path: string, points: Point[]}} */
export function joined(from, to, direction) {
  const lying = direction === "LR";
  const start = lying
    ? { x: from.x + from.width, y: from.y + from.height / 2 }
    : { x: from.x + from.width / 2, y: from.y + from.height };
  const end = lying ? { x: to.cx - SIGN.radius, y: to.cy } : { x: to.cx, y: to.cy - SIGN.radius };
  const turn = lying ? (start.x + end.x) / 2 : (start.y + end.y) / 2;
  const [a, b] = lying
    ? [{ x: turn, y: start.y }, { x: turn, y: end.y }]
    : [{ x: start.x, y: turn }, { x: end.x, y: turn }];
  const path = `M${start.x},${start.y}C${a.x},${a.y} ${b.x},${b.y} ${end.x},${end.y}`;
  return { path, points: [start, a, b, end] };
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 100) / 100;
}
