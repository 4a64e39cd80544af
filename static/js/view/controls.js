/** Makes the controls of a form: each says what it is called, and what was done to it. */
import { make } from "./dom.js";

/** @typedef {{value: string, text: string}} Option */

/** Returns a group of controls, side by side.
 * @param {Document} document @param {(Node | string)[]} parts @param {string} [className] */
export function group(document, parts, className = "controls") {
  const made = make(document, "div", className);
  made.append(...parts);
  return made;
}

/** Returns a part that is scrolled where it is too large, by keyboard, too.
 * @param {Document} document @param {string} label @param {HTMLElement} part */
export function scrolled(document, label, part) {
  const made = group(document, [part], "scroll");
  named(made, label);
  return made;
}

/** Names a part that scrolls where there is little room: the keyboard then has to reach it.
 * @param {HTMLElement} part @param {string} label */
export function named(part, label) {
  part.tabIndex = 0;
  part.setAttribute("role", "region");
  part.setAttribute("aria-label", label);
}

/** @param {Document} document @param {string} text @param {() => void} press
 * @param {string} [className] @returns {HTMLButtonElement} */
export function button(document, text, press, className = "") {
  const made = make(document, "button", className, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}

export class Choice {
  /** @param {Document} document @param {string} label @param {Option[]} options
   * @param {(value: string) => void} choose */
  constructor(document, label, options, choose) {
    this.document = document;
    this.root = make(document, "label", "control");
    this.select = make(document, "select");
    this.root.append(make(document, "span", "", label), this.select);
    this.shown = "";
    this.offer(options);
    this.select.addEventListener("change", () => choose(this.select.value));
  }

  /** @param {Option[]} options */
  offer(options) {
    const key = JSON.stringify(options);
    if (key === this.shown) return;
    this.shown = key;
    this.select.replaceChildren(
      ...options.map(({ value, text }) => {
        const option = make(this.document, "option", "", text);
        option.value = value;
        return option;
      }),
    );
  }

  /** @param {string} value */
  show(value) {
    if (this.select.value !== value) this.select.value = value;
  }
}

export class Slider {
  /** @param {Document} document @param {string} label
   * @param {{low: number, high: number, step: number}} range @param {(place: number) => void} move */
  constructor(document, label, { low, high, step }, move) {
    this.root = make(document, "label", "control slide");
    this.input = make(document, "input");
    this.input.type = "range";
    this.input.min = String(low);
    this.input.max = String(high);
    this.input.step = String(step);
    this.said = make(document, "output");
    this.root.append(make(document, "span", "", label), this.input, this.said);
    this.input.setAttribute("aria-label", label);
    this.input.addEventListener("input", () => move(Number(this.input.value)));
  }

  /** @param {number} place @param {string} text */
  show(place, text) {
    if (Number(this.input.value) !== place) this.input.value = String(place);
    this.input.setAttribute("aria-valuetext", text);
    this.said.textContent = text;
  }
}

export class Field {
  /** @param {Document} document @param {string} label
   * @param {{low?: number, high?: number, whole?: boolean}} bounds @param {(value: number) => void} set */
  constructor(document, label, { low, high, whole = false }, set) {
    this.root = make(document, "label", "control");
    this.input = make(document, "input");
    this.input.type = "number";
    this.input.step = whole ? "1" : "any";
    if (low !== undefined) this.input.min = String(low);
    if (high !== undefined) this.input.max = String(high);
    this.root.append(make(document, "span", "", label), this.input);
    this.value = NaN;
    // What is no number is no setting: who leaves it there finds the last one again.
    this.input.addEventListener("blur", () => this.show(this.value));
    this.input.addEventListener("input", () => {
      const value = this.input.valueAsNumber;
      if (!Number.isFinite(value) || (whole && !Number.isInteger(value))) return;
      if (!(value >= (low ?? -Infinity) && value <= (high ?? Infinity))) return;
      this.value = value;
      set(value);
    });
  }

  /** @param {number} value */
  show(value) {
    this.value = value;
    const focused = this.input.ownerDocument.activeElement === this.input;
    if (!focused || this.input.valueAsNumber !== value) this.input.value = String(value);
  }
}

export class Tick {
  /** @param {Document} document @param {string} label @param {(on: boolean) => void} set */
  constructor(document, label, set) {
    this.root = make(document, "label", "control tick");
    this.input = make(document, "input");
    this.input.type = "checkbox";
    this.text = make(document, "span", "", label);
    this.root.append(this.input, this.text);
    this.input.addEventListener("change", () => set(this.input.checked));
  }

  /** @param {boolean} on */
  show(on) {
    this.input.checked = on;
  }
}

/** @typedef {{cells: {text: string, kind?: string}[], note?: string, press?: () => void, chosen?: boolean}} Row
 *   A `note` stands under its row. With a `press` the first cell is a button. */

/** Draws a table in place of the last one. Each cell knows its head, for where rows are drawn as cards.
 * @param {HTMLTableElement} table @param {string} caption @param {string[]} heads @param {Row[]} rows */
export function drawTable(table, caption, heads, rows) {
  const document = table.ownerDocument;
  const head = make(document, "tr");
  for (const text of heads) {
    const cell = make(document, "th", "", text);
    cell.scope = "col";
    head.append(cell);
  }
  const focused = table.contains(document.activeElement) ? document.activeElement?.textContent : null;
  const body = rows.flatMap(({ cells, note = "", press, chosen }) => {
    const row = make(document, "tr", chosen ? "chosen" : "");
    cells.forEach(({ text, kind = "" }, index) => {
      const cell = make(document, index === 0 ? "th" : "td", kind, index === 0 && press ? "" : text);
      if (index === 0) cell.setAttribute("scope", "row");
      if (index === 0 && press) {
        const name = button(document, text, press, "link");
        name.setAttribute("aria-pressed", String(chosen ?? false));
        cell.append(name);
      }
      if (index > 0) cell.dataset.head = heads[index];
      row.append(cell);
    });
    if (press) row.addEventListener("click", (event) => event.target instanceof HTMLButtonElement || press());
    return note ? [row, noteRow(document, note, heads.length, row.className)] : [row];
  });
  const top = make(document, "thead");
  top.append(head);
  const rest = make(document, "tbody");
  rest.append(...body);
  table.replaceChildren(make(document, "caption", "", caption), top, rest);
  if (focused) [...table.querySelectorAll("button")].find((one) => one.textContent === focused)?.focus();
}

/** @param {Document} document @param {string} text @param {number} columns @param {string} className */
function noteRow(document, text, columns, className) {
  const row = make(document, "tr", `note-row ${className}`);
  const cell = make(document, "td", "", text);
  cell.colSpan = columns;
  row.append(cell);
  return row;
}
