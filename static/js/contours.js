/** Contours: numbers over a grid as colours and as lines of equal height. Pure.
 *
 * A grid is rows of the first axis, as a sweep answers it: `grid[i][j]` is at x i and y j.
 */

/** @typedef {import("./plot.js").Point} Point */
/** @typedef {import("./plot.js").Field} Field */
/** @typedef {[number, number, number]} Colour */
/** @typedef {(value: number) => Colour | null} Paint  null: no number, no colour */

/** Cividis, dark to light: equal steps look equal, with every kind of colour vision. */
/** @type {Colour[]} */
const CIVIDIS = [
  [0, 34, 78], [32, 56, 108], [66, 78, 108], [93, 98, 110], [121, 119, 120], [149, 140, 120],
  [180, 163, 110], [213, 188, 92], [254, 232, 56],
];

/** Bends heights so that the valley, where a descent ends, shows as many lines as the walls. */
const BEND = 0.4;

/** Returns the heights at which lines are drawn, and the colour of each height: low is light.
 * @param {number[][]} grid @param {number} count
 * @returns {{levels: number[], paint: Paint, low: number, high: number}} */
export function relief(grid, count) {
  const [low, high] = ends(grid);
  // In halves: the distance of two doubles may be larger than any double.
  const half = high / 2 - low / 2 || 0.5;
  const levels = Array.from({ length: count }, (_, i) => {
    const share = ((i + 1) / (count + 1)) ** (1 / BEND);
    return low * (1 - share) + (high > low ? high : low + 1) * share;
  });
  /** @type {Paint} */
  const paint = (value) => {
    const share = (value / 2 - low / 2) / half;
    return Number.isFinite(value) ? ramp(1 - Math.max(0, Math.min(1, share)) ** BEND) : null;
  };
  return { levels, paint, low, high };
}

/** Returns colours for two sides of a boundary: the one side warm, the other cool, the boundary pale.
 * @param {number[][]} grid @param {number} middle @param {boolean} dark @returns {Paint} */
export function sides(grid, middle, dark) {
  const [low, high] = ends(grid);
  const size = Math.min(Number.MAX_VALUE, Math.max(high - middle, middle - low, 1e-12));
  /** @type {Colour} */
  const pale = dark ? [22, 27, 34] : [255, 255, 255];
  /** @type {Colour} */
  const cool = dark ? [52, 112, 176] : [110, 168, 226];
  /** @type {Colour} */
  const warm = dark ? [176, 92, 32] : [242, 164, 104];
  return (value) => {
    if (!Number.isFinite(value)) return null;
    const share = Math.min(1, Math.abs(value - middle) / size) ** 0.5;
    return mixed(pale, value > middle ? cool : warm, 0.15 + 0.85 * share);
  };
}

/** Returns a grid as colours; the last y is the top row.
 * @param {number[][]} grid @param {Paint} paint @returns {Field} */
export function fieldOf(grid, paint) {
  const [columns, rows] = [grid.length, grid[0].length];
  const pixels = new Uint8ClampedArray(4 * columns * rows);
  for (let i = 0; i < columns; i += 1) {
    for (let j = 0; j < rows; j += 1) {
      const colour = paint(grid[i][j]);
      if (colour) pixels.set([...colour, 255], 4 * ((rows - 1 - j) * columns + i));
    }
  }
  return { columns, rows, pixels };
}

/** Returns a line of equal height as pairs of points, each pair a stroke: marching squares.
 * @param {number[]} xs @param {number[]} ys @param {number[][]} grid @param {number} level
 * @returns {Point[]} with a point of nan between strokes */
export function isoline(xs, ys, grid, level) {
  /** @type {Point[]} */
  const strokes = [];
  for (let i = 1; i < xs.length; i += 1) {
    for (let j = 1; j < ys.length; j += 1) {
      const cuts = [
        cut([xs[i - 1], ys[j - 1]], grid[i - 1][j - 1], [xs[i], ys[j - 1]], grid[i][j - 1], level),
        cut([xs[i], ys[j - 1]], grid[i][j - 1], [xs[i], ys[j]], grid[i][j], level),
        cut([xs[i], ys[j]], grid[i][j], [xs[i - 1], ys[j]], grid[i - 1][j], level),
        cut([xs[i - 1], ys[j]], grid[i - 1][j], [xs[i - 1], ys[j - 1]], grid[i - 1][j - 1], level),
      ].filter((point) => point !== null);
      for (let k = 1; k < cuts.length; k += 2) strokes.push(cuts[k - 1], cuts[k], [NaN, NaN]);
    }
  }
  return strokes;
}

/** @param {Point} a @param {number} atA @param {Point} b @param {number} atB @param {number} level
 * @returns {Point | null} where the side of a square meets the line */
function cut(a, atA, b, atB, level) {
  if (atA < level === atB < level || !Number.isFinite(atA) || !Number.isFinite(atB)) return null;
  const share = (level - atA) / (atB - atA);
  return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
}

/** Returns a grid's number at a place between its points; nan outside of it.
 * @param {number[]} xs @param {number[]} ys @param {number[][]} grid @param {Point} place
 * @returns {number} */
export function between(xs, ys, grid, [x, y]) {
  const [i, across] = cell(xs, x);
  const [j, up] = cell(ys, y);
  if (i < 0 || j < 0) return NaN;
  const lower = grid[i][j] * (1 - across) + grid[i + 1][j] * across;
  const upper = grid[i][j + 1] * (1 - across) + grid[i + 1][j + 1] * across;
  return lower * (1 - up) + upper * up;
}

/** @param {number[]} points evenly spaced @param {number} at @returns {[number, number]} */
function cell(points, at) {
  const last = points.length - 1;
  const place = ((at - points[0]) / (points[last] - points[0])) * last;
  if (!(place >= 0 && place <= last)) return [-1, 0];
  const index = Math.min(last - 1, Math.floor(place));
  return [index, place - index];
}

/** @param {number[][]} grid @returns {[number, number]} its lowest and highest number */
function ends(grid) {
  let [low, high] = [Infinity, -Infinity];
  for (const column of grid) {
    for (const value of column) {
      if (!Number.isFinite(value)) continue;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return low <= high ? [low, high] : [0, 1];
}

/** @param {number} share from dark, 0, to light, 1 @returns {Colour} */
export function ramp(share) {
  const place = share * (CIVIDIS.length - 1);
  const index = Math.min(CIVIDIS.length - 2, Math.floor(place));
  return mixed(CIVIDIS[index], CIVIDIS[index + 1], place - index);
}

/** @param {Colour} a @param {Colour} b @param {number} share @returns {Colour} */
function mixed(a, b, share) {
  const at = (/** @type {0 | 1 | 2} */ i) => Math.round(a[i] + share * (b[i] - a[i]));
  return [at(0), at(1), at(2)];
}
