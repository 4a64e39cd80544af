/** Layers: a plain layout for graphs that Graphviz would take too long for. Each value stands one
 * layer after its latest operand, near the middle of its operands. No wire passes behind a card: one
 * that would have to is left out between its ends, and has the name of where it comes from. Pure.
 */
import { bounds, cardSize, SIGN } from "./layout.js";

/** @typedef {import("./fold.js").Folded} Folded */
/** @typedef {import("./fold.js").Item} Item */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Box} Box */
/** @typedef {import("./layout.js").Point} Point */
/** @typedef {import("./layout.js").Route} Route */
/** @typedef {import("./layout.js").Direction} Direction */

const GAP = { along: 70, across: 22 };
const STUB = { along: 22, across: 26 };

/** Returns a layout, and how many layers its edges cross altogether.
 * @param {Folded} drawn @param {Direction} direction
 * @returns {{layout: Layout, crossed: number}} */
export function layered(drawn, direction) {
  const operands = listed(drawn, "target", "source");
  const layers = layersOf(drawn, operands);
  let crossed = 0;
  for (const { source, target } of drawn.edges.values()) {
    crossed += Math.abs((layers.get(target) ?? 0) - (layers.get(source) ?? 0));
  }
  const boxes = placed(drawn, operands, layers, direction);
  const routes = routed(drawn, boxes, layers, direction);
  const all = [...boxes.values()];
  const width = Math.max(...all.map((box) => box.x + box.width));
  const height = Math.max(...all.map((box) => box.y + box.height));
  const layout = { width, height, boxes, frames: new Map(), routes, direction, drawn, shape: drawn.shape };
  return { layout, crossed };
}

/** @param {Folded} drawn @param {Map<string, Box>} boxes @param {Map<string, number>} layers
 * @param {Direction} direction @returns {Map<number, Route>} */
function routed(drawn, boxes, layers, direction) {
  const columns = extents(boxes, layers, direction);
  const routes = new Map();
  /** @type {Map<string, number>} */
  const arrived = new Map();
  for (const [index, { source, target }] of drawn.edges) {
    const [from, to] = [boxes.get(source), boxes.get(target)];
    const [before, after] = [layers.get(source) ?? 0, layers.get(target) ?? 0];
    if (!from || !to) continue;
    if (after - before === 1) {
      const gap = [columns.get(before)?.end ?? 0, columns.get(after)?.start ?? 0];
      routes.set(index, { index, ...swept(from, to, gap, direction) });
      continue;
    }
    const others = arrived.get(target) ?? 0;
    arrived.set(target, others + 1);
    routes.set(index, { index, ...stub(to, others, direction) });
  }
  return routes;
}

/** @param {Map<string, Box>} boxes @param {Map<string, number>} layers @param {Direction} direction
 * @returns {Map<number, {start: number, end: number}>} where each layer begins and ends */
function extents(boxes, layers, direction) {
  const columns = new Map();
  for (const box of boxes.values()) {
    const layer = layers.get(box.id) ?? 0;
    const known = columns.get(layer) ?? { start: Infinity, end: -Infinity };
    const [leaving, reached] = [leaves(box, direction), reaches(box, direction)];
    const [start, end] = direction === "LR" ? [reached.x, leaving.x] : [reached.y, leaving.y];
    columns.set(layer, { start: Math.min(known.start, start), end: Math.max(known.end, end) });
  }
  return columns;
}

/** @param {Box} box @param {Direction} direction @returns {Point} where wires leave a card */
function leaves({ x, y, width, height }, direction) {
  return direction === "LR" ? { x: x + width, y: y + height / 2 } : { x: x + width / 2, y: y + height };
}

/** @param {Box} box @param {Direction} direction @returns {Point} where wires reach its sign */
function reaches({ x, y, cx, cy }, direction) {
  return direction === "LR"
    ? { x: Math.min(x, cx - SIGN.radius), y: cy }
    : { x: cx, y: Math.min(y, cy - SIGN.radius) };
}

/** Returns the way from a card to the sign of another, in one sweep through the gap between them.
 * @param {Box} from @param {Box} to @param {number[]} gap @param {Direction} direction
 * @returns {Omit<Route, "index">} */
function swept(from, to, gap, direction) {
  const [start, end] = [leaves(from, direction), reaches(to, direction)];
  const middle = (gap[0] + gap[1]) / 2;
  const at = (/** @type {Point} */ { x, y }, /** @type {number} */ along) =>
    direction === "LR" ? { x: along, y } : { x, y: along };
  const way = [at(start, gap[0]), at(start, middle), at(end, middle), at(end, gap[1])];
  const [a, b, c, d] = way.map(({ x, y }) => `${x},${y}`);
  return {
    path: `M${start.x},${start.y}L${a}C${b} ${c} ${d}L${end.x},${end.y}`,
    bounds: bounds([start, ...way, end]),
    middle: { x: (way[1].x + way[2].x) / 2, y: (way[1].y + way[2].y) / 2 },
    roomy: false,
  };
}

