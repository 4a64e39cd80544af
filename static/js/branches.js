/** Branches: groups that still grow, before they are listed as what a drawing is divided into. Pure. */

/** @typedef {import("./trace.js").DrawnNode} DrawnNode */
/** A group that still grows. What has no operands stands apart, in `given`: it comes before
 * everything, whatever it is bundled with.
 * @typedef {{name: string, key: string, kin: string, parent: Branch | null, size: number, bundle: boolean,
 *   given: Item[], made: Item[]}} Branch
 *   `key`: what it is known by among its neighbours, however many things it holds. */
/** @typedef {Branch | DrawnNode} Item */

/** What bundles have in common. */
export const BUNDLE = "…";

/** Returns a group that holds nothing yet.
 * @param {string} name @param {Branch | null} parent @param {string} [key] @returns {Branch} */
export function branch(name, parent, key = name) {
  const kin = name.split(/ = |\(/, 1)[0];
  return { name, key, kin, parent, size: 0, bundle: false, given: [], made: [] };
}

/** Returns a group of things that go from one to another: where it ends does not change which it is.
 * @param {string} first @param {string} last @param {Branch | null} parent @returns {Branch} */
export function range(first, last, parent) {
  return branch(ranging(first, last), parent, `${first} …`);
}

/** Returns a group of things that are only neighbours.
 * @param {string} name @param {Branch} parent @returns {Branch} */
export function bundleOf(name, parent) {
  return { ...branch(name, parent), kin: BUNDLE, bundle: true };
}

/** Returns a group of neighbours that is named by the first and the last of them.
 * @param {string} first @param {string} last @param {Branch} parent @returns {Branch} */
export function bundleOfRange(first, last, parent) {
  return { ...range(first, last, parent), kin: BUNDLE, bundle: true };
}

/** @param {Item} item @returns {item is Branch} */
export const isBranch = (item) => "bundle" in item;

/** Returns the groups on the way to one, the outermost first, itself last.
 * @param {Branch} last @returns {Branch[]} */
export function wayTo(last) {
  const way = [];
  for (let at = /** @type {Branch | null} */ (last); at; at = at.parent) way.unshift(at);
  return way;
}

/** Returns what a range is called: `i = 1 … 498`, `neuron 1 … 16`, `x1 … x60`.
 * @param {string} first @param {string} last @returns {string} */
function ranging(first, last) {
  const [, common = "", rest = last] = last.match(/^(\w+ (?:= )?)(\S+)$/) ?? [];
  return `${first} … ${common && first.startsWith(common) ? rest : last}`;
}

/** Returns names of which no two are the same: those that occur repeatedly have a number.
 * @param {string[]} names @returns {string[]} */
export function numbered(names) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const turns = names.map((name) => {
    const turn = (counts.get(name) ?? 0) + 1;
    counts.set(name, turn);
    return turn;
  });
  return names.map((name, index) => {
    if (counts.get(name) === 1) return name;
    return /^\w+$|\)$/.test(name) ? `${name} ${turns[index]}` : `${name} (${turns[index]})`;
  });
}
