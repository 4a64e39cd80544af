/** Playground: data to learn, a network to learn it, and one row of it as the program sees it. Pure. */
import { between } from "./contours.js";

/** @typedef {import("./csv.js").Columns} Columns */
/** @typedef {import("./plot.js").Point} Point */
/** @typedef {{features: string[], label: string, rows: number, low: number, high: number,
 *   middle: number, classes: boolean}} Plan
 *   `features`: the columns that are given; `label`: the one to predict, which has two `classes`, on
 *   either side of the `middle`, or is a number. */

/** What is drawn as the answer of the network. */
export const SCORE = "score";
/** Points of the grid along each axis. */
export const GRID = 44;

/** Returns what the columns are for: the last is to be predicted from the others.
 * @param {Columns} columns @returns {Plan} */
export function planOf(columns) {
  const names = Object.keys(columns);
  const label = names[names.length - 1];
  const values = [...new Set(columns[label])];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    features: names.slice(0, -1),
    label,
    rows: columns[label].length,
    low,
    high,
    middle: (low + high) / 2,
    classes: values.length === 2,
  };
}

/** Returns a program that learns a plan's label: it describes one row, and calls its answer `score`.
 * @param {Plan} plan @returns {string} */
export function programFor({ features, label, low, high, classes }) {
  if (features.length === 1 && !classes) {
    const [x] = features;
    return `w = 0.0\nb = 0.0\n${SCORE} = w*${x} + b\nloss = (${SCORE} - ${label})**2`;
  }
  const model = `model = MLP(${features.length}, [8, 8, 1])\n${SCORE} = model([${features.join(", ")}])`;
  const margin = classes && low === -1 && high === 1;
  const loss = margin ? `(1 - ${label}*${SCORE}).relu()` : `(${SCORE} - ${label})**2`;
  return `${model}\nloss = ${loss}`;
}

/** Returns a range around a column's numbers.
 * @param {number[]} column @returns {[number, number]} */
export function around(column) {
  const low = column.reduce((a, b) => Math.min(a, b), Infinity);
  const high = column.reduce((a, b) => Math.max(a, b), -Infinity);
  const air = 0.15 * (high - low) || 1;
  return [low - air, high + air];
}

/** Returns one row, as inputs of the program.
 * @param {Columns} columns @param {number} row @returns {Record<string, number>} */
export function rowOf(columns, row) {
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[row]]));
}

/** Returns how many points are on their class's side of the boundary, as it is drawn.
 * @param {Columns} columns @param {Plan} plan
 * @param {{xs: number[], ys: number[], grid: number[][]}} surface @returns {number} */
export function hits(columns, { features, label, middle }, { xs, ys, grid }) {
  const [first, second] = features;
  return columns[label].filter((side, row) => {
    const score = between(xs, ys, grid, [columns[first][row], columns[second][row]]);
    return side > middle ? score > middle : score < middle;
  }).length;
}

/** @typedef {{name: string, row: number, mean: number}} Share */

/** Returns gradients of one row beside their mean over all rows: the largest first.
 * @param {Record<string, number>} row @param {Record<string, number>} mean @param {number} most
 * @returns {Share[]} */
export function sharesOf(row, mean, most) {
  return Object.keys(mean)
    .filter((name) => name in row)
    .map((name) => ({ name, row: row[name], mean: mean[name] }))
    .sort((a, b) => Math.max(Math.abs(b.row), Math.abs(b.mean)) - Math.max(Math.abs(a.row), Math.abs(a.mean)))
    .slice(0, most);
}

/** Returns the row that is next to one in a direction, the nearest of those that way.
 * @param {Point[]} points in pixels @param {number} from @param {Point} way @returns {number} */
export function neighbour(points, from, [right, down]) {
  let [best, least] = [from, Infinity];
  points.forEach(([x, y], row) => {
    const [dx, dy] = [x - points[from][0], y - points[from][1]];
    const along = dx * right + dy * down;
    const aside = Math.abs(dx * down) + Math.abs(dy * right);
    const cost = along + 2 * aside;
    if (row !== from && along > 0 && cost < least) [best, least] = [row, cost];
  });
  return best;
}
