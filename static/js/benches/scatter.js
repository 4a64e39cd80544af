/** Scatter: the data as points, of which each can be chosen, on what the program answers between them. */
import { fieldOf, isoline, sides } from "../contours.js";
import { number, short } from "../format.js";
import { around, GRID, hits, neighbour, rowOf, SCORE } from "../playground.js";
import { axesOf, pathOf, sceneOf } from "../plot.js";
import { Inquiry } from "../inquiry.js";
import { extent } from "../scales.js";
import { group } from "../view/controls.js";
import { make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";
import { pairs } from "./bridge.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../csv.js").Columns} Columns */
/** @typedef {import("../playground.js").Plan} Plan */
/** @typedef {import("../plot.js").Axes} Axes */
/** @typedef {import("../format.js").JsonNumber} JsonNumber */
/** @typedef {{axes: {name: string, points: number[]}[], value: JsonNumber[] | JsonNumber[][]}} Swept */
/** @typedef {{source: string, inputs: Record<string, number>, output: string,
 *   over: {name: string, low: number, high: number, points: number}[]}} Asked */
/** @typedef {{choose: (row: number) => void, refused: (message: string) => void, again: () => void}} Events */

export class Scatter {
  /** @param {import("../page.js").Page} page @param {import("../inquiry.js").Server} server
   * @param {Events} events */
  constructor({ document, t }, server, events) {
    this.document = document;
    this.t = t;
    /** @type {Swept | null} */
    this.surface = null;
    /** The columns that are asked over now. */
    this.over = "";
    /** The program that turned out to have no score; nobody asks it again. */
    this.scoreless = "";
    this.source = "";
    /** @type {import("../plot.js").Point[]} */
    this.places = [];
    this.sweep = /** @type {Inquiry<Asked, Swept>} */ (
      new Inquiry(server, "api/sweep", 90, (swept, { over }) => {
        if (namesOf(over) !== this.over) return; // of data that was there before
        this.surface = swept;
        events.again();
      }, ({ code, message }) => {
        if (code !== "unknown_name") return events.refused(message);
        this.scoreless = this.source;
        events.again();
      })
    );
    this.key = make(document, "p", "quiet key");
    this.root = group(document, [this.key], "bench-plot scatter");
    this.map = new PlotView(this.root, {
      resize: events.again,
      choose: (row) => events.choose(Number(row)),
      walk: (row, right, down) => String(neighbour(this.places, Number(row), [right, down])),
    });
  }

  /** Begins anew with other data, or another program. */
  forget() {
    this.surface = null;
  }

  leave() {
    this.sweep.stop();
  }

  /** Asks what the program answers between the points.
   * @param {import("../trace.js").Trace} trace @param {Record<string, number>} trained
   * @param {Columns} columns @param {Plan} plan */
  ask({ source }, trained, columns, { features }) {
    if (source === this.scoreless) return;
    this.source = source;
    const inputs = { ...trained };
    const [first, second, ...others] = features;
    for (const name of others) inputs[name] = columns[name].reduce((a, b) => a + b, 0) / columns[name].length;
    const over = [first, second].filter((name) => name !== undefined).map((name) => {
      const [low, high] = around(columns[name]);
      return { name, low, high, points: second === undefined ? 3 * GRID : GRID };
    });
    this.over = namesOf(over);
    this.sweep.ask({ source, inputs, output: SCORE, over });
  }

  /** Returns what is said of the points: how many are on their side, or why there are no sides.
   * @param {string} source @param {Columns} columns @param {Plan} plan @returns {string} */
  said(source, columns, plan) {
    if (source === this.scoreless) return this.t("playground.score");
    const surface = surfaceFor(plan, this.surface);
    if (!surface || !plan.classes || plan.features.length !== 2) return "";
    const found = hits(columns, plan, planeOf(surface));
    const share = Math.round((100 * found) / plan.rows);
    return this.t("playground.accuracy", { hits: found, rows: plan.rows, share });
  }

