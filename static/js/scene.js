/** Scene: geometry and frame and selection, ready to draw. Pure. */
import { factor, number, short, sign, signed } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {{id: string, x: number, y: number, width: number, height: number, kind: string,
 *   label: string, value: string, grad: string, gradSign: string, glyph: string | null, cx: number,
 *   cy: number, active: boolean, lit: boolean, dimmed: boolean, selected: boolean,
 *   chosen: boolean, output: boolean, warnings: string[], text: string}} Card */
/** @typedef {{index: number, path: string, state: string, sign: string, width: number,
 *   lit: boolean, dimmed: boolean, active: boolean}} Wire */
/** @typedef {{index: number, x: number, y: number, text: string, sign: string,
 *   active: boolean}} Tag */
/** @typedef {{width: number, height: number, cards: Card[], wires: Wire[], tags: Tag[]}} Scene */

/** Returns everything that is drawn, in a fixed order.
 * @param {Reading} reading @param {Layout} layout @param {Frame} frame
 * @param {{lit: Set<string>, chosen: Set<string>, selected: string | null}} highlight
 * @param {Map<string, string>} glyphs the sign of each operation @param {Translate} t
 * @returns {Scene} */
export function sceneOf(reading, layout, frame, highlight, glyphs, t) {
  const active = activeOf(reading, frame);
  return {
    width: layout.width,
    height: layout.height,
    cards: cards(reading, layout, frame, highlight, glyphs, active, t),
    wires: wires(reading, layout, frame, highlight, active),
    tags: tags(reading, layout, frame),
  };
}

/** @param {Reading} reading @param {Frame} frame
 * @returns {{nodes: Set<string>, edges: Set<number>}} what the current step touches */
function activeOf(reading, frame) {
  const { current } = frame;
  if (!current) return { nodes: new Set(), edges: new Set() };
  if (current.phase === "backward" && current.kind === "accumulate") {
    const edge = reading.edges.get(current.edge);
    return { nodes: new Set([current.node, edge?.target ?? ""]), edges: new Set([current.edge]) };
  }
  const edges = current.phase === "forward" ? (reading.byId.get(current.node)?.makes ?? []) : [];
  return { nodes: new Set([current.node]), edges: new Set(edges) };
}

/** @param {Reading} reading @param {Layout} layout @param {Frame} frame
 * @param {{lit: Set<string>, chosen: Set<string>, selected: string | null}} highlight @param {Map<string, string>} glyphs
 * @param {{nodes: Set<string>}} active @param {Translate} t @returns {Card[]} */
function cards(reading, layout, frame, highlight, glyphs, active, t) {
  const anyLit = highlight.lit.size > 0;
  /** @type {Card[]} */
  const drawn = [];
  for (const node of reading.nodes) {
    const box = layout.boxes.get(node.id);
    if (!box) continue;
    const value = frame.values.get(node.id) ?? null;
    const grad = frame.grads.get(node.id) ?? null;
    const card = {
      ...box,
      kind: node.kind,
      label: node.label,
      value: short(value),
      grad: short(grad),
      gradSign: sign(grad),
      glyph: node.operation === null ? null : (glyphs.get(node.operation) ?? node.operation),
      active: active.nodes.has(node.id),
      lit: highlight.lit.has(node.id),
      chosen: highlight.chosen.has(node.id),
      dimmed: anyLit && !highlight.lit.has(node.id),
      selected: highlight.selected === node.id,
      output: node.id === reading.trace.output,
      warnings: value === null ? [] : node.warnings,
    };
    drawn.push({ ...card, text: spoken(card, t) });
  }
  return drawn;
}

/** @param {{label: string, kind: string, value: string, grad: string, warnings: string[]}} card
 * @param {Translate} t @returns {string} name, value and gradient, as a screen reader says them */
