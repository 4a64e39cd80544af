/** Loops: turns that follow one another are one group, and all between its first and its last turn are
 * one more: a loop is seen as how it begins, how often it goes on, and how it ends. Pure.
 */
import { bundleOfRange, range } from "./branches.js";

/** @typedef {import("./branches.js").Branch} Branch */
/** @typedef {{turns: Branch[], names: Set<string>}} Loop */

/** So many turns of a loop are seen side by side. */
const TURNS = 5;

/** Finds the loops among groups, as results are made in them, one after the other. */
export class Loops {
  constructor() {
    /** @type {Loop[]} */
    this.loops = [];
    /** The loop that goes on within each group. @type {Map<Branch, Loop>} */
    this.going = new Map();
  }

  /** Takes the group that the next result is made in: in the groups around it, either a turn goes on,
   * or the next one of the same loop begins, or something else ends the loop.
   * @param {Branch} group */
  follow(group) {
    this.going.delete(group);
    for (let turn = group; turn.parent; turn = turn.parent) {
      const loop = this.going.get(turn.parent);
      if (loop?.turns.at(-1) === turn) continue;
      if (!isTurn(turn)) this.going.delete(turn.parent);
      else (loop && follows(loop, turn) ? loop : this.#begun(turn.parent)).turns.push(turn);
      this.going.get(turn.parent)?.names.add(turn.name);
    }
  }

  /** @param {Branch} parent @returns {Loop} a new one, within it */
  #begun(parent) {
    const loop = { turns: [], names: new Set() };
    this.loops.push(loop);
    this.going.set(parent, loop);
    return loop;
  }

  /** Puts the turns of long loops into groups of their own. */
  plant() {
    for (const { turns } of this.loops) {
      if (turns.length <= TURNS) continue;
      const [first, second] = turns;
      const [before, last] = turns.slice(-2);
      const loop = range(first.name, last.name, first.parent);
      const middle = bundleOfRange(second.name, before.name, loop);
      for (const turn of turns) turn.parent = turn === first || turn === last ? loop : middle;
    }
  }
}

/** @param {Branch} group */
function isTurn({ name }) {
  return name.includes(" = ");
}

/** Tells whether a turn belongs to a loop: another loop over the same name begins its count anew.
 * @param {Loop} loop @param {Branch} turn */
function follows({ turns, names }, { kin, name }) {
  return turns[0].kin === kin && !names.has(name);
}
