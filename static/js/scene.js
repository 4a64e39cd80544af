/** Scene: geometry and frame and selection, ready to draw. What a step does not touch stays the very
 * object that it was in the last scene, so that it need not be drawn again. Pure.
 */
import { number, plain, sign } from "./format.js";
import { signOf } from "./layout.js";
import { frameSize, letteringOf, written } from "./lettering.js";
import { clearOf, roomUnder, tagOf } from "./tags.js";
import { warningsBy } from "./trace.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./fold.js").Item} Item */
/** @typedef {import("./fold.js").Wire} Edges */
/** @typedef {import("./highlight.js").Highlight} Highlight */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{id: string, x: number, y: number, width: number, height: number, kind: string,
 *   label: string, value: string, grad: string, gradSign: string, glyph: string | null,
 *   sign: import("./layout.js").Rect | null, cx: number, cy: number, active: boolean, lit: boolean, dimmed: boolean, selected: boolean,
 *   chosen: boolean, relation: string, output: boolean, warnings: string[], count: number,
 *   doing: string, many: string, text: string, made: string, brief: {value: string, grad: string},
 *   lettering: import("./lettering.js").Lettering}} Card
 *   `count`: values in a folded group, `doing`: what happens to one of them now, `many`: what stands
 *   in place of value and gradient where no single one is its result. `text`: name, value
 *   and gradient in words, `made`: of what. `brief`: value and gradient in fewer digits. */
/** @typedef {{index: number, path: string, state: string, sign: string, width: number,
 *   lit: boolean, dimmed: boolean, active: boolean, asked: boolean}} Wire */
/** @typedef {{index: number, x: number, y: number, text: string, sign: string, active: boolean,
 *   lead: string, grow: number}} Tag
 *   `lead`: a line to its wire, where it had to move away. `grow`: how much larger it may be. */
/** @typedef {{id: string, name: string, x: number, y: number, width: number, height: number,
 *   active: boolean, text: string, size: number}} Around  `size`: of its name, seen from afar */
/** @typedef {{reading: Reading, layout: Layout, frame: Frame, highlight: Highlight,
 *   glyphs: Map<string, string>, t: Translate, asked: boolean, active: {nodes: Set<string>, wires: Set<number>}}} View
 *   What a scene is made of; `active` is what the current step touches, or the next one while that is
 *   `asked` about. */
/** @typedef {{width: number, height: number, cards: Card[], wires: Wire[], tags: Tag[],
 *   frames: Around[], view: View, marks: (Tag | null)[]}} Scene
 *   `marks`: the tag of each wire, if it has one. */

/** Steps that are taken at once: beyond so many, all is made anew. */
const NEAR = 60;

/** Width of the wire that is asked about, in pixels. */
const ASKED = 3;

/** Returns everything that is drawn, in a fixed order.
 * @param {Reading} reading @param {Layout} layout @param {Frame} frame @param {Highlight} highlight
 * @param {Map<string, string>} glyphs the sign of each operation @param {Translate} t
 * @param {Scene | null} [last] the scene before this one
 * @param {boolean} [asked] whether the next step is asked about @returns {Scene} */
export function sceneOf(reading, layout, frame, highlight, glyphs, t, last = null, asked = false) {
  const taken = frame.step + Number(asked);
  const active = touched(reading, layout, taken - 1, taken);
  const view = { reading, layout, frame, highlight, glyphs, t, asked, active };
  const changed = last && changedSince(last, view);
  const { nodes, edges } = layout.drawn;
  const routed = [...edges.values()].filter(({ index }) => layout.routes.has(index));
  const marks = routed.map((edge, at) =>
    last && changed && !changed.wires.has(edge.index) ? last.marks[at] : tagOf(view, edge),
  );
  const cards = nodes.map((node, at) =>
    last && changed && !changed.nodes.has(node.id) ? last.cards[at] : cardOf(view, node),
  );
  const said = cards.filter(({ doing }) => doing).map(roomUnder);
  const full = said.length ? [...said, ...layout.boxes.values()] : [];
  return {
    width: layout.width,
    height: layout.height,
    cards,
    wires: routed.map((edge, at) =>
      last && changed && !changed.wires.has(edge.index) ? last.wires[at] : wireOf(view, edge),
    ),
    tags: marks.flatMap((tag) => (tag && clearOf(tag, said, full, layout)) ?? []),
    frames: framesOf(view),
    view,
    marks,
  };
}

