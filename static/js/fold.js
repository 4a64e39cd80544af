/** Fold: what is seen of a drawing when some of its groups are folded up into one box each. Pure. */
import { BUNDLE } from "./branches.js";
import { groupsOf, READABLE, TOP } from "./groups.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./groups.js").Group} Group */
/** @typedef {import("./groups.js").Grouping} Grouping */
/** @typedef {{base: "auto" | "open" | "shut", open: string[], shut: string[]}} Folds
 *   What somebody decided: for all groups, and for some of them otherwise. */
/** A group that is folded up, among the nodes.
 * @typedef {{id: string, kind: "group", label: string, whole: string, operation: null, size: number,
 *   result: string | null}} Box
 *   `result`: the one value in it that is used outside of it, if it is one. */
/** @typedef {DrawnNode | Box} Item */
/** @typedef {{index: number, source: string, target: string, all: number[]}} Wire
 *   Edges that are seen as one; `index` is that of the first. */
/** @typedef {{nodes: Item[], byId: Map<string, Item>, edges: Map<number, Wire>, frames: Map<string, Group>,
 *   home: Map<string, string>, shown: Map<string, string>, carried: Map<number, number>,
 *   refused: boolean, shape: string}} Folded
 *   `frames`: the groups that are open, outer ones first; `home`: the innermost of each item.
 *   `shown`: which item stands for each node; `carried`: which wire for each edge that does not end
 *   within one box. `refused`: whether more was to be opened than can be drawn. */

/** Nobody decided anything yet. @type {Folds} */
export const AS_FITS = { base: "auto", open: [], shut: [] };
/** How many things a drawing may show at first: it shows the most of these that can be read. */
export const ROOMS = [READABLE, 40, 20, 10, 5];
/** So few values are worth being seen, each of them, though one has to move to see them all. */
const FEW = 12;
/** More cards than so many are never drawn at once: the page would stand still. */
export const DRAWABLE = 2_000;

/** @type {WeakMap<import("./trace.js").Structure, Grouping>} */
const groupings = new WeakMap();
/** @type {WeakMap<Reading, {folds: Folds, drawn: Map<number, Folded>}>} */
const known = new WeakMap();

/** Returns the groups of a reading, found out once for all that differ in nothing but numbers.
 * @param {Reading} reading @returns {Grouping} */
export function groupingOf(reading) {
  const grouping = groupings.get(reading.structure) ?? groupsOf(reading);
  groupings.set(reading.structure, grouping);
  return grouping;
}

/** Returns what is seen of a reading, worked out anew when somebody folds or unfolds a group.
 * @param {Reading} reading @param {Folds} folds
 * @param {number} [room] how many things are to be seen, where nobody decided @returns {Folded} */
export function drawnOf(reading, folds, room = READABLE) {
  const before = known.get(reading);
  const memory = before?.folds === folds ? before : { folds, drawn: new Map() };
  known.set(reading, memory);
  const drawn = memory.drawn.get(room) ?? fold(reading, groupingOf(reading), folds, room);
  memory.drawn.set(room, drawn);
  return drawn;
}

/** Returns those of some rooms, the largest first, in which less is seen than in the first.
 * @param {Reading} reading @param {Folds} folds @param {number[]} rooms @returns {number[]} */
export function tighter(reading, folds, [room, ...rooms]) {
  const { shape } = drawnOf(reading, folds, room);
  const first = rooms.findIndex((other) => drawnOf(reading, folds, other).shape !== shape);
  return first < 0 ? [] : rooms.slice(first);
}

/** Returns what is seen of a drawing.
 * @param {Reading} reading @param {Grouping} grouping @param {Folds} folds @param {number} room
 * @returns {Folded} */
function fold(reading, grouping, folds, room) {
  const { open, refused } = opened(grouping, folds, room);
  const { groups, home } = grouping;
  /** The box that each group is folded into. @type {Map<string, string | null>} */
  const into = new Map([[TOP, null]]);
  for (const { id, parent } of groups.values()) {
    if (parent !== null) into.set(id, into.get(parent) ?? (open.has(id) ? null : id));
  }
  /** @type {Map<string, string>} */
  const shown = new Map();
  /** @type {Map<string, Item>} */
  const byId = new Map();
  const homes = new Map();
  for (const node of reading.nodes) {
    const place = home.get(node.id) ?? TOP;
    const box = into.get(place) ?? null;
    shown.set(node.id, box ?? node.id);
    const group = box === null ? null : groups.get(box);
    if (!group) byId.set(node.id, node);
    else if (!byId.has(group.id)) byId.set(group.id, boxOf(group));
    homes.set(box ?? node.id, group ? group.parent : place);
  }
  const { edges, carried } = joined(reading, shown, byId);
  results(reading, shown, byId);
  const frames = new Map([...groups].filter(([id]) => id !== TOP && open.has(id)));
  const nodes = [...byId.values()];
  return { nodes, byId, edges, frames, home: homes, shown, carried, refused, shape: shape(nodes, edges, frames) };
}

/** @param {Group} group @returns {Box} */
function boxOf({ id, name, whole, size }) {
  return { id, kind: "group", label: name, whole, operation: null, size, result: null };
}

/** Returns which groups are open, never more than can be drawn.
 * @param {Grouping} grouping @param {Folds} folds @param {number} room
 * @returns {{open: Set<string>, refused: boolean}} */
