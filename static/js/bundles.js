/** Bundles: where a group would hold more than anybody can read, runs of neighbours in it are one box
 * each, so that a drawing of any size can be opened piece by piece. Pure.
 */
import { bundleOf, bundleOfRange, isBranch, numbered } from "./branches.js";
import { number, short } from "./format.js";

/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** @typedef {import("./branches.js").Branch} Branch */
/** @typedef {import("./branches.js").Item} Item */

/** No box of a large drawing holds more things than so many, nor groups among so many loose values. */
const FAN = 40;
const MIXED = 12;
/** What is more is divided into few parts, which can be read side by side, of so many things or of
 * parts again. */
const PARTS = 5;
const PART = 20;
/** What stands for a network in the name of its parameter, and what for a layer. */
const OWNED = [/^\w+(?=\[\d+\]\[)/, /^\w+\[\d+\](?=[.[])/];

/** Bundles what a group holds too much of; runs of neighbours never wait for one another in a circle.
 * @param {Branch} group @param {Reading} reading @param {Map<string, Branch>} owners */
export function bundle(group, reading, owners) {
  for (const item of [...group.made, ...group.given]) if (isBranch(item)) bundle(item, reading, owners);
  const count = group.made.length + group.given.length;
  const isMixed = count > MIXED && group.made.some(isBranch);
  if (count <= FAN && !isMixed) return;
  const branches = [...group.made, ...group.given].filter(isBranch);
  const names = numbered(branches.map(({ name }) => name));
  const keys = numbered(branches.map(({ key }) => key));
  for (const [index, item] of branches.entries()) Object.assign(item, { name: names[index], key: keys[index] });
  if (isMixed) group.made = between(group.made, group, owners);
  group.made = runs(group.made, group, owners);
  group.given = group.given.filter((item) => isBranch(item) || !moved(item, group, reading, owners));
  group.given = runs(byOwner(group.given, group, owners), group, owners);
}

/** Bundles the loose values between groups: each bundle is called what it comes to, its last value.
 * @param {Item[]} items @param {Branch} parent @param {Map<string, Branch>} owners
 * @returns {Item[]} */
function between(items, parent, owners) {
  /** @type {Item[][]} */
  const parts = [];
  for (const [index, item] of items.entries()) {
    const loose = index > 0 && !isBranch(item) && !isBranch(items[index - 1]);
    if (loose) parts[parts.length - 1].push(item);
    else parts.push([item]);
  }
  /** @type {Item[]} */
  let before = [];
  const divided = parts.flatMap((part) => {
    const [turn, ...rest] = turns(part, before);
    if (part.length > 1) before = turn;
    return [turn, ...rest];
  });
  return divided.flatMap((part) => {
    const name = called(part[part.length - 1]);
    return part.length > 1 ? [gathered(bundleOf(name, parent), part, owners)] : part;
  });
}

/** Divides a part that begins with the same texts as the turn before it: the last turn of a comprehension,
 * and then what is made of all the turns.
 * @param {Item[]} part @param {Item[]} before @returns {Item[][]} */
function turns(part, before) {
  const count = before.length;
  const isTurn = count > 1 && part.length > count && before.every((item, at) => isAlike(item, part[at]));
  return isTurn ? [part.slice(0, count), part.slice(count)] : [part];
}

/** @param {Item} one @param {Item} other @returns {boolean} whether one text computes both */
function isAlike(one, other) {
  return !isBranch(one) && !isBranch(other) && one.span !== null && String(one.span) === String(other.span);
}

/** Bundles parameters by what they belong to: n[0][1].w[0] to n, and within it to n[0].
 * @param {Item[]} items @param {Branch} parent @param {Map<string, Branch>} owners
 * @param {RegExp[]} [owned] how the name of an owner is found, the outermost first
 * @returns {Item[]} */
function byOwner(items, parent, owners, [owned, ...inner] = OWNED) {
  /** @type {Map<string, Item[]>} */
  const parts = new Map();
  for (const item of items) {
    const name = isBranch(item) ? "" : (item.name?.match(owned)?.[0] ?? "");
    const part = parts.get(name) ?? [];
    part.push(item);
    parts.set(name, part);
  }
  return [...parts].flatMap(([name, part]) => {
    const within = name && part.length > 1 ? gathered(bundleOf(name, parent), part, owners) : null;
    const own = inner.length ? byOwner(part, within ?? parent, owners, inner) : part;
    if (within) within.made = runs(own, within, owners);
    return within ?? own;
  });
}

/** @param {Item[]} items @param {Branch} parent @param {Map<string, Branch>} owners
 * @returns {Item[]} at most FAN, if need be bundles of bundles */
function runs(items, parent, owners) {
  if (items.length <= FAN) return items;
  const each = Math.ceil(items.length / Math.min(PARTS, Math.ceil(items.length / PART)));
  return Array.from({ length: Math.ceil(items.length / each) }, (_, index) => {
    return together(items.slice(index * each, (index + 1) * each), parent, owners);
  });
}

/** @param {Item[]} run @param {Branch} parent @param {Map<string, Branch>} owners
 * @returns {Branch} a bundle of neighbours */
function together(run, parent, owners) {
  const names = run.filter((item) => (isBranch(item) ? !item.bundle : item.name !== null));
  const [first, ...others] = names.length > 1 ? names : run;
  return gathered(bundleOfRange(called(first), called(others.at(-1) ?? first), parent), run, owners);
}

/** @param {Branch} made @param {Item[]} items @param {Map<string, Branch>} owners
 * @returns {Branch} a bundle of them */
function gathered(made, items, owners) {
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
  if (isBranch(item)) return item.name;
  return item.whole || short(number(item.value));
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
