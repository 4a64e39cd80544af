/** Remarks: what is missing from the drawing, and what its marks mean. */
import { DRAWABLE, drawnOf, groupingOf } from "../fold.js";
import { element } from "../view/dom.js";
import { drawNote } from "../view/notices.js";

/** @typedef {import("../state.js").State} State */

export class RemarksDrawing {
  /** @param {import("../page.js").Page} page */
  constructor({ document, t }) {
    this.t = t;
    this.note = element(document, "note", HTMLElement);
    this.relations = element(document, "relations", HTMLElement);
    this.folds = element(document, "folds", HTMLElement);
  }

  /** @param {State} state @param {State} before */
  draw(state, before) {
    const other = state.reading !== before.reading || state.folds !== before.folds;
    if (other || state.layout !== before.layout) this.#missing(state);
    if (state.selected !== before.selected) this.#relate(state);
  }

  /** @param {State} state */
  #missing({ reading, folds, room }) {
    if (!reading) return;
    const { hidden, byId, trace } = reading;
    const notes = [];
    if (drawnOf(reading, folds, room).refused) notes.push(this.t("graph.refused", { count: DRAWABLE }));
    if (hidden) notes.push(this.t("graph.hidden", { count: hidden, all: trace.nodes.length, output: byId.get(trace.output)?.label ?? "" }));
    drawNote(this.note, notes.join(" "));
    this.note.title = notes.join(" "); // where there is no room for all of it
    this.folds.hidden = groupingOf(reading).groups.size < 2;
  }

  /** Says what the marks mean that a chosen value puts on others.
   * @param {State} state */
  #relate({ reading, selected }) {
    const node = reading?.byId.get(selected ?? "");
    const name = node?.label;
    const notes = [];
    if (node?.makes.length) notes.push("graph.relations.from");
    if (node?.uses.length) notes.push("graph.relations.to");
    drawNote(this.relations, name ? notes.map((key) => this.t(key, { name })).join(" ") : "");
  }
}
