/** Terrain: the heights of the output over two of its inputs, the path of a descent through them, and
 * the place where it stands, which is set by pressing the map or by the arrow keys.
 */
import { fieldOf, isoline, relief } from "../contours.js";
import { holding } from "../descent.js";
import { number, short } from "../format.js";
import { axesOf, pathOf, sceneOf } from "../plot.js";
import { Inquiry } from "../inquiry.js";
import { rangeFor } from "../ranges.js";
import { subjectOf, variableOf } from "../subject.js";
import { Choice, group } from "../view/controls.js";
import { make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../subject.js").Subject} Subject */
/** @typedef {import("../subject.js").Variable} Variable */
/** @typedef {import("../format.js").JsonNumber} JsonNumber */
/** @typedef {import("../plot.js").Axes} Axes */
/** @typedef {{axes: {name: string, points: number[]}[], value: JsonNumber[][]}} Swept */
/** @typedef {Subject & {over: {name: string, low: number, high: number, points: number}[]}} Asked */
/** @typedef {{across: Variable, up: Variable}} Sides  the inputs along the two axes */

/** Points along each axis: as many as there is time for, halved while there is not. */
const GRIDS = [60, 30, 15];
/** Steps of the keyboard from one edge to the other. */
const STRIDES = 60;
const LEVELS = 11;

export class Terrain {
  /** @param {import("../page.js").Page} page @param {import("../inquiry.js").Server} server
   * @param {() => void} again called when there is something else to draw
   * @param {{across: string, up: string}} [chosen]  the inputs that were chosen before */
  constructor(page, server, again, chosen = { across: "", up: "" }) {
    this.page = page;
    this.chosen = chosen;
    /** @type {{xs: [number, number], ys: [number, number]} | null} */
    this.domain = null;
    /** @type {{asked: Asked, swept: Swept} | null} */
    this.ground = null;
    /** Why there are no heights. */
    this.refused = "";
    this.coarse = 0;
    /** @type {{axes: Axes, sides: Sides} | null} */
    this.shown = null;
    this.again = again;
    this.sweep = /** @type {Inquiry<Asked, Swept>} */ (
      new Inquiry(server, "api/sweep", 60, (swept, asked) => {
        this.ground = { asked, swept };
        this.refused = "";
        this.again();
      }, ({ code, message }) => {
        this.ground = null;
        const finer = code === "limit_exceeded" && this.coarse < GRIDS.length - 1;
        if (finer) this.coarse += 1;
        else this.refused = message;
        this.again();
      })
    );
    this.view = this.#build(page);
    this.root = this.view.root;
  }

  /** @param {import("../page.js").Page} page */
  #build({ document, t }) {
    const across = new Choice(document, t("descend.across"), [], (name) => this.#choose({ across: name }));
    const up = new Choice(document, t("descend.up"), [], (name) => this.#choose({ up: name }));
    const [low, high] = [make(document, "span"), make(document, "span")];
    const hint = make(document, "span", "", t("descend.map.hint"));
    const bar = make(document, "span", "legend-bar");
    const legend = group(document, [low, bar, high, hint], "legend quiet");
    const absent = make(document, "p", "refusal");
    absent.setAttribute("role", "status");
    const root = group(document, [group(document, [across.root, up.root, legend]), absent], "bench-plot");
    const map = new PlotView(root, {
      resize: () => this.again(),
      press: (x, y) => this.shown && this.#put(this.shown.axes.x.invert(x), this.shown.axes.y.invert(y)),
      move: (_, right, down) => this.#move(right, down),
    });
    return { root, across, up, hint, low, bar, high, absent, map };
  }

  /** @param {Partial<typeof this.chosen>} change */
  #choose(change) {
    this.chosen = { ...this.chosen, ...change };
    this.domain = null;
    this.again();
  }

  /** Begins anew with another program. */
  forget() {
    this.chosen = { across: "", up: "" };
    this.domain = null;
    this.ground = null;
    this.refused = "";
    this.coarse = 0;
  }

  /** Looks anew at where the descent begins. */
  recentre() {
    this.domain = null;
  }

  leave() {
    this.sweep.stop();
  }

  /** @param {number} right @param {number} down  strides, as far as the map goes */
  #move(right, down) {
    if (!this.shown) return;
    const { axes, sides } = this.shown;
    const place = (/** @type {number} */ from, /** @type {[number, number]} */ [low, high], /** @type {number} */ strides) =>
      Math.min(high, Math.max(low, from + (strides * (high - low)) / STRIDES));
    this.#put(place(sides.across.value, axes.x.domain, right), place(sides.up.value, axes.y.domain, -down));
  }

  /** @param {number} x @param {number} y */
  #put(x, y) {
    if (!this.shown) return;
    const { across, up } = this.shown.sides;
    const [first, second] = [x, y].map((value) => Number(value.toPrecision(3)));
    this.page.dispatch({ type: "put", inputs: { [across.name]: first, [up.name]: second } });
  }

  /** @param {State} state @param {string} output @param {Variable[]} variables
   * @param {Record<string, number>[]} path @param {number} steps of the descent */
  draw(state, output, variables, path, steps) {
    const { view } = this;
    const sides = this.#sidesOf(variables);
    if (!sides) return;
    view.absent.textContent = this.#absence(sides, output); // before the room for the map is measured
    view.hint.hidden = view.absent.textContent !== "" || path.length > 1; // who trains reads numbers there
    this.#offer(sides, variables);
    const { xs, ys } = this.#domainOf(sides.across.value, sides.up.value);
    const subject = subjectOf(state);
    if (subject) this.#ask(subject, sides, xs, ys);
    const axes = axesOf(view.map.size, xs, ys);
    this.shown = { axes, sides };
    this.#drawMap(axes, sides, output, path, steps);
  }

  /** @param {Variable[]} variables @returns {Sides | null} */
  #sidesOf(variables) {
    if (variables.length < 2) return null;
    const across = /** @type {Variable} */ (variableOf(variables, this.chosen.across));
    const others = variables.filter(({ name }) => name !== across.name);
    return { across, up: /** @type {Variable} */ (variableOf(others, this.chosen.up)) };
  }

  /** @param {Sides} sides @param {Variable[]} variables */
  #offer({ across, up }, variables) {
    this.chosen = { across: across.name, up: up.name };
    const options = variables.map(({ name }) => ({ value: name, text: name }));
    this.view.across.offer(options);
    this.view.up.offer(options.filter(({ value }) => value !== across.name));
    this.view.across.show(across.name);
    this.view.up.show(up.name);
  }

  /** @param {Sides} sides @returns {Swept | null} the heights over these two inputs, if they are known */
  #heights({ across, up }) {
    const swept = this.ground?.swept;
    return swept && swept.axes[0].name === across.name && swept.axes[1].name === up.name ? swept : null;
  }

  /** @param {Sides} sides @param {string} output @returns {string} why there are no heights */
  #absence(sides, output) {
    const { t } = this.page;
    if (this.refused) return t("descend.map.refused", { message: this.refused });
    const swept = this.#heights(sides);
    return swept && !gridOf(swept).flat().some(Number.isFinite) ? t("descend.map.nowhere", { output }) : "";
  }

  /** @param {Axes} axes @param {Sides} sides @param {string} output
   * @param {Record<string, number>[]} path @param {number} steps */
  #drawMap(axes, { across, up }, output, path, steps) {
    const { t } = this.page;
    const { view } = this;
    const swept = this.#heights({ across, up });
    const drawn = swept ? painted(axes, swept) : UNPAINTED;
    const values = { output, across: across.name, up: up.name, x: short(across.value), y: short(up.value), low: short(drawn.low), high: short(drawn.high) };
    const scaled = Number.isFinite(drawn.low);
    view.low.textContent = scaled ? values.low : "";
    view.high.textContent = scaled ? values.high : "";
    view.bar.hidden = !scaled;
    const line = pathOf(axes, path.map((row) => [row[across.name] ?? across.value, row[up.name] ?? up.value]));
    const walked = path.length > 1 ? ` ${t("descend.map.path", { count: steps })}` : "";
    const title = t(scaled ? "descend.map" : "descend.map.bare", values) + walked;
    view.map.draw(sceneOf(axes, { title, xTitle: across.name, yTitle: up.name }, {
      field: drawn.field,
      curves: [...drawn.curves, { key: "path-under", path: line }, { key: "path", path: line }],
      marks: this.#marks(axes, { across, up }, path[0]),
    }));
  }

  /** @param {Axes} axes @param {Sides} sides @param {Record<string, number> | undefined} start
   * @returns {import("../plot.js").Mark[]} */
  #marks(axes, { across, up }, start) {
    const { t } = this.page;
    const [low, high] = axes.x.domain;
    // In hundredths of the width: a descent that diverges has numbers that no slider may have.
    const share = Math.round(Math.max(0, Math.min(100, (100 * (across.value - low)) / (high - low)))) || 0;
    const text = t("descend.map.place", { across: across.name, up: up.name, x: short(across.value), y: short(up.value) });
    const spot = {
      key: "spot", kind: "spot", x: axes.x.at(across.value), y: axes.y.at(up.value),
      text: t("descend.map.spot"), slide: { low: 0, high: 100, now: share, text },
    };
    if (!start) return [spot];
    const [x, y] = [start[across.name] ?? across.value, start[up.name] ?? up.value];
    return [{ key: "start", kind: "start", x: axes.x.at(x), y: axes.y.at(y) }, spot];
  }

  /** @param {number} x @param {number} y */
  #domainOf(x, y) {
    const known = this.domain ?? { xs: rangeAround(x), ys: rangeAround(y) };
    const { xs, ys } = known;
    const grown = { xs: holding(xs, x), ys: holding(ys, y) };
    // The same numbers are the same object, so that the axes rest while a point moves between them.
    this.domain = grown.xs[0] === xs[0] && grown.ys[0] === ys[0] ? known : grown;
    return this.domain;
  }

  /** @param {Subject} subject @param {Sides} sides
   * @param {[number, number]} xs @param {[number, number]} ys */
  #ask(subject, { across, up }, xs, ys) {
    const others = Object.entries(subject.inputs).filter(([name]) => name !== across.name && name !== up.name);
    const points = GRIDS[this.coarse];
    const over = [
      { name: across.name, low: xs[0], high: xs[1], points },
      { name: up.name, low: ys[0], high: ys[1], points },
    ];
    this.sweep.ask({ ...subject, inputs: Object.fromEntries(others), over });
  }
}

/** @param {number} value @returns {[number, number]} */
function rangeAround(value) {
  const centre = Number.isFinite(value) ? value : 0;
  const half = Math.max(3, 0.6 * rangeFor(centre).high);
  return [centre - half, centre + half];
}

/** @typedef {{curves: import("../plot.js").Curve[], field: import("../plot.js").Field | null,
 *   low: number, high: number}} Painted */

/** @type {Painted} */
const UNPAINTED = { curves: [], field: null, low: NaN, high: NaN };

/** @param {Swept} swept @returns {number[][]} */
function gridOf({ value }) {
  return value.map((column) => column.map(number));
}

/** @param {Axes} axes @param {Swept} swept @returns {Painted} */
function painted(axes, swept) {
  const [xs, ys] = swept.axes.map(({ points }) => points);
  const grid = gridOf(swept);
  if (!grid.flat().some(Number.isFinite)) return UNPAINTED;
  const { levels, paint, low, high } = relief(grid, LEVELS);
  const curves = levels.map((level, i) => ({ key: `level l${i}`, path: pathOf(axes, isoline(xs, ys, grid, level)) }));
  return { curves, field: fieldOf(grid, paint), low, high };
}
