/** Scene: geometry and frame and selection, ready to draw. What a step does not touch stays the very
 * object that it was in the last scene, so that it need not be drawn again. Pure.
 */
import { factor, number, plain, sign, signed } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./fold.js").Item} Item */
/** @typedef {import("./fold.js").Wire} Edges */
/** @typedef {import("./highlight.js").Highlight} Highlight */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {import("./sight.js").Rect} Rect */
/** @typedef {{width: number, height: number}} Size */
/** @typedef {{id: string, x: number, y: number, width: number, height: number, kind: string,
 *   label: string, value: string, grad: string, gradSign: string, glyph: string | null, cx: number,
 *   cy: number, active: boolean, lit: boolean, dimmed: boolean, selected: boolean,
 *   chosen: boolean, relation: string, output: boolean, warnings: string[], count: number,
 *   doing: string, many: string, text: string, made: string}} Card
 *   `count`: values in a folded group, `doing`: what happens to one of them now, `many`: what stands
 *   in place of value and gradient where no single one is its result. `text`: name, value
 *   and gradient in words, `made`: of what. */
/** @typedef {{index: number, path: string, state: string, sign: string, width: number,
 *   lit: boolean, dimmed: boolean, active: boolean, asked: boolean}} Wire */
/** @typedef {{index: number, x: number, y: number, text: string, sign: string, active: boolean,
 *   lead: string}} Tag
 *   `lead`: a line to its wire, where it had to move away. */
/** @typedef {{id: string, name: string, x: number, y: number, width: number, height: number,
 *   active: boolean, text: string}} Around */
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

/** Returns what may be said of a value by now: of its gradient nothing before it is known.
 * @param {string[]} warnings @param {boolean} isKnown @returns {string[]} */
function told(warnings, isKnown) {
  return isKnown ? warnings : warnings.filter((text) => !text.startsWith("the gradient"));
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
  const card = {
    ...box,
    kind: item.kind,
    label: item.label,
    value: plain(value),
    grad: plain(grad),
    gradSign: sign(grad),
    glyph: item.operation === null ? null : (glyphs.get(item.operation) ?? item.operation),
    active: isActive,
    lit: highlight.lit.has(item.id),
    chosen: highlight.chosen.has(item.id),
    dimmed: highlight.lit.size > 0 && !highlight.lit.has(item.id),
    relation: highlight.relations.get(item.id) ?? "",
    selected: highlight.selected === item.id && !folded,
    output: node?.id === reading.trace.output,
    warnings: value === null || folded ? [] : told(node?.warnings ?? [], grad !== null),
    count: folded ? item.size : 0,
    many: folded && item.result === null ? t("group.many", { count: item.size }) : "",
    doing: folded && isActive && !view.asked ? doing(view, item.id) : "",
    made: folded || !node?.operands.length ? "" : madeOf(view, node.id),
  };
  return { ...card, text: spoken(card, t) };
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
    return t("group.doing.backward", { name, contribution: signed(number(current.contribution)) });
  }
  const target = reading.byId.get(reading.edges.get(current.edge)?.target ?? "");
  return t("group.doing.from", { name: target?.label ?? "" });
}

/** @param {View} view @param {string} id @returns {string} the operation and its operands in words */
function madeOf({ reading, t }, id) {
  const node = reading.byId.get(id);
  const operands = (node?.operands ?? []).map(
    (operand) => reading.byId.get(operand)?.label || plain(number(reading.byId.get(operand)?.value ?? NaN)),
  );
  const operation = (node?.operation ?? "").replaceAll("_", " ");
  return t("node.made", { operation, operands: operands.join(", ") });
}

/** @param {{label: string, kind: string, value: string, grad: string, count: number, doing: string,
 *   warnings: string[]}} card
 * @param {Translate} t @returns {string} name, value and gradient, as a screen reader says them */
function spoken(card, t) {
  if (card.kind === "constant") return t("node.spoken.constant", { value: card.value });
  if (card.kind === "group") {
    const known = card.value ? [t("node.value", { value: card.value })] : [];
    if (card.grad) known.push(t("node.grad", { grad: card.grad }));
    if (card.doing) known.push(card.doing);
    return [t("group.spoken", { name: card.label, count: card.count }), ...known].join(", ");
  }
  const name = card.label;
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

/** @param {View} view @param {Edges} edge @returns {Tag | null} the number on a wire, if any */
function tagOf(view, { index, source, all }) {
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

/** @param {View} view @returns {Around[]} outer ones first */
function framesOf({ layout, t, active }) {
  const { frames, home } = layout.drawn;
  const within = new Set();
  for (const item of active.nodes) {
    for (let id = home.get(item) ?? ""; id && !within.has(id); id = frames.get(id)?.parent ?? "") within.add(id);
  }
  return [...frames.values()].flatMap(({ id, name, size }) => {
    const place = layout.frames.get(id);
    const text = t("group.open", { name, count: size });
    return place ? [{ ...place, name, active: within.has(id), text }] : [];
  });
}

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

/** @param {Card} card @returns {Rect} what is said under a folded group */
function roomUnder({ x, y, width, height, doing }) {
  const room = doing.length * 7 + 14;
  return { x: x + (width - room) / 2, y: y + height, width: room, height: SAID };
}

/** Returns a number on a wire, beside what is said under a folded group and not over a card instead.
 * @param {Tag} tag @param {Rect[]} said @param {Rect[]} taken what is said, and cards
 * @param {Size} size @returns {Tag | null} null where it would be too far from its wire */
function clearOf(tag, said, taken, size) {
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
