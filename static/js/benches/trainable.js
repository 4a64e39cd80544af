/** Trainable: which of the program's inputs are to be trained. */
import { listed } from "../format.js";
import { dataBesideWeights } from "../roles.js";
import { button, group, Tick } from "../view/controls.js";
import { make } from "../view/dom.js";

/** Inputs that are offered at once. */
const OFFERED = 40;
/** From so many on one looks for a name. */
const MANY = 8;

export class Trainable {
  /** @param {import("../page.js").Page} page @param {() => string[]} names @param {() => void} changed
   * @param {string[] | null} [still]  what somebody chose not to train before */
  constructor({ document, t }, names, changed, still = null) {
    this.document = document;
    this.t = t;
    this.names = names;
    this.changed = changed;
    /** What somebody chose not to train; until somebody does, it is the data. @type {string[] | null} */
    this.chosen = still;
    this.filter = make(document, "input");
    this.filter.type = "search";
    this.filter.placeholder = t("descend.filter");
    this.filter.setAttribute("aria-label", t("descend.filter"));
    this.filter.addEventListener("input", changed);
    const all = button(document, t("descend.all"), () => this.#keep([]));
    const none = button(document, t("descend.none"), () => this.#keep(names()));
    this.list = group(document, []);
    this.note = make(document, "p", "quiet");
    this.root = make(document, "fieldset", "names");
    this.root.append(make(document, "legend", "", t("descend.trainable")), group(document, [this.filter, all, none]), this.list, this.note);
  }

  /** @param {string[]} still */
  #keep(still) {
    this.chosen = still;
    this.changed();
  }

  /** Begins anew with another program. */
  forget() {
    this.chosen = null;
  }

  /** @returns {Set<string>} what is not trained */
  get still() {
    return new Set(this.chosen ?? dataBesideWeights(this.names()));
  }

  /** Returns the inputs that are trained.
   * @returns {string[]} */
  trained() {
    const { still } = this;
    return this.names().filter((name) => !still.has(name));
  }

  /** Draws the choice. */
  draw() {
    const { document, still, list } = this;
    const names = this.names();
    this.note.textContent = this.chosen || !still.size ? "" : this.t("descend.data", { names: listed([...still]) });
    this.root.classList.toggle("many", names.length > MANY);
    this.filter.hidden = names.length <= MANY;
    const shown = names.filter((name) => name.includes(this.filter.value)).slice(0, OFFERED);
    const key = JSON.stringify(shown.map((name) => [name, still.has(name)]));
    if (list.dataset.key === key) return;
    list.dataset.key = key;
    const focused = document.activeElement?.getAttribute("data-name");
    list.replaceChildren(...shown.map((name) => {
      const tick = new Tick(document, name, (on) =>
        this.#keep(on ? [...still].filter((other) => other !== name) : [...still, name]));
      tick.show(!still.has(name));
      tick.input.dataset.name = name;
      return tick.root;
    }));
    const again = [...list.querySelectorAll("input")].find((input) => input.dataset.name === focused);
    if (focused && again) again.focus();
  }
}
