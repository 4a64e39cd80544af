/** Groups: the boxes that a drawing is divided into. Calls, neurons, layers and turns of a loop come
 * from the trace; loops are found among the turns, and what would still be too much is bundled. Pure.
 */
import { branch, isBranch, numbered, wayTo } from "./branches.js";
import { bundle } from "./bundles.js";
import { clipped } from "./format.js";
import { Loops } from "./loops.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./branches.js").Branch} Branch */
/** @typedef {{id: string, name: string, whole: string, kin: string, parent: string | null, groups: string[],
 *   nodes: string[], size: number, depth: number}} Group
 *   `id`: the keys on the way to it, so that it is the same after an edit that keeps the structure.
 *   `name`: as far as there is room for it; `whole`: all of it.
 *   `kin`: what it shares with its like (all neurons of a layer). `size`: values in it, at any depth. */
/** @typedef {{groups: Map<string, Group>, home: Map<string, string>}} Grouping
 *   Outer groups come before inner ones, the one around everything first. `home`: the innermost
 *   group of each node. */

/** Up to so many values a drawing can be read as it is. */
export const READABLE = 80;
/** Among so few values no loops are looked for. */
const FEW = 40;
/** Longest name of a group that is drawn, in characters. */
const NAME = 28;
/** The group around everything; it is not drawn. */
export const TOP = "";

/** Returns the groups of what is drawn.
 * @param {Reading} reading @returns {Grouping} */
export function groupsOf(reading) {
  const { top, owners } = planted(reading);
  if (reading.nodes.length > READABLE) bundle(top, reading, owners);
  return listed(top);
}

/** Returns the groups of the trace that hold at least two drawn values, with these in them.
 * @param {Reading} reading @returns {{top: Branch, owners: Map<string, Branch>}} */
function planted(reading) {
  const top = branch(TOP, null);
  /** @type {Map<string | null, Branch>} */
  const known = new Map([[null, top]]);
  for (const { id, name, parent, said = name } of reading.trace.groups) {
    known.set(id, branch(said, known.get(parent) ?? top, name)); // in any language it is the same group
  }
  /** @type {Map<string, Branch>} */
  const owners = new Map();
  for (const { id, group } of reading.nodes) owners.set(id, known.get(group) ?? top);
  if (reading.nodes.length > FEW) plantLoops(reading, owners);
  for (const node of reading.nodes) {
    if (belongsToItsUse(node)) owners.set(node.id, shared(node, reading, owners));
  }
  for (const owner of owners.values()) {
    for (let at = /** @type {Branch | null} */ (owner); at; at = at.parent) at.size += 1;
  }
  // Results come first, so that each group is listed where its first result is.
  const results = reading.nodes.filter(({ makes }) => makes.length);
  const leaves = reading.nodes.filter(({ makes }) => !makes.length);
  const listed = new Set([top]);
  for (const node of [...results, ...leaves]) {
    let owner = owners.get(node.id) ?? top;
    while (owner.parent && !stands(owner)) owner = owner.parent;
    owners.set(node.id, owner);
    const list = node.makes.length ? "made" : "given";
    owner[list].push(node);
    while (owner.parent && !listed.has(owner)) {
      listed.add(owner);
      while (owner.parent?.parent && !stands(owner.parent)) owner.parent = owner.parent.parent;
      owner.parent[list].push(owner);
      owner = owner.parent;
    }
  }
  return { top, owners };
}

/** @param {Reading} reading @param {Map<string, Branch>} owners */
function plantLoops({ nodes }, owners) {
  const loops = new Loops();
  for (const { id, makes } of nodes) if (makes.length) loops.follow(/** @type {Branch} */ (owners.get(id)));
  loops.plant();
}

/** Tells whether a group says something: of one value, or of all that its parent holds, it does not.
 * @param {Branch} group */
function stands({ size, parent }) {
  return size > 1 && (parent?.parent === null || size !== parent?.size);
}

/** A constant, and a parameter whose name says where it sits (`n[0][1].w[0]`), stand where they are
 * used; what has a name of its own is given from outside.
 * @param {DrawnNode} node */
function belongsToItsUse({ kind, name }) {
  return kind === "constant" || (kind === "input" && /[.[]/.test(name ?? ""));
}

/** @param {DrawnNode} node @param {Reading} reading @param {Map<string, Branch>} owners
 * @returns {Branch} the innermost group that holds all its uses */
function shared(node, reading, owners) {
  const own = /** @type {Branch} */ (owners.get(node.id));
  /** @type {Branch[] | null} */
  let common = null;
  for (const index of node.uses) {
    const way = wayTo(owners.get(reading.edges.get(index)?.target ?? "") ?? own);
    common = common === null ? way : common.filter((group, depth) => group === way[depth]);
  }
  return common?.at(-1) ?? own;
}

/** Numbers the groups that share a name, and lists all of them, outer ones first.
 * @param {Branch} top @returns {Grouping} */
function listed(top) {
  /** @type {Grouping} */
  const grouping = { groups: new Map(), home: new Map() };
  const queue = [{ item: top, id: TOP, name: TOP, parent: /** @type {string | null} */ (null), depth: 0 }];
  for (const { item, id, name, parent, depth } of queue) {
    const inside = [...item.made, ...item.given];
    const branches = inside.filter(isBranch);
    const nodes = inside.flatMap((one) => (isBranch(one) ? [] : [one.id]));
    const names = numbered(branches.map((one) => one.name));
    const ids = numbered(branches.map(({ key }) => key)).map((key) => `${id}/${key}`);
    const { kin, size } = item;
    grouping.groups.set(id, { id, name: clipped(name, NAME), whole: name, kin, parent, groups: ids, nodes, size, depth });
    for (const node of nodes) grouping.home.set(node, id);
    branches.forEach((one, index) => {
      queue.push({ item: one, id: ids[index], name: names[index], parent: id, depth: depth + 1 });
    });
  }
  return grouping;
}