/** Returns the last bit of a way, beside those of other operands.
 * @param {Box} to @param {number} before how many of them @param {Direction} direction
 * @returns {Omit<Route, "index">} */
function stub(to, before, direction) {
  const end = reaches(to, direction);
  const side = (before % 2 ? 1 : -1) * STUB.across * (1 + Math.floor(before / 2));
  const start =
    direction === "LR" ? { x: end.x - STUB.along, y: end.y + side } : { x: end.x + 2 * side, y: end.y - STUB.along };
  const path = `M${start.x},${start.y}L${end.x},${end.y}`;
  return { path, bounds: bounds([start, end]), middle: start, roomy: false, named: true };
}

/** @param {Folded} drawn @param {"source" | "target"} from @param {"source" | "target"} to
 * @returns {Map<string, string[]>} what lies at the other end of each node's edges */
function listed(drawn, from, to) {
  /** @type {Map<string, string[]>} */
  const ends = new Map();
  for (const edge of drawn.edges.values()) {
    const known = ends.get(edge[from]);
    if (known) known.push(edge[to]);
    else ends.set(edge[from], [edge[to]]);
  }
  return ends;
}

/** @param {Folded} drawn @param {Map<string, string[]>} operands @returns {Map<string, number>} */
function layersOf(drawn, operands) {
  const users = listed(drawn, "source", "target");
  const order = ordered(drawn, operands, users);
  const layers = new Map();
  for (const id of order) {
    layers.set(id, Math.max(-1, ...(operands.get(id) ?? []).map((one) => layers.get(one) ?? 0)) + 1);
  }
  // What waits for a late use stands just before it.
  for (const id of order.reverse()) {
    const uses = (users.get(id) ?? []).map((user) => layers.get(user) ?? 0);
    if (uses.length) layers.set(id, Math.max(0, Math.min(...uses) - 1));
  }
  return layers;
}

/** @param {Folded} drawn @param {Map<string, string[]>} operands @param {Map<string, string[]>} users
 * @returns {string[]} every operand before what it is used in: folded groups need not be in order */
function ordered(drawn, operands, users) {
  const waits = new Map(drawn.nodes.map(({ id }) => [id, operands.get(id)?.length ?? 0]));
  const ready = drawn.nodes.flatMap(({ id }) => (waits.get(id) ? [] : [id]));
  for (const id of ready) {
    for (const user of users.get(id) ?? []) {
      const left = (waits.get(user) ?? 0) - 1;
      waits.set(user, left);
      if (left === 0) ready.push(user);
    }
  }
  const found = new Set(ready);
  return [...ready, ...drawn.nodes.map(({ id }) => id).filter((id) => !found.has(id))];
}

/** @param {Folded} drawn @param {Map<string, string[]>} operands @param {Map<string, number>} layers
 * @param {Direction} direction @returns {Map<string, Box>} */
function placed(drawn, operands, layers, direction) {
  /** @type {Item[][]} */
  const columns = [];
  for (const node of drawn.nodes) (columns[layers.get(node.id) ?? 0] ??= []).push(node);
  const boxes = new Map();
  const lying = direction === "LR";
  const room = 2 * SIGN.radius + SIGN.gap;
  let along = 0;
  for (const column of columns.filter(Boolean)) {
    /** @param {Item} node */
    const middle = (node) => {
      const near = (operands.get(node.id) ?? []).map((id) => boxes.get(id)).filter(Boolean);
      const sum = near.reduce((total, box) => total + (lying ? box.cy : box.cx), 0);
      return near.length ? sum / near.length : 0;
    };
    column.sort((a, b) => middle(a) - middle(b));
    let across = 0;
    let deepest = 0;
    for (const node of column) {
      const { width, height } = cardSize(node);
      const sign = node.operation === null ? 0 : room;
      const [x, y] = lying ? [along + sign, across] : [across, along + sign];
      const [cx, cy] = lying
        ? [along + SIGN.radius, across + height / 2]
        : [across + width / 2, along + SIGN.radius];
      boxes.set(node.id, { id: node.id, x, y, width, height, cx, cy });
      across += (lying ? height : width) + GAP.across;
      deepest = Math.max(deepest, sign + (lying ? width : height));
    }
    along += deepest + GAP.along;
  }
  return boxes;
}
