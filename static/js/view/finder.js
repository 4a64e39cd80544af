/** Draws the search: a field, and the list of what it finds. */
import { element, make } from "./dom.js";

/** @typedef {{id: string, text: string, where: string}} Match */

export class FinderView {
  /** @param {Document} document
   * @param {{ask: (text: string) => void, choose: (id: string) => void, leave: () => void}} events */
  constructor(document, events) {
    this.document = document;
    this.field = element(document, "find", HTMLInputElement);
    this.list = element(document, "found", HTMLElement);
    this.count = element(document, "found-count", HTMLElement);
    /** @type {Match[]} */
    this.matches = [];
    this.at = 0;
    this.field.addEventListener("input", () => events.ask(this.field.value));
    this.field.addEventListener("focus", () => events.ask(this.field.value));
    this.field.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault(); // the field keeps the focus
      const row = /** @type {Element} */ (event.target).closest("li");
      if (row) this.#choose(Number(row.dataset.row), events.choose);
    });
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        this.#point(this.at + (event.key === "ArrowDown" ? 1 : -1));
      } else if (event.key === "Enter") {
        this.#choose(this.at, events.choose);
      } else if (event.key === "Escape") {
        event.preventDefault();
        this.field.value = "";
        this.close();
        events.leave();
      }
    });
  }

  /** @param {Match[]} matches @param {string} summary how many there are, in words */
  draw(matches, summary) {
    this.matches = matches;
    this.count.textContent = summary;
    this.list.replaceChildren(
      ...matches.map(({ text, where }, row) => {
        const line = make(this.document, "li");
        line.id = `found-${row}`;
        line.dataset.row = String(row);
        line.setAttribute("role", "option");
        line.append(make(this.document, "span", "", text), make(this.document, "span", "where", where));
        return line;
      }),
    );
    this.list.hidden = matches.length === 0;
    this.field.setAttribute("aria-expanded", String(matches.length > 0));
    this.#point(0);
  }

  close() {
    this.draw([], "");
  }

  /** @param {number} row */
  #point(row) {
    const count = this.matches.length;
    this.at = count ? (row + count) % count : 0;
    [...this.list.children].forEach((line, index) => {
      line.setAttribute("aria-selected", String(index === this.at));
      if (index === this.at) line.scrollIntoView({ block: "nearest" });
    });
    if (count) this.field.setAttribute("aria-activedescendant", `found-${this.at}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {number} row @param {(id: string) => void} choose */
  #choose(row, choose) {
    const match = this.matches[row];
    if (match) choose(match.id);
    this.close();
  }
}
