/** Descent: what is remembered of a run that goes downhill. Pure. */
import { number } from "./format.js";

/** @typedef {import("./format.js").JsonNumber} JsonNumber */
/** @typedef {{step: number, value: JsonNumber, inputs: Record<string, JsonNumber>,
 *   grads: Record<string, JsonNumber>, state: Record<string, Record<string, JsonNumber>>}} Entry */
/** @typedef {{step: number, value: number}} Loss */
/** @typedef {"ready" | "running" | "paused" | "done" | "diverged"} Status */
/** @typedef {{begun: Record<string, number> | null, first: number, shown: number, losses: Loss[],
 *   path: Record<string, number>[], before: Entry | null, last: Entry | null, status: Status}} Run
 *   `begun`: the inputs that Reset returns to. `first`: steps that were made before the descent that
 *   is asked for now; `shown`: the last step seen of that one. */

/** Points of a curve that are kept: more than anybody sees. */
const MOST = 1_200;
/** Numbers of a path that are carried from page to page. */
const CARRIED = 20_000;

/** @returns {Run} */
export function noRun() {
  return {
    begun: null, first: 0, shown: -1, losses: [], path: [], before: null, last: null, status: "ready",
  };
}

/** Returns a run after more entries.
 * @param {Run} run @param {Entry[]} entries @returns {Run} */
export function taken(run, entries) {
  if (!entries.length) return run;
  // A descent that goes on from where another ended begins with that one's last entry.
  const again = run.first > 0 && entries[0].step === 0;
  const fresh = again ? entries.slice(1) : entries;
  const all = [run.before, again ? entries[0] : run.last, ...fresh].filter((entry) => entry !== null);
  const losses = fresh.map(({ step, value }) => ({ step: run.first + step, value: number(value) }));
  const places = fresh.map(({ inputs }) => numbers(inputs));
  return {
    ...run,
    shown: entries[entries.length - 1].step,
    losses: thinned([...run.losses, ...losses]),
    path: thinned([...run.path, ...places]),
    before: all[all.length - 2] ?? null,
    last: all[all.length - 1],
  };
}

/** Returns a run that goes on from where it is with other settings: to the server it is a new one.
 * @param {Run} run @returns {Run} */
export function renewed(run) {
  return { ...run, first: run.first + Math.max(0, run.shown), shown: -1 };
}

/** Returns a run with a path of bearable size, for a browser to keep.
 * @param {Run} run @returns {Run} */
export function portable(run) {
  const most = Math.max(2, Math.floor(CARRIED / Object.keys(run.path[0] ?? {}).length));
  let { path } = run;
  while (path.length > most) path = thinned(path, most);
  return { ...run, path };
}

/** Returns how many steps were made.
 * @param {Run} run @returns {number} */
export function stepsOf(run) {
  return run.first + Math.max(0, run.shown);
}

/** @param {Record<string, JsonNumber>} row @returns {Record<string, number>} */
export function numbers(row) {
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, number(value)]));
}

/** Returns a list of bearable length with the same ends; what is left out is spread evenly.
 * @template T @param {T[]} list @param {number} [most] @returns {T[]} */
export function thinned(list, most = MOST) {
  if (list.length <= most) return list;
  const every = list.filter((_, index) => index % 2 === 0);
  const last = list[list.length - 1];
  return every[every.length - 1] === last ? every : [...every, last];
}

/** @typedef {{name: string, before: number, grad: number, memory: [string, number][],
 *   update: number, after: number}} Update */

/** Returns what the last step did to each input: the largest updates first.
 * @param {Run} run @param {number} most @returns {Update[]} */
export function updatesOf({ before, last }, most) {
  if (!before || !last) return [];
  const rows = Object.keys(last.inputs).map((name) => {
    const [old, now] = [number(before.inputs[name]), number(last.inputs[name])];
    /** @type {[string, number][]} */
    const memory = Object.entries(last.state).map(([key, by]) => [key, number(by[name])]);
    return { name, before: old, grad: number(before.grads[name]), memory, update: now - old, after: now };
  });
  if (rows.length <= most) return rows;
  return rows.sort((a, b) => Math.abs(b.update) - Math.abs(a.update)).slice(0, most);
}

/** Returns a domain that holds a number: doubled around its middle, as often as is sensible.
 * @param {[number, number]} domain @param {number} value @returns {[number, number]} */
export function holding([low, high], value) {
  for (let doubled = 0; doubled < 5 && Number.isFinite(value); doubled += 1) {
    if (value >= low && value <= high) break;
    const [middle, size] = [(low + high) / 2, high - low];
    [low, high] = [middle - size, middle + size];
  }
  return [low, high];
}
