/** Trainable: which of the program's inputs are to be trained. */
import { button, group, Tick } from "../view/controls.js";
import { make } from "../view/dom.js";

/** Inputs that are offered at once. */
const OFFERED = 40;
/** From so many on one looks for a name. */
const MANY = 8;

export class Trainable {
  /** @param {import("../page.js").Page} page @param {() => string[]} names @param {() => void} changed
   * @param {string[]} [still]  what was not trained before */
  constructor({ document, t }, names, changed, still = []) {
    this.document = document;
    this.changed = changed;
    /** @type {Set<string>} what is not trained */
    this.still = new Set(still);
    this.filter = make(document, "input");
    this.filter.type = "search";
    this.filter.placeholder = t("descend.filter");
    this.filter.setAttribute("aria-label", t("descend.filter"));
    this.filter.addEventListener("input", changed);
    const all = button(document, t("descend.all"), () => this.#keep([]));
    const none = button(document, t("descend.none"), () => this.#keep(names()));
    this.list = group(document, []);
    this.root = make(document, "fieldset", "names");
    this.root.append(make(document, "legend", "", t("descend.trainable")), group(document, [this.filter, all, none]), this.list);
  }

  /** @param {Iterable<string>} still */
  #keep(still) {
    this.still = new Set(still);
    this.changed();
  }

  /** Begins anew with another program. */
  forget() {
    this.still = new Set();
  }

  /** @param {string[]} names @returns {string[]} those that are trained */
  of(names) {
    return names.filter((name) => !this.still.has(name));
  }

  /** @param {string[]} names */
  draw(names) {
    const { document, still, list } = this;
    this.root.classList.toggle("many", names.length > MANY);
    this.filter.hidden = names.length <= MANY;
    const shown = names.filter((name) => name.includes(this.filter.value)).slice(0, OFFERED);
    const key = JSON.stringify(shown.map((name) => [name, still.has(name)]));
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    const focused = document.activeElement?.getAttribute("data-name");
    list.replaceChildren(...shown.map((name) => {
      const tick = new Tick(document, name, (on) =>
        this.#keep(on ? [...this.still].filter((other) => other !== name) : [...this.still, name]));
      tick.show(!still.has(name));
      tick.input.dataset.name = name;
      return tick.root;
    }));
    const again = [...list.querySelectorAll("input")].find((input) => input.dataset.name === focused);
    if (focused && again) again.focus();
  }
}
