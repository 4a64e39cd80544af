/** Probe: asks how the output goes near one input, and holds the latest answers. */
import { number, sentence } from "../format.js";
import { Inquiry } from "../inquiry.js";
import { closeTo } from "../slope.js";

/** @typedef {import("../format.js").JsonNumber} JsonNumber */
/** @typedef {import("../subject.js").Subject} Subject */
/** @typedef {import("../subject.js").Variable} Variable */
/** @typedef {import("../rounding.js").Series} Series */
/** @typedef {{axes: {name: string, points: number[]}[], value: JsonNumber[], grad: Record<string, JsonNumber[]>}} Swept */
/** @typedef {Subject & {over: {name: string, low: number, high: number, points: number}[]}} Asked */
/** @typedef {{series: Series[], inputs: {name: string, note: string | null}[]}} Checked */
/** @typedef {{name: string, xs: number[], ys: number[], slopes: number[]}} Sampled */

const POINTS = 201;

export class Probe {
  /** @param {import("../inquiry.js").Server} server
   * @param {{answered: () => void, failed: (message: string) => void}} events */
  constructor(server, { answered, failed }) {
    /** @type {Sampled | null} */
    this.curve = null;
    /** @type {{x: number, here: number, ahead: number} | null} */
    this.pair = null;
    /** @type {{name: string, x: number, left: number, right: number} | null} slopes close to the input */
    this.around = null;
    /** @type {Series[]} */
    this.series = [];
    /** @type {Map<string, string>} what the check says of an input */
    this.notes = new Map();
    const sweep = (/** @type {number} */ rest, /** @type {(swept: Swept) => void} */ take) =>
      /** @type {Inquiry<Asked, Swept>} */ (new Inquiry(server, "api/sweep", rest, (swept) => {
        take(swept);
        answered();
      }, ({ message }) => failed(message)));
    this.questions = {
      curve: sweep(30, (swept) => (this.curve = sampled(swept))),
      pair: sweep(10, ({ axes: [{ points }], value }) => {
        this.pair = { x: points[0], here: number(value[0]), ahead: number(value[1]) };
      }),
      close: sweep(30, (swept) => (this.around = sidesOf(sampled(swept)))),
      errors: /** @type {Inquiry<Subject & {series: true}, Checked>} */ (
        new Inquiry(server, "api/check", 250, ({ series, inputs }) => {
          this.series = series;
          this.notes = new Map(inputs.map(({ name, note }) => [name, note === null ? "" : sentence(server.say(note))]));
          answered();
        }, () => {})
      ),
    };
  }

  /** @param {Subject} subject @param {Variable} variable @param {[number, number]} ends @param {number} h */
  ask(subject, { name, value }, [low, high], h) {
    const others = Object.fromEntries(Object.entries(subject.inputs).filter(([other]) => other !== name));
    const over = (/** @type {number} */ from, /** @type {number} */ to, /** @type {number} */ points) =>
      ({ ...subject, inputs: others, over: [{ name, low: from, high: to, points }] });
    const near = closeTo(value);
    this.questions.curve.ask(over(low, high, POINTS));
    this.questions.pair.ask(over(value, value + h, 2));
    this.questions.close.ask(over(value - near, value + near, 3));
    this.questions.errors.ask({ ...subject, series: true });
  }

  stop() {
    for (const question of Object.values(this.questions)) question.stop();
  }

  /** @param {string} name @returns {Sampled | null} the curve over an input, if that is the one that is known */
  over(name) {
    return this.curve?.name === name ? this.curve : null;
  }

  /** @param {number} x @param {number} h
   * @returns {{ahead: number, measured: number}} the output at h from there, and the slope to it */
  secant(x, h) {
    const { ahead, here } = this.pair?.x === x ? this.pair : { ahead: NaN, here: NaN };
    return { ahead, measured: (ahead - here) / h };
  }

  /** @param {Variable} variable @returns {import("../sides.js").Sides | null} slopes that were measured close by */
  closeBy({ name, value }) {
    const near = this.around?.name === name && Math.abs(this.around.x - value) < closeTo(value);
    return near ? this.around : null;
  }
}

/** @param {Swept} swept @returns {Sampled} */
function sampled({ axes: [{ name, points }], value, grad }) {
  return { name, xs: points, ys: value.map(number), slopes: grad[name].map(number) };
}

/** @param {Sampled} three */
function sidesOf({ name, xs: [low, x, high], ys: [below, here, above] }) {
  return { name, x, left: (here - below) / (x - low), right: (above - here) / (high - x) };
}