  /** @param {State} state @param {Columns} columns @param {Plan} plan @param {number | null} chosen a row */
  draw({ theme, source }, columns, plan, chosen) {
    const { t, map } = this;
    const surface = surfaceFor(plan, this.surface);
    this.#legend(plan);
    const [first, second] = plan.features;
    const flat = second === undefined;
    const up = flat ? plan.label : second;
    const line = flat && surface ? /** @type {JsonNumber[]} */ (surface.value).map(number) : [];
    const ys = flat ? extent([...around(columns[up]), ...line]) : around(columns[up]);
    const axes = axesOf(map.size, around(columns[first]), ys);
    this.places = columns[first].map((x, row) => [axes.x.at(x), axes.y.at(columns[up][row])]);
    const drawn = surface && !flat ? ground(theme, axes, surface, plan) : { field: null, curves: [] };
    if (flat) drawn.curves = [{ key: "fit", path: pathOf(axes, (surface?.axes[0].points ?? []).map((x, i) => [x, line[i]])) }];
    const named = { across: first, up, rows: plan.rows };
    const title = `${t(flat ? "playground.fit" : "playground.map", named)} ${this.said(source, columns, plan)}`;
    map.draw(sceneOf(axes, { title, xTitle: first, yTitle: up }, { ...drawn, marks: this.#marks(columns, plan, chosen) }));
  }

  /** @param {Columns} columns @param {Plan} plan @param {number | null} chosen
   * @returns {import("../plot.js").Mark[]} */
  #marks(columns, plan, chosen) {
    return this.places.map(([x, y], row) => {
      const high = columns[plan.label][row] > plan.middle;
      return {
        key: String(row), kind: plan.classes ? (high ? "high" : "low") : "datum", x, y, chosen: row === chosen,
        shape: /** @type {"circle" | "square"} */ (high || !plan.classes ? "circle" : "square"),
        text: this.t("playground.point", { row: row + 1, values: pairs(rowOf(columns, row)) }),
      };
    });
  }

  /** What the marks mean, and the line between them.
   * @param {Plan} plan */
  #legend({ classes, label, low, high, middle }) {
    const { t, document } = this;
    /** @type {[string, string][]} */
    const lines = classes
      ? [["high", t("playground.legend", { name: label, value: short(high) })],
        ["low", t("playground.legend", { name: label, value: short(low) })],
        ["edge", t("playground.legend", { name: SCORE, value: short(middle) })]]
      : [["datum", t("playground.legend.data")], ["fit", SCORE]];
    const key = JSON.stringify(lines);
    if (this.key.dataset.key === key) return;
    this.key.dataset.key = key;
    this.key.replaceChildren(...lines.map(([kind, text]) => {
      const line = make(document, "span", "swatched");
      line.append(make(document, "span", `swatch ${kind}`), text);
      return line;
    }));
  }
}

/** @param {{name: string}[]} over */
function namesOf(over) {
  return over.map(({ name }) => name).join();
}

/** Returns the surface if it was computed over what the plan shows: just after other data was chosen, it
 * is still that of the data before.
 * @param {Plan} plan @param {Swept | null} surface @returns {Swept | null} */
function surfaceFor({ features }, surface) {
  return surface && namesOf(surface.axes) === features.slice(0, 2).join() ? surface : null;
}

/** @param {State["theme"]} theme @param {Axes} axes @param {Swept} surface @param {Plan} plan
 * @returns {{field: import("../plot.js").Field, curves: import("../plot.js").Curve[]}} */
function ground(theme, axes, surface, { middle }) {
  const { xs, ys, grid } = planeOf(surface);
  const dark = theme === "dark" || (theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
  const edge = pathOf(axes, isoline(xs, ys, grid, middle));
  return { field: fieldOf(grid, sides(grid, middle, dark)), curves: [{ key: "edge", path: edge }] };
}

/** @param {Swept} surface */
function planeOf({ axes, value }) {
  const [xs, ys] = axes.map(({ points }) => points);
  const grid = /** @type {JsonNumber[][]} */ (value).map((column) => column.map(number));
  return { xs, ys, grid };
}
