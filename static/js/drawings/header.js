/** The header: the gallery, the language, the theme. */
import { withParameter } from "../address.js";
import { keep } from "../keeping.js";
import { element } from "../view/dom.js";
import { drawNote } from "../view/notices.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */

export class HeaderDrawing {
  /** @param {Page} page @param {import("../course.js").Lesson[]} lessons
   * @param {(language: string) => void} speak */
  constructor(page, lessons, speak) {
    const { document, dispatch } = page;
    this.page = page;
    this.lessons = lessons;
    this.examples = element(document, "examples-menu", HTMLSelectElement);
    this.own = this.examples.options[0];
    this.theme = element(document, "theme", HTMLSelectElement);
    this.language = element(document, "language", HTMLSelectElement);
    this.lesson = element(document, "lesson", HTMLElement);
    this.examples.addEventListener("change", () => this.#load(this.examples.value));
    this.theme.addEventListener("change", () =>
      dispatch({ type: "theme", theme: /** @type {State["theme"]} */ (this.theme.value) }),
    );
    this.language.addEventListener("change", () => speak(this.language.value));
    if (page.kept.state) this.language.focus({ preventScroll: true }); // as it was when it was changed
    this.#address();
  }

  /** @param {State} state @param {State} before */
  draw({ theme, source }, before) {
    if (theme !== before.theme) this.#paint(theme);
    if (source === before.source) return;
    const chosen = exampleOf(source, this.page.examples);
    this.examples.value = chosen?.id ?? "";
    this.own.text = this.#otherwise(source);
    drawNote(this.lesson, chosen?.text ?? "");
  }

  /** @param {string} source @returns {string} what a program is called that is no example */
  #otherwise(source) {
    const place = this.lessons.findIndex(({ begin, solution }) => [begin.source, solution.source].includes(source));
    return place < 0 ? this.page.t("nav.examples.own") : this.page.t("nav.examples.lesson", { number: place + 1 });
  }

  /** @param {string} wanted */
  #load(wanted) {
    const chosen = this.page.examples.find(({ id }) => id === wanted);
    if (!chosen) return;
    const { href } = location; // in which no other example is named from now on
    this.page.go({ source: chosen.source, inputs: chosen.inputs }, withParameter(href, "example", null));
  }

  /** A language that was chosen stands in every address of the page: one to which Back leads, too. */
  #address() {
    const { cookie, documentElement } = this.page.document;
    const named = new URL(location.href).searchParams.has("lang");
    if (named || !/(^|; )lang=/.test(cookie)) return;
    history.replaceState(history.state, "", withParameter(location.href, "lang", documentElement.lang));
  }

  /** @param {State["theme"]} theme */
  #paint(theme) {
    this.page.document.documentElement.dataset.theme = theme;
    this.theme.value = theme;
    keep("theme", theme);
  }
}

/** Returns the example that a program is, wherever it came from, while it is unchanged.
 * @param {string} source @param {import("../page.js").Example[]} examples */
export function exampleOf(source, examples) {
  return examples.find((example) => example.source === source);
}