/** Returns what may look otherwise than in the last scene, or null if that may be anything.
 * @param {Scene} last @param {View} now
 * @returns {{nodes: Set<string>, wires: Set<number>} | null} */
function changedSince({ view }, now) {
  const same = view.reading === now.reading && view.layout === now.layout && view.highlight === now.highlight;
  const [from, to] = [view.frame.step, now.frame.step].sort((a, b) => a - b);
  if (!same || to - from > NEAR) return null;
  return touched(now.reading, now.layout, from - 1, to + Number(view.asked || now.asked));
}

/** Returns what some steps touch, by what stands for it in the drawing.
 * @param {Reading} reading @param {Layout} layout @param {number} from @param {number} to
 * @returns {{nodes: Set<string>, wires: Set<number>}} */
function touched({ steps, byId, edges }, { drawn }, from, to) {
  const nodes = new Set();
  const wires = new Set();
  for (const step of steps.slice(Math.max(0, from), to)) {
    nodes.add(drawn.shown.get(step.node));
    const used = step.phase === "forward" ? (byId.get(step.node)?.makes ?? []) : "edge" in step ? [step.edge] : [];
    for (const index of used) wires.add(drawn.carried.get(index));
    if ("edge" in step) nodes.add(drawn.shown.get(edges.get(step.edge)?.target ?? ""));
  }
  return { nodes, wires };
}

/** @param {View} view @param {Item} item @returns {Card} */
function cardOf(view, item) {
  const { reading, layout, frame, highlight, glyphs, t, active } = view;
  const box = layout.boxes.get(item.id) ?? { id: item.id, x: 0, y: 0, width: 0, height: 0, cx: 0, cy: 0 };
  const folded = item.kind === "group";
  const node = reading.byId.get(folded ? (item.result ?? "") : item.id);
  const value = frame.values.get(node?.id ?? "") ?? null;
  const grad = frame.grads.get(node?.id ?? "") ?? null;
  const isActive = active.nodes.has(item.id);
  const glyph = item.operation === null ? null : (glyphs.get(item.operation) ?? item.operation);
  const card = {
    ...box,
    kind: item.kind,
    label: item.label,
    value: plain(value),
    grad: plain(grad),
    gradSign: sign(grad),
    glyph,
    sign: glyph === null ? null : signOf(glyph, box),
    active: isActive,
    lit: highlight.lit.has(item.id),
    chosen: highlight.chosen.has(item.id),
    dimmed: highlight.lit.size > 0 && !highlight.lit.has(item.id),
    relation: highlight.relations.get(item.id) ?? "",
    selected: highlight.selected === item.id && !folded,
    output: node?.id === reading.trace.output,
    warnings: value === null || folded || !node ? [] : warningsBy(node, grad !== null),
    count: folded ? item.size : 0,
    many: folded && item.result === null ? t("group.many", { count: item.size }) : "",
    doing: folded && isActive && !view.asked ? doing(view, item.id) : "",
    made: folded || !node?.operands.length ? "" : madeOf(view, node.id),
  };
  const numbers = { value: written(value), grad: written(grad) };
  const brief = { value: numbers.value.brief, grad: numbers.grad.brief };
  return { ...card, text: spoken(card, item.whole, t), brief, lettering: letteringOf(card, numbers) };
}

