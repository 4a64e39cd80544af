/** Layers: a plain layout for graphs that Graphviz would take too long for. Each value stands one
 * layer after its latest operand, near the middle of its operands. Pure.
 */
import { cardSize, joined, SIGN } from "./layout.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Box} Box */
/** @typedef {import("./layout.js").Direction} Direction */

const GAP = { along: 70, across: 22 };

/** Returns a layout, and how many layers its edges cross altogether.
 * @param {Reading} reading @param {Direction} direction
 * @returns {{layout: Layout, crossed: number}} */
export function layered(reading, direction) {
  const layers = layersOf(reading);
  let crossed = 0;
  for (const { source, target } of reading.edges.values()) {
    crossed += (layers.get(target) ?? 0) - (layers.get(source) ?? 0);
  }
  const boxes = placed(reading, layers, direction);
  const routes = new Map();
  for (const [index, { source, target }] of reading.edges) {
    const [from, to] = [boxes.get(source), boxes.get(target)];
    if (from && to) routes.set(index, { index, label: null, ...joined(from, to, direction) });
  }
  const all = [...boxes.values()];
  const width = Math.max(...all.map((box) => box.x + box.width));
  const height = Math.max(...all.map((box) => box.y + box.height));
  return { layout: { width, height, boxes, routes, direction, shape: reading.shape }, crossed };
}

/** @param {Reading} reading @returns {Map<string, number>} */
function layersOf(reading) {
  const layers = new Map();
  for (const { id, operands } of reading.nodes) {
    layers.set(id, Math.max(-1, ...operands.map((operand) => layers.get(operand) ?? 0)) + 1);
  }
  // What waits for a late use stands just before it.
  for (const node of [...reading.nodes].reverse()) {
    const uses = node.uses.map((index) => layers.get(reading.edges.get(index)?.target) ?? 0);
    if (uses.length) layers.set(node.id, Math.min(...uses) - 1);
  }
  return layers;
}

/** @param {Reading} reading @param {Map<string, number>} layers @param {Direction} direction
 * @returns {Map<string, Box>} */
function placed(reading, layers, direction) {
  /** @type {DrawnNode[][]} */
  const columns = [];
  for (const node of reading.nodes) (columns[layers.get(node.id) ?? 0] ??= []).push(node);
  const boxes = new Map();
  const lying = direction === "LR";
  const room = 2 * SIGN.radius + SIGN.gap;
  let along = 0;
  for (const column of columns) {
    /** @param {DrawnNode} node */
    const middle = (node) => {
      const near = node.operands.map((id) => boxes.get(id)).filter(Boolean);
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
