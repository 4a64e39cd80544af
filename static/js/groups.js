/** Groups: the boxes that a drawing is divided into. Calls, neurons, layers and turns of a loop come
 * from the trace; where a box would still hold more than anybody can read, its contents are bundled
 * into runs of neighbours, so that a drawing of any size can be opened piece by piece. Pure.
 */
import { number, short } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {{id: string, name: string, kin: string, parent: string | null, groups: string[],
 *   nodes: string[], size: number, depth: number}} Group
 *   `id`: the names on the way to it, so that it is the same after an edit that keeps the structure.
 *   `kin`: what it shares with its like (all neurons of a layer). `size`: values in it, at any depth. */
/** @typedef {{groups: Map<string, Group>, home: Map<string, string>}} Grouping
 *   Outer groups come before inner ones, the one around everything first. `home`: the innermost
 *   group of each node. */

/** Up to so many values a drawing can be read as it is. */
export const READABLE = 80;
/** No box of a larger one holds more things than so many. */
const FAN = 40;
/** The group around everything; it is not drawn. */
export const TOP = "";
/** What bundles have in common. */
export const BUNDLE = "…";

/** A group that still grows. What has no operands stands apart, in `given`: it comes before
 * everything, whatever it is bundled with.
 * @typedef {{name: string, kin: string, parent: Branch | null, depth: number, size: number,
 *   bundle: boolean, given: Item[], made: Item[]}} Branch */
/** @typedef {Branch | DrawnNode} Item */

/** Returns the groups of what is drawn.
 * @param {Reading} reading @returns {Grouping} */
export function groupsOf(reading) {
  const { top, owners } = planted(reading);
  if (reading.nodes.length > READABLE) bundle(top, reading, owners);
  return listed(top);
}

/** @param {string} name @param {Branch | null} parent @returns {Branch} */
function branch(name, parent) {
  const kin = name.split(" = ", 1)[0];
  const depth = parent ? parent.depth + 1 : 0;
  return { name, kin, parent, depth, size: 0, bundle: false, given: [], made: [] };
}

/** @param {Item} item @returns {item is Branch} */
const isBranch = (item) => "bundle" in item;

/** Returns the groups of the trace that hold at least two drawn values, with these in them.
 * @param {Reading} reading @returns {{top: Branch, owners: Map<string, Branch>}} */
function planted(reading) {
  const top = branch(TOP, null);
  /** @type {Map<string | null, Branch>} */
  const known = new Map([[null, top]]);
  for (const { id, name, parent } of reading.trace.groups) {
    known.set(id, branch(name, known.get(parent) ?? top));
  }
  /** @type {Map<string, Branch>} */
  const owners = new Map();
  for (const { id, group } of reading.nodes) owners.set(id, known.get(group) ?? top);
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
 * @returns {Branch} the innermost group within the node's own that holds all its uses */
function shared(node, reading, owners) {
  const own = /** @type {Branch} */ (owners.get(node.id));
  let common = /** @type {Branch | null} */ (null);
  for (const index of node.uses) {
    let user = owners.get(reading.edges.get(index)?.target ?? "") ?? own;
    let held = common ?? user;
    while (held !== user) {
      if (held.depth >= user.depth) held = held.parent ?? held;
      else user = user.parent ?? user;
    }
    common = held;
  }
  for (let at = common; at; at = at.parent) if (at === own) return common ?? own;
  return own;
}

/** Bundles what a group holds too much of; runs of neighbours never wait for one another in a circle.
 * @param {Branch} group @param {Reading} reading @param {Map<string, Branch>} owners */
function bundle(group, reading, owners) {
  for (const item of group.made) if (isBranch(item)) bundle(item, reading, owners);
  for (const item of group.given) if (isBranch(item)) bundle(item, reading, owners);
  if (group.made.length + group.given.length <= FAN) return;
  group.made = runs(group.made, group, owners);
  group.given = group.given.filter((item) => isBranch(item) || !moved(item, group, reading, owners));
  group.given = runs(byOwner(group.given, group, owners), group, owners);
}

/** Bundles parameters by what they belong to: n[0][1].w[0] to n[0].
 * @param {Item[]} items @param {Branch} parent @param {Map<string, Branch>} owners
 * @returns {Item[]} */
function byOwner(items, parent, owners) {
  /** @type {Map<string, Item[]>} */
  const parts = new Map();
  for (const item of items) {
    const name = isBranch(item) ? "" : (item.name?.match(/^\w+\[\d+\](?=[.[])/)?.[0] ?? "");
    const part = parts.get(name) ?? [];
    part.push(item);
    parts.set(name, part);
  }
  return [...parts].flatMap(([name, part]) =>
    name && part.length > 1 ? [gathered(name, part, parent, owners)] : part,
  );
}

/** @param {Item[]} items @param {Branch} parent @param {Map<string, Branch>} owners
 * @returns {Item[]} at most FAN, if need be bundles of bundles */
function runs(items, parent, owners) {
  if (items.length <= FAN) return items;
  let size = FAN;
  while (items.length / size > FAN) size *= FAN;
  const count = Math.ceil(items.length / size);
  const each = Math.ceil(items.length / count);
  return Array.from({ length: count }, (_, index) => {
    const run = items.slice(index * each, (index + 1) * each);
    return gathered(`${called(run[0])} … ${called(run[run.length - 1])}`, run, parent, owners);
  });
}

/** @param {string} name @param {Item[]} items @param {Branch} parent
 * @param {Map<string, Branch>} owners @returns {Branch} a bundle of them */
function gathered(name, items, parent, owners) {
  const made = { ...branch(name, parent), kin: BUNDLE, bundle: true };
  for (const item of items) {
    if (isBranch(item)) item.parent = made;
    else owners.set(item.id, made);
    made.size += isBranch(item) ? item.size : 1;
  }
  made.made = runs(items, made, owners);
  return made;
}

/** @param {Item} item @returns {string} */
function called(item) {
  if (isBranch(item)) return item.bundle ? item.name.split(" … ")[0] : item.name;
  return item.label || short(number(item.value));
}

/** Moves what only one bundle needs into it.
 * @param {DrawnNode} node @param {Branch} group @param {Reading} reading
 * @param {Map<string, Branch>} owners @returns {boolean} */
function moved(node, group, reading, owners) {
  let place = group;
  for (;;) {
    const ways = new Set(node.uses.map((index) => {
      let way = owners.get(reading.edges.get(index)?.target ?? "") ?? group;
      while (way.parent && way !== place && way.parent !== place) way = way.parent;
      return way;
    }));
    const [way] = ways;
    if (ways.size !== 1 || way === place || !way.bundle || way.parent !== place) break;
    place = way;
    place.size += 1;
  }
  if (place === group) return false;
  place.given.push(node);
  owners.set(node.id, place);
  return true;
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
    const ids = names.map((one) => `${id}/${one}`);
    const { kin, size } = item;
    grouping.groups.set(id, { id, name, kin, parent, groups: ids, nodes, size, depth });
    for (const node of nodes) grouping.home.set(node, id);
    branches.forEach((one, index) => {
      queue.push({ item: one, id: ids[index], name: names[index], parent: id, depth: depth + 1 });
    });
  }
  return grouping;
}

/** @param {string[]} names @returns {string[]} those that occur repeatedly, with a number */
function numbered(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const turns = names.map((name) => {
    const turn = (counts.get(name) ?? 0) + 1;
    counts.set(name, turn);
    return turn;
  });
  return names.map((name, index) => {
    if (counts.get(name) === 1) return name;
    return /^\w+$/.test(name) ? `${name} ${turns[index]}` : `${name} (${turns[index]})`;
  });
}
