/** Draws what happens now: words, the formulas stage by stage, and the question of the quiz. */
import katex from "../../vendor/katex.js";
import { make } from "./dom.js";

/** @typedef {import("../explain.js").Explanation} Explanation */
/** @typedef {import("../questions.js").Question} Question */
/** @typedef {import("../stages.js").Piece} Piece */
/** @typedef {import("../stages.js").Link} Link */
/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{go: (link: Link) => void, answer: (text: string) => void,
 *   copy: (button: HTMLButtonElement) => void}} Events */

/** Formulas shrink to this, at the least, before they are scrolled. */
const SMALLEST = 0.7;

export class PanelView {
  /** @param {HTMLElement} parent @param {Events} events @param {Translate} t */
  constructor(parent, events, t) {
    this.parent = parent;
    this.document = parent.ownerDocument;
    this.events = events;
    this.t = t;
    this.shown = "";
    parent.tabIndex = -1; // takes the focus when a link is followed, and replaced
    this.words = make(this.document, "div", "words");
    this.words.setAttribute("aria-live", "polite");
    this.quiz = this.#form();
    this.maths = make(this.document, "div", "maths");
    this.copy = make(this.document, "button", "small", t("explain.copy"));
    this.copy.type = "button";
    this.copy.addEventListener("click", () => events.copy(this.copy));
    const left = make(this.document, "div", "told");
    left.append(this.quiz.form, this.words);
    const right = make(this.document, "div", "formulas");
    right.append(this.maths, this.copy);
    parent.replaceChildren(left, right);
  }

  /** @param {Explanation} explanation @param {Question | null} question */
  draw(explanation, question) {
    const key = JSON.stringify([explanation, question]);
    if (key === this.shown) return;
    this.shown = key;
    const { title, sentences, warnings, stages, sum, latex } = explanation;
    this.words.replaceChildren(
      make(this.document, "h3", "", title),
      ...sentences.map((sentence) => make(this.document, "p", "", sentence)),
      ...warnings.map((warning) => make(this.document, "p", "warning", this.t("explain.warning", { warning }))),
    );
    const rows = stages.flatMap(({ name, pieces, aside }) => this.#row(name, pieces, aside));
    const uses = sum.length ? this.#row(this.t("stage.sum"), sum) : [];
    for (const part of uses) part.classList.add("sum");
    this.maths.replaceChildren(...rows, ...uses);
    this.copy.hidden = latex === "";
    this.#ask(question);
    for (const line of this.maths.querySelectorAll(".formula")) shrink(/** @type {HTMLElement} */ (line));
  }

  /** @param {string} name @param {Piece[]} pieces @param {Piece[]} [aside] @returns {HTMLElement[]} */
  #row(name, pieces, aside) {
    const line = make(this.document, "div", "formula");
    line.append(...pieces.map((piece) => this.#piece(piece)));
    if (aside) {
      const note = make(this.document, "span", "aside");
      note.append(...aside.map((piece) => this.#piece(piece)));
      line.append(note);
    }
    return [make(this.document, "span", "stage-name", name), line];
  }

  /** @param {Piece} piece @param {"\\displaystyle" | "\\textstyle"} [style]
   * @returns {HTMLElement} a part of a formula, which may be a link */
  #piece({ latex, link, mark: state, caption }, style = "\\displaystyle") {
    const part = make(this.document, link ? "button" : "span", link ? "piece link" : "piece");
    katex.render(`${style} ${latex}`, part, { throwOnError: false, strict: false, displayMode: false });
    if (link && part instanceof HTMLButtonElement) {
      part.type = "button";
      part.title = link.name;
      part.setAttribute("aria-label", caption ? `${link.name}, ${caption}` : link.name);
      part.addEventListener("click", () => {
        this.events.go(link);
        if (!part.isConnected) this.parent.focus({ preventScroll: true });
      });
    }
    if (state) part.classList.add(state);
    if (caption) part.append(make(this.document, "small", "", caption));
    return part;
  }

  #form() {
    const form = make(this.document, "form", "quiz");
    const verdict = make(this.document, "p");
    verdict.setAttribute("aria-live", "polite");
    const text = make(this.document, "p", "question");
    const rule = make(this.document, "div", "formula");
    const field = make(this.document, "input");
    field.type = "text";
    field.autocomplete = "off";
    const label = make(this.document, "label", "", this.t("quiz.label"));
    label.append(field);
    const check = make(this.document, "button", "primary", this.t("quiz.check"));
    const answer = make(this.document, "div", "answer");
    const score = make(this.document, "span", "quiet");
    answer.append(label, check);
    answer.append(score);
    form.append(verdict, text, rule, answer);
    form.hidden = true;
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.events.answer(field.value);
    });
    return { form, verdict, text, rule, label, check, field, score };
  }

  /** @param {Question | null} question */
  #ask(question) {
    const { form, verdict, text, rule, label, check, field, score } = this.quiz;
    form.hidden = question === null;
    if (!question) return;
    text.textContent = question.text;
    rule.replaceChildren(...question.pieces.map((piece) => this.#piece(piece, "\\textstyle")));
    verdict.textContent = question.verdict;
    verdict.className = `verdict ${mark(question.right)}`;
    for (const part of [label, check]) part.hidden = !question.asking;
    score.textContent = question.score;
    if (question.right !== null) field.value = "";
    shrink(rule);
  }
}

/** @param {boolean | null} right */
function mark(right) {
  return right === null ? "unread" : right ? "right" : "wrong";
}

/** Fits a formula to its line; one that stays too long is scrolled with the arrow keys.
 * @param {HTMLElement} line */
function shrink(line) {
  line.style.fontSize = "";
  const room = line.clientWidth / line.scrollWidth;
  if (room < 1) line.style.fontSize = `${Math.max(SMALLEST, room)}em`;
  if (room < SMALLEST) line.tabIndex = 0;
  else line.removeAttribute("tabindex");
}