function spoken(card, t) {
  if (card.kind === "constant") return t("node.spoken.constant", { value: card.value });
  const name = card.label;
  const parts = [
    card.value ? t("node.value", { value: card.value }) : t("node.value.unknown"),
    card.grad ? t("node.grad", { grad: card.grad }) : t("node.grad.unknown"),
  ];
  return `${name}: ${[...parts, ...card.warnings].join(", ")}`;
}

/** @param {Reading} reading @param {Layout} layout @param {Frame} frame
 * @param {{lit: Set<string>}} highlight @param {{edges: Set<number>}} active @returns {Wire[]} */
function wires(reading, layout, frame, highlight, active) {
  const anyLit = highlight.lit.size > 0;
  const heaviest = Math.max(...[...frame.contributions.values()].map(Math.abs).filter(isFinite), 0);
  /** @type {Wire[]} */
  const drawn = [];
  for (const [index, edge] of reading.edges) {
    const route = layout.routes.get(index);
    if (!route) continue;
    const contribution = frame.contributions.get(index) ?? null;
    const lit = highlight.lit.has(edge.source) && highlight.lit.has(edge.target);
    const state =
      contribution !== null ? "backward" : frame.values.has(edge.target) ? "forward" : "waiting";
    drawn.push({
      index,
      path: route.path,
      state,
      sign: sign(contribution),
      width: weight(contribution, heaviest),
      lit,
      dimmed: anyLit && !lit,
      active: active.edges.has(index),
    });
  }
  return drawn;
}

/** @param {number | null} contribution @param {number} heaviest @returns {number} 1.25 to 4.5 px */
function weight(contribution, heaviest) {
  if (contribution === null || !(heaviest > 0) || !Number.isFinite(contribution)) return 1.25;
  return 1.25 + 3.25 * Math.sqrt(Math.abs(contribution) / heaviest);
}

/** @param {Reading} reading @param {Layout} layout @param {Frame} frame @returns {Tag[]} */
function tags(reading, layout, frame) {
  const { current } = frame;
  const now = current?.phase === "backward" && current.kind === "accumulate" ? current : null;
  /** @type {Tag[]} */
  const drawn = [];
  for (const [index, contribution] of frame.contributions) {
    const route = layout.routes.get(index);
    const active = now?.edge === index;
    const place = route?.label ?? (active && route ? middle(route.points) : null);
    if (!place) continue;
    const text =
      now && active
        ? `${factor(number(now.upstream))} · ${factor(number(now.local))} = ${short(contribution)}`
        : signed(contribution);
    const clear = active ? aside(place, text, [...layout.boxes.values()]) : place;
    drawn.push({ index, ...clear, text, sign: sign(contribution), active });
  }
  // What happens now is drawn last, over everything else.
  return drawn.sort((a, b) => Number(a.active) - Number(b.active));
}

/** How far, and in how many such paces, a text may move from its wire. */
const NUDGE = 4;
const REACH = 20;

/** Returns the nearest place above or below at which a text covers no card.
 * @param {{x: number, y: number}} place @param {string} text
 * @param {import("./layout.js").Box[]} boxes @returns {{x: number, y: number}} */
function aside(place, text, boxes) {
  const half = (text.length * 6.7 + 12) / 2;
  const near = boxes.filter((box) => box.x - 40 < place.x + half && box.x + box.width > place.x - half);
  for (let distance = 0; distance < 2 * REACH; distance += 1) {
    const y = place.y + (distance % 2 ? -1 : 1) * NUDGE * Math.ceil(distance / 2);
    const free = near.every(({ x, y: top, width, height, cx, cy }) => {
      const overCard = x < place.x + half && x + width > place.x - half && top - 10 < y && y < top + height + 10;
      const overSign = Math.abs(cx - place.x) < half + 17 && Math.abs(cy - y) < 26;
      return !overCard && !overSign;
    });
    if (free) return { x: place.x, y };
  }
  return place;
}

/** @param {{x: number, y: number}[]} points @returns {{x: number, y: number}} */
function middle(points) {
  return points[Math.floor(points.length / 2)];
}