/** @param {View} view @param {string} box @returns {string} what happens within a folded group */
function doing({ reading, layout, frame, t }, box) {
  const { current } = frame;
  if (!current) return "";
  const value = plain(frame.values.get(current.node) ?? null);
  const name = reading.byId.get(current.node)?.label || value;
  if (current.phase === "forward") return t("group.doing.forward", { name, value });
  if (current.kind === "seed") return t("group.doing.seed", { name, grad: plain(number(current.after)) });
  if (layout.drawn.shown.get(current.node) === box) {
    return t("group.doing.backward", { name, contribution: plain(number(current.contribution)) });
  }
  const target = reading.byId.get(reading.edges.get(current.edge)?.target ?? "");
  return t("group.doing.from", { name: target?.label ?? "" });
}

/** @param {View} view @param {string} id @returns {string} the operation and its operands in words */
function madeOf({ reading, t }, id) {
  const node = reading.byId.get(id);
  const operands = (node?.operands ?? []).map(
    (operand) => reading.byId.get(operand)?.whole || plain(number(reading.byId.get(operand)?.value ?? NaN)),
  );
  const operation = (node?.operation ?? "").replaceAll("_", " ");
  return t("node.made", { operation, operands: operands.join(", ") });
}

/** @param {{kind: string, value: string, grad: string, count: number, doing: string,
 *   warnings: string[]}} card
 * @param {string} name @param {Translate} t
 * @returns {string} name, value and gradient, as a screen reader says them */
function spoken(card, name, t) {
  if (card.kind === "constant") return t("node.spoken.constant", { value: card.value });
  if (card.kind === "group") {
    const known = card.value ? [t("node.value", { value: card.value })] : [];
    if (card.grad) known.push(t("node.grad", { grad: card.grad }));
    if (card.doing) known.push(card.doing);
    return [t("group.spoken", { name, count: card.count }), ...known].join(", ");
  }
  const parts = [
    card.value ? t("node.value", { value: card.value }) : t("node.value.unknown"),
    card.grad ? t("node.grad", { grad: card.grad }) : t("node.grad.unknown"),
  ];
  return `${name}: ${[...parts, ...card.warnings].join(", ")}`;
}

/** @param {View} view @param {Edges} edge @returns {Wire} */
function wireOf({ layout, frame, highlight, reading, active, asked }, edge) {
  const { index, source, target, all } = edge;
  const lit = highlight.lit.has(source) && highlight.lit.has(target);
  const known = all.flatMap((one) => frame.contributions.get(one) ?? []);
  const signs = new Set(known.map(sign));
  const isAsked = asked && active.wires.has(index);
  const arrived = all.some((one) => frame.values.has(reading.edges.get(one)?.target ?? ""));
  return {
    index,
    path: layout.routes.get(index)?.path ?? "",
    state: known.length ? "backward" : arrived ? "forward" : "waiting",
    sign: signs.size === 1 ? [...signs][0] : signs.size ? "mixed" : "unknown",
    width: isAsked ? ASKED : weight(known, frame.heaviest),
    lit,
    dimmed: highlight.lit.size > 0 && !lit,
    active: active.wires.has(index),
    asked: isAsked,
  };
}

/** @param {number[]} contributions @param {number} heaviest @returns {number} 1.25 to 4.5 px */
function weight(contributions, heaviest) {
  const most = Math.max(0, ...contributions.map(Math.abs));
  if (!(most > 0) || !(heaviest > 0) || !Number.isFinite(most)) return 1.25;
  return 1.25 + 3.25 * Math.sqrt(most / heaviest);
}

/** @param {View} view @returns {Around[]} outer ones first */
function framesOf({ layout, t, active }) {
  const { frames, home } = layout.drawn;
  const within = new Set();
  for (const item of active.nodes) {
    for (let id = home.get(item) ?? ""; id && !within.has(id); id = frames.get(id)?.parent ?? "") within.add(id);
  }
  return [...frames.values()].flatMap(({ id, name, whole, size }) => {
    const place = layout.frames.get(id);
    const text = t("group.open", { name: whole, count: size });
    return place ? [{ ...place, name, active: within.has(id), text, size: frameSize(name, place.width) }] : [];
  });
}
