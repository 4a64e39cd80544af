/** Data: which points are to be learned: made by the server, or pasted. */
import { parsed } from "../csv.js";
import { planOf } from "../playground.js";
import { button, Choice, Field, group } from "../view/controls.js";
import { make } from "../view/dom.js";

/** @typedef {import("../csv.js").Columns} Columns */
/** @typedef {{data: string, rows: number, noise: number, seed: number, csv: string}} Settings */
/** @typedef {{taken: (columns: Columns) => void, refused: () => void, rows: () => number}} Events
 *   `rows`: how many are drawn now */

const DATA = ["moons", "circles", "xor", "spiral", "blobs", "linear"];
const OWN = "own";
const PASTED = "x1,x2,y\n0,0,-1\n0,1,1\n1,0,1\n1,1,-1";

export class DataChoice {
  /** @param {import("../page.js").Page} page @param {import("../inquiry.js").Server} server
   * @param {Events} events @param {Settings} [kept]  chosen before, and taken then */
  constructor({ document, t }, server, events, kept) {
    this.t = t;
    this.server = server;
    this.events = events;
    /** @type {Settings} */
    this.settings = { data: DATA[0], rows: 100, noise: 0.1, seed: 42, csv: PASTED, ...kept };
    /** Counts what was asked for: only the latest answer is taken. */
    this.wish = 0;
    /** Whether what is chosen cannot be learned: the rows of before are none that anybody means. */
    this.refused = false;
    this.view = this.#build(document);
    if (kept) this.#show();
    else this.#choose({});
    if (kept?.data === OWN) this.#read(kept.csv, () => {}); // its rows are taken already
  }

  /** @param {Document} document */
  #build(document) {
    const { t, settings: { rows, noise, seed, csv } } = this;
    const kinds = [...DATA, OWN].map((name) => ({ value: name, text: t(`playground.data.${name}`) }));
    const data = new Choice(document, t("playground.data"), kinds, (name) => this.#choose({ data: name }));
    const count = new Field(document, t("playground.rows"), { low: 2, high: 1000, whole: true },
      (value) => this.#choose({ rows: value }));
    const spread = new Field(document, t("playground.noise"), { low: 0, high: 10 },
      (value) => this.#choose({ noise: value }));
    const chance = new Field(document, t("playground.seed"), { whole: true },
      (value) => this.#choose({ seed: value }));
    count.show(rows);
    spread.show(noise);
    chance.show(seed);
    const made = group(document, [count.root, spread.root, chance.root], "controls fields");
    const text = make(document, "textarea");
    text.value = csv;
    text.rows = 5;
    text.spellcheck = false;
    // Who leaves the rows means them: what is loaded or trained next is made for these.
    text.addEventListener("change", () => text.value !== this.settings.csv && this.#choose({ csv: text.value }));
    const label = make(document, "label", "own");
    label.append(make(document, "span", "quiet", t("playground.csv")), text);
    const use = button(document, t("playground.use"), () => this.#choose({ csv: text.value }));
    const note = make(document, "p", "data-note");
    note.id = "data-note";
    note.setAttribute("role", "status");
    text.setAttribute("aria-describedby", note.id);
    return { data, made, text, note, own: group(document, [label, use], "own") };
  }

  /** @param {Partial<typeof this.settings>} change */
  #choose(change) {
    this.settings = { ...this.settings, ...change };
    const { data, csv } = this.settings;
    this.#show();
    this.#refuse("");
    this.wish += 1;
    if (data === OWN) this.#read(csv);
    else this.#fetch(this.wish);
  }

  #show() {
    const { data } = this.settings;
    this.view.data.show(data);
    this.view.made.hidden = data === OWN;
    this.view.own.hidden = data !== OWN;
  }

  /** @param {string} text @param {(columns: Columns) => void} [take] */
  #read(text, take = this.events.taken) {
    const found = parsed(text);
    if ("columns" in found) {
      take(found.columns);
      this.#describe(found.columns);
    } else this.#refuse(this.t(`playground.csv.${found.problem}`, { line: found.line, text: found.text }));
  }

  /** Says what was understood, where a refusal would stand: nothing moves when there is one.
   * @param {Columns} columns */
  #describe(columns) {
    const { features, label, rows } = planOf(columns);
    this.view.note.textContent = this.t("playground.understood", { rows, label, features: features.join(", ") });
  }

  /** Says what is wrong, beside where it was chosen, and which data stays.
   * @param {string} message empty if nothing is */
  #refuse(message) {
    const { note, text } = this.view;
    const rows = this.events.rows();
    note.textContent = message && rows ? `${message} ${this.t("playground.kept", { rows })}` : message;
    text.setAttribute("aria-invalid", String(message !== "" && this.settings.data === OWN));
    this.refused = message !== "";
    note.classList.toggle("refusal", this.refused);
    if (this.refused) this.events.refused();
  }

  /** @param {number} wish */
  async #fetch(wish) {
    const { data, rows, noise, seed } = this.settings;
    const query = new URLSearchParams({ rows: `${rows}`, noise: `${noise}`, seed: `${seed}` });
    try {
      const response = await this.server.fetch(`api/datasets/${data}?${query}`);
      const answer = await response.json();
      if (wish !== this.wish) return;
      if (response.ok) this.events.taken(answer.columns);
      else this.#refuse(this.server.told(answer.error).message);
    } catch {
      if (wish === this.wish) this.#refuse(this.server.unreachable);
    }
  }
}
