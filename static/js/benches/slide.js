/** Slide: a descent of one input, drawn down the curve of the output; the point on it is dragged, or set by a press. */
import { holding } from "../descent.js";
import { number } from "../format.js";
import { Inquiry } from "../inquiry.js";
import { rangeFor } from "../ranges.js";
import { subjectOf } from "../subject.js";
import { valleyScene } from "../valley.js";
import { group } from "../view/controls.js";
import { make } from "../view/dom.js";
import { PlotView } from "../view/plot.js";

/** @typedef {import("../state.js").State} State */
/** @typedef {import("../subject.js").Variable} Variable */
/** @typedef {import("../secant.js").Samples} Samples */
/** @typedef {import("./probe.js").Asked} Asked */
/** @typedef {import("./probe.js").Swept} Swept */

const POINTS = 161;
/** @type {Samples} */
const NONE = { xs: [], ys: [], slopes: [] };

export class Slide {
  /** @param {import("../page.js").Page} page @param {import("../inquiry.js").Server} server
   * @param {() => void} again called when there is something else to draw */
  constructor(page, server, again) {
    this.page = page;
    /** @type {{name: string, samples: Samples} | null} */
    this.curve = null;
    /** @type {[number, number] | null} */
    this.ends = null;
    /** @type {{axes: import("../plot.js").Axes, name: string} | null} */
    this.shown = null;
    this.sweep = /** @type {Inquiry<Asked, Swept>} */ (
      new Inquiry(server, "api/sweep", 30, ({ axes: [{ name, points }], value, grad }) => {
        this.curve = { name, samples: { xs: points, ys: value.map(number), slopes: grad[name].map(number) } };
        again();
      }, () => (this.curve = null))
    );
    this.hint = make(page.document, "p", "quiet");
    this.root = group(page.document, [group(page.document, [this.hint])], "bench-plot");
    this.plot = new PlotView(this.root, { resize: again, press: (x) => this.#put(x), drag: (_, x) => this.#put(x) });
  }

  /** Begins anew, with another program or from where a descent begins. */
  forget() {
    this.ends = null;
    this.curve = null;
  }

  leave() {
    this.sweep.stop();
  }

  /** @param {number} x pixels */
  #put(x) {
    if (!this.shown) return;
    const { axes, name } = this.shown;
    const [low, high] = axes.x.domain;
    const value = Number(Math.min(high, Math.max(low, axes.x.invert(x))).toPrecision(3));
    this.page.dispatch({ type: "put", inputs: { [name]: value } });
  }

  /** @param {State} state @param {string} output @param {Variable} variable
   * @param {import("../descent.js").Run} run @param {number} count of its steps */
  draw(state, output, { name, value: x }, { path, losses }, count) {
    const { t } = this.page;
    this.ends = holding(this.ends ?? around(x), x);
    const [low, high] = this.ends;
    const subject = subjectOf(state);
    if (subject) this.sweep.ask({ ...subject, inputs: without(subject.inputs, name), over: [{ name, low, high, points: POINTS }] });
    const samples = this.curve?.name === name ? this.curve.samples : NONE;
    /** @type {import("../plot.js").Point[]} */
    const steps = path.length === losses.length ? path.map((row, i) => [row[name] ?? x, losses[i].value]) : [];
    const y = number(state.reading?.trace.value ?? "NaN");
    this.hint.textContent = t("descend.valley.hint", { name });
    const { axes, scene } = valleyScene(this.plot.size, { name, output, x, y, samples, steps, count }, this.ends, t);
    this.shown = { axes, name };
    this.plot.draw(scene);
  }
}

/** @param {number} x @returns {[number, number]} as far as its slider goes, with 0 in the middle */
function around(x) {
  const far = Math.max(3, rangeFor(x).high);
  return [-far, far];
}

/** @param {Record<string, number>} inputs @param {string} name */
function without(inputs, name) {
  return Object.fromEntries(Object.entries(inputs).filter(([other]) => other !== name));
}