function opened({ groups }, folds, room) {
  const fits = folds.base === "auto" ? fitting(groups, room) : null;
  const [wanted, unwanted] = [new Set(folds.open), new Set(folds.shut)];
  const open = new Set([TOP]);
  let seen = held(groups.get(TOP));
  let refused = false;
  for (const group of groups.values()) {
    if (group.parent === null || !open.has(group.parent)) continue;
    const usual = fits ? fits.has(group.id) : folds.base === "open";
    if (!wanted.has(group.id) && (!usual || unwanted.has(group.id))) continue;
    const more = held(group) - 1;
    if (seen + more > DRAWABLE) {
      refused = true;
      continue;
    }
    seen += more;
    open.add(group.id);
  }
  return { open, refused };
}

/** @param {Group | undefined} group @returns {number} what is seen of it when it is open */
function held(group) {
  return group ? group.groups.length + group.nodes.length : 0;
}

/** Returns the groups that can be open for a drawing that can be read: from the outside inwards,
 * and all of a kind or none of them.
 * @param {Map<string, Group>} groups @param {number} room @returns {Set<string>} */
function fitting(groups, room) {
  const open = new Set([TOP]);
  const top = groups.get(TOP);
  if (!top || top.size <= Math.max(FEW, room)) return new Set(groups.keys());
  const outer = outermost(groups, top);
  for (const group of outer) open.add(group.id);
  let seen = held(outer[outer.length - 1]);
  for (let level = new Map([[TOP, outer.slice(-1)]]); level.size; ) {
    /** @type {Map<string, Group[]>} */
    const alike = new Map();
    for (const [kind, parents] of level) {
      for (const group of parents.flatMap(({ groups: inside }) => inside.flatMap((id) => groups.get(id) ?? []))) {
        const own = `${kind}/${group.kin}`;
        alike.set(own, [...(alike.get(own) ?? []), group]);
      }
    }
    level = new Map();
    for (const [kind, kin] of alike) {
      const more = kin.reduce((sum, group) => sum + held(group) - 1, 0);
      if (kin[0].kin === BUNDLE || seen + more > room) continue;
      seen += more;
      for (const group of kin) open.add(group.id);
      level.set(kind, kin);
    }
  }
  return open;
}

/** Returns the groups that hold everything, outer ones first: folded they would say nothing.
 * @param {Map<string, Group>} groups @param {Group} top @returns {Group[]} */
function outermost(groups, top) {
  const found = [top];
  for (let { nodes, groups: inside } = top; !nodes.length && inside.length === 1; ) {
    const only = /** @type {Group} */ (groups.get(inside[0]));
    found.push(only);
    ({ nodes, groups: inside } = only);
  }
  return found;
}

/** Returns the wires between what is seen: edges that start or end at a box are one wire a pair.
 * @param {Reading} reading @param {Map<string, string>} shown @param {Map<string, Item>} byId
 * @returns {{edges: Map<number, Wire>, carried: Map<number, number>}} */
function joined(reading, shown, byId) {
  /** @type {Map<number, Wire>} */
  const edges = new Map();
  /** @type {Map<number, number>} */
  const carried = new Map();
  /** @type {Map<string, Wire>} */
  const pairs = new Map();
  for (const [index, edge] of reading.edges) {
    const [source, target] = [shown.get(edge.source) ?? "", shown.get(edge.target) ?? ""];
    if (source === target) continue;
    const boxed = byId.get(source)?.kind === "group" || byId.get(target)?.kind === "group";
    const pair = `${source}>${target}`;
    const known = boxed ? pairs.get(pair) : undefined;
    if (known) known.all.push(index);
    else {
      const wire = { index, source, target, all: [index] };
      edges.set(index, wire);
      pairs.set(pair, wire);
    }
    carried.set(index, known?.index ?? index);
  }
  return { edges, carried };
}

/** Notes the result of each box that has exactly one.
 * @param {Reading} reading @param {Map<string, string>} shown @param {Map<string, Item>} byId */
function results(reading, shown, byId) {
  /** @type {Map<string, Set<string>>} */
  const used = new Map();
  /** @param {string} node */
  const note = (node) => {
    const box = shown.get(node) ?? "";
    if (byId.get(box)?.kind === "group") used.set(box, (used.get(box) ?? new Set()).add(node));
  };
  note(reading.trace.output);
  for (const { source, target } of reading.edges.values()) {
    if (shown.get(source) !== shown.get(target)) note(source);
  }
  for (const [id, nodes] of used) {
    const box = byId.get(id);
    const [result] = nodes;
    if (box?.kind === "group" && nodes.size === 1) box.result = result;
  }
}

/** @param {Item[]} nodes @param {Map<number, Wire>} edges @param {Map<string, Group>} frames
 * @returns {string} what decides a drawing's geometry: the same text, the same layout */
function shape(nodes, edges, frames) {
  const cards = nodes.map((node) => `${node.id}:${node.operation ?? ""}:${node.label}`);
  const wires = [...edges.values()].map(({ source, target, all }) => `${source}>${target}${all}`);
  return [cards, wires, [...frames.keys()]].map((part) => part.join(" ")).join("|");
}

/** Returns what was decided when groups are opened or shut.
 * @param {Folds} folds @param {string[]} groups @param {boolean} open @returns {Folds} */
export function decided(folds, groups, open) {
  /** @param {string[]} list */
  const others = (list) => list.filter((id) => !groups.includes(id));
  const [opened, shut] = [others(folds.open), others(folds.shut)];
  return { ...folds, open: open ? [...opened, ...groups] : opened, shut: open ? shut : [...shut, ...groups] };
}

/** Returns the groups around a node, outer ones first.
 * @param {Grouping} grouping @param {string} node @returns {string[]} */
export function around({ groups, home }, node) {
  const found = [];
  for (let id = home.get(node) ?? TOP; id !== TOP; id = groups.get(id)?.parent ?? TOP) found.unshift(id);
  return found;
}
