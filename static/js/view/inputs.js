/** Draws a slider and a number field for every input. */
import { isLost, rangeFor } from "../ranges.js";
import { make } from "./dom.js";

/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {import("../knobs.js").Knob} Knob */

/** So many are shown; a network has more parameters than anybody drags. */
const MOST = 24;
/** Names longer than this get a line of their own; those longer than that, where there is little room. */
const LONG = 8;
const WORDY = 3;
/** Characters that a number field shows. */
const PLACES = 8;

export class InputsView {
  /** @param {HTMLElement} parent @param {(name: string, value: number) => void} set
   * @param {(name: string) => void} unset @param {Translate} t */
  constructor(parent, set, unset, t) {
    this.parent = parent;
    this.document = parent.ownerDocument;
    this.set = set;
    this.unset = unset;
    this.t = t;
    /** @type {Map<string, {row: HTMLElement, slider: HTMLInputElement, field: HTMLInputElement,
     *   note: HTMLElement, slip: HTMLElement, written: HTMLElement, grad: HTMLElement, reset: HTMLElement,
   *   value: number}>} */
    this.rows = new Map();
    this.rest = make(this.document, "p", "quiet");
    parent.append(this.rest);
  }

  /** @param {Knob[]} knobs */
  draw(knobs) {
    const shown = knobs.slice(0, MOST);
    const names = new Set(shown.map(({ name }) => name));
    for (const [name, { row }] of this.rows) {
      if (names.has(name)) continue;
      row.remove();
      this.rows.delete(name);
    }
    for (const knob of shown) this.#draw(knob);
    this.#order(shown);
    const more = knobs.length - shown.length;
    this.rest.hidden = knobs.length > 0 && more === 0;
    this.rest.textContent =
      more > 0 ? this.t("inputs.more", { count: more }) : this.t("inputs.none");
  }

  /** @param {Knob} knob */
  #draw({ name, value, shown, grad, gradSign, note, slip, written: program, changed }) {
    const known = this.rows.get(name) ?? this.#make(name, value);
    const { slider, field } = known;
    known.value = value;
    const active = this.document.activeElement;
    if (Number(slider.value) !== value && Number.isFinite(value)) {
      const beyond = value < Number(slider.min) || value > Number(slider.max);
      const lost = active !== slider && isLost(value, Number(slider.max));
      if (beyond || lost) range(slider, value);
      slider.value = String(value);
    }
    if (active !== field) rest(field, value);
    else if (Number(field.value) !== value) field.value = written(value);
    field.placeholder = Number.isFinite(value) ? "" : shown; // it can hold no inf and no nan
    tell(known.note, note);
    tell(known.slip, slip);
    tell(known.written, program);
    known.grad.textContent = grad === "" ? "" : `∂ ${grad}`;
    known.grad.className = `gradient ${gradSign}`;
    known.reset.classList.toggle("idle", !changed);
  }

  /** Puts rows in order; one that stands right is not touched, so that it keeps the focus.
   * @param {Knob[]} knobs */
  #order(knobs) {
    /** @type {Element} */
    let next = this.rest;
    for (const { name } of [...knobs].reverse()) {
      const row = this.rows.get(name)?.row;
      if (!row) continue;
      if (row.nextElementSibling !== next) this.parent.insertBefore(row, next);
      next = row;
    }
  }

  /** @param {string} name @param {number} value */
  #make(name, value) {
    const row = make(this.document, "div", kindOf(name));
    const label = make(this.document, "span", "", name);
    const note = make(this.document, "span", "quiet");
    const slip = make(this.document, "span", "slip");
    const program = make(this.document, "span", "written");
    const slider = make(this.document, "input");
    slider.type = "range";
    slider.setAttribute("aria-label", this.t("inputs.slider", { name }));
    range(slider, value);
    const field = make(this.document, "input");
    field.type = "number";
    field.step = "any";
    field.setAttribute("aria-label", this.t("inputs.number", { name }));
    const grad = make(this.document, "span", "gradient");
    slider.addEventListener("input", () => this.set(name, Number(slider.value)));
    field.addEventListener("input", () => {
      if (field.value !== "" && Number.isFinite(field.valueAsNumber)) {
        this.set(name, field.valueAsNumber);
      }
    });
    field.addEventListener("focus", () => {
      const whole = written(made.value);
      if (field.value === whole) return;
      field.value = whole;
      field.select(); // a number that is set anew is no longer chosen, as it is for who comes by Tab
    });
    // What is no number is no state: who leaves it there finds the last number again.
    field.addEventListener("blur", () => rest(field, made.value));
    const reset = make(this.document, "button", "reset", "↺");
    reset.type = "button";
    reset.title = this.t("inputs.reset", { name });
    reset.setAttribute("aria-label", this.t("inputs.reset", { name }));
    reset.addEventListener("click", () => this.unset(name));
    const head = make(this.document, "span", "name");
    head.append(label, reset);
    row.append(head, field, slider, grad, program, slip, note);
    const made = { row, slider, field, note, slip, written: program, grad, reset, value };
    this.rows.set(name, made);
    return made;
  }
}

/** @param {HTMLElement} place @param {string} text */
function tell(place, text) {
  place.hidden = text === "";
  place.textContent = text;
}

/** @param {string} name @returns {string} the classes of its row */
function kindOf(name) {
  return name.length > LONG ? "knob long" : name.length > WORDY ? "knob wordy" : "knob";
}

/** @param {number} value @param {number} [digits] @returns {string} as a field holds it */
function written(value, digits = 12) {
  return Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : "";
}

/** Shows a number where nobody types: as much of it as there is room for, the rest in the hint.
 * @param {HTMLInputElement} field @param {number} value */
function rest(field, value) {
  const whole = written(value);
  const parts = [6, 5, 4, 3].map((digits) => written(value, digits));
  field.value = parts.find((part) => part.length <= PLACES) ?? parts[parts.length - 1];
  field.title = field.value === whole ? "" : whole;
  field.classList.toggle("small", field.value.length > PLACES);
}

/** @param {HTMLInputElement} slider @param {number} value */
function range(slider, value) {
  const { low, high, step } = rangeFor(value);
  slider.min = String(low);
  slider.max = String(high);
  // "any" keeps a value such as 6.8813735870195432 exact; the arrow keys then need a step of ours
  slider.step = Number.isInteger(Math.round((value / step) * 1e6) / 1e6) ? String(step) : "any";
}
