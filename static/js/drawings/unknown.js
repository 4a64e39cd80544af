/** The notice that the address names what there is not, until another program comes. */
import { unknownAt } from "../asked.js";
import { element } from "../view/dom.js";
import { drawNote } from "../view/notices.js";

/** @typedef {import("../state.js").State} State */

export class UnknownDrawing {
  /** @param {import("../page.js").Page} page @param {import("../course.js").Lesson[]} lessons
   * @param {boolean} embedded whether the lists of both are left out */
  constructor({ document, state, t, examples }, lessons, embedded) {
    this.note = element(document, "unknown", HTMLElement);
    this.source = state().source;
    const lesson = unknownAt(lessons, "lesson", location.search);
    const example = unknownAt(examples, "example", location.search);
    const told = [];
    if (lesson !== null) told.push(t("unknown.lesson", { name: lesson }), embedded ? "" : t("unknown.lesson.list"));
    if (example !== null) told.push(t("unknown.example", { name: example }), embedded ? "" : t("unknown.example.list"));
    drawNote(this.note, told.join(" ").trim());
  }

  /** @param {State} state */
  draw({ source }) {
    if (source !== this.source) drawNote(this.note, "");
  }
}
