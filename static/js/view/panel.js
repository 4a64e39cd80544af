/** Draws what happens now: words, the formulas stage by stage, and the question of the quiz. */
import katex from "../../vendor/katex.js";
import { make, withCode } from "./dom.js";

/** @typedef {import("../explain.js").Explanation} Explanation */
/** @typedef {import("../questions.js").Question} Question */
/** @typedef {import("../formulas.js").Piece} Piece */
/** @typedef {import("../formulas.js").Link} Link */
/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{go: (link: Link) => void, answer: (text: string) => void,
 *   skip: () => void, copy: (button: HTMLButtonElement) => void}} Events */

/** Formulas shrink to the first of these, at the least. Where they would have to be smaller, what is said
 * beside them goes below; if that does not help, they go on in the next line: they have the second size
 * then, and shrink to the third where a part alone is too long. */
const SMALLEST = 0.75;
const BROKEN = 0.9;
const TINIEST = 0.6;
/** So many pieces of formulas are kept. */
const KEPT = 1_000;
/** Gaps between the pieces do not shrink with them. */
const SPARE = 0.92;

export class PanelView {
  /** @param {HTMLElement} parent @param {Events} events @param {Translate} t */
  constructor(parent, events, t) {
    this.parent = parent;
    this.document = parent.ownerDocument;
    this.events = events;
    this.t = t;
    this.shown = "";
    parent.tabIndex = -1; // takes the focus when a link is followed, and replaced
    this.title = make(this.document, "div", "title");
    this.words = make(this.document, "div", "told");
    for (const spoken of [this.title, this.words]) spoken.setAttribute("aria-live", "polite");
    this.quiz = this.#form();
    this.brief = make(this.document, "div", "formula brief");
    this.maths = make(this.document, "div", "maths");
    this.copy = make(this.document, "button", "small", t("explain.copy"));
    this.copy.type = "button";
    this.copy.addEventListener("click", () => events.copy(this.copy));
    this.formulas = make(this.document, "div", "formulas");
    this.formulas.append(this.maths, this.copy);
    this.formulas.hidden = true; // before the first step there is nothing to copy
    parent.replaceChildren(this.quiz.form, this.title, this.brief, this.words, this.formulas);
    this.fitting = false;
    /** @type {HTMLElement[]} */
    this.lines = [];
    /** @type {Map<string, HTMLElement>} */
    this.pieces = new Map();
    // How wide a formula is, is known only when its letters have come.
    this.document.fonts.addEventListener("loadingdone", () => this.#fit());
    new ResizeObserver(() => this.#fit()).observe(parent);
  }

  /** @param {Explanation} explanation @param {Question | null} question */
  draw(explanation, question) {
    const key = JSON.stringify([explanation, question]);
    if (key === this.shown) return;
    this.shown = key;
    const { title, sentences, warnings, stages, brief, sum, latex } = explanation;
    const past = question?.asking ? [make(this.document, "p", "quiet", this.t("quiz.before"))] : [];
    this.title.replaceChildren(...past, withCode(make(this.document, "h3"), title));
    this.brief.replaceChildren(...(brief.length ? this.#sides(brief, "\\textstyle") : []));
    this.words.replaceChildren(
      ...sentences.map((sentence) => withCode(make(this.document, "p"), sentence)),
      ...warnings.map((warning) => make(this.document, "p", "warning", this.t("explain.warning", { warning }))),
    );
    const rows = stages.flatMap(({ name, pieces, aside }) => this.#row(name, pieces, aside));
    const uses = sum.length ? this.#row(this.t("stage.sum"), sum) : [];
    for (const part of uses) part.classList.add("sum", "long");
    this.maths.replaceChildren(...rows, ...uses);
    this.formulas.hidden = latex === "";
    this.#ask(question);
    this.lines = [...rows, ...uses].filter((part) => part.classList.contains("formula"));
    this.#fit();
  }

  /** Fits the formulas just before they are painted: measured earlier, the whole page would be laid
   * out once more. */
  #fit() {
    if (this.fitting) return;
    this.fitting = true;
    requestAnimationFrame(() => {
      this.fitting = false;
      fit(this.lines);
      fit([this.quiz.rule]);
      fit([this.brief]);
    });
  }

  /** @param {string} name @param {Piece[]} pieces @param {Piece[]} [aside] @returns {HTMLElement[]} */
  #row(name, pieces, aside) {
    const line = make(this.document, "div", "formula");
    line.append(...this.#sides(pieces));
    if (aside) {
      const note = make(this.document, "span", "aside");
      note.append(...this.#sides(aside));
      line.append(note);
      line.classList.add("noted");
    }
    return [make(this.document, "span", "stage-name", name), line];
  }

  /** @param {Piece[]} pieces @param {"\\displaystyle" | "\\textstyle"} [style]
   * @returns {[HTMLElement, HTMLElement]} what a formula is about, and what it says of it, in parts
   * that stay on one line: a sign leads what follows it */
  #sides([own, ...pieces], style) {
    const rest = make(this.document, "span", "rest");
    let isLed = false;
    for (const piece of pieces) {
      const part = isLed ? rest.lastElementChild : rest.appendChild(make(this.document, "span", "part"));
      part?.append(this.#piece(piece, style));
      isLed = piece.sign === true;
    }
    return [this.#piece(own, style), rest];
  }

  /** @param {Piece} piece @param {"\\displaystyle" | "\\textstyle"} [style]
   * @returns {HTMLElement} a part of a formula, which may be a link */
  #piece({ latex, link, mark: state, caption, sign }, style = "\\displaystyle") {
    const part = make(this.document, link ? "button" : "span", link ? "piece link" : "piece");
    part.append(this.#set(`${style} ${latex}`, link ? "html" : "htmlAndMathml"));
    if (link && part instanceof HTMLButtonElement) {
      part.type = "button";
      part.title = link.name;
      part.prepend(make(this.document, "span", "heard", caption ? `${link.name},` : link.name));
      part.addEventListener("click", () => {
        this.events.go(link);
        if (!part.isConnected) this.parent.focus({ preventScroll: true });
      });
    }
    if (state) part.classList.add(state);
    if (sign) part.classList.add("sign");
    if (caption) part.append(make(this.document, "small", "", caption));
    return part;
  }

  /** Sets a piece of LaTeX; most pieces come again at the next step, and are copied then.
   * @param {string} latex @param {"html" | "htmlAndMathml"} output  what the symbols of a link
   * say is beside them, in words
   * @returns {Node} */
  #set(latex, output) {
    const key = `${output} ${latex}`;
    const known = this.pieces.get(key) ?? make(this.document, "span");
    if (!this.pieces.has(key)) {
      // Where a long piece goes on in the next line, it is not torn at a product.
      katex.render(latex.replaceAll("\\cdot", "\\cdot\\nobreak "), known, { throwOnError: false, strict: false, output });
      if (this.pieces.size >= KEPT) this.pieces.clear();
      this.pieces.set(key, known);
    }
    return known.firstElementChild?.cloneNode(true) ?? this.document.createTextNode(latex);
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
    const skip = make(this.document, "button", "", this.t("quiz.skip"));
    skip.type = "button";
    skip.addEventListener("click", () => this.events.skip());
    const answer = make(this.document, "div", "answer");
    const score = make(this.document, "span", "quiet");
    answer.append(label, check, skip, score);
    form.append(verdict, text, rule, answer);
    form.hidden = true;
    form.noValidate = true;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.events.answer(field.value);
    });
    return { form, verdict, text, rule, label, check, skip, field, score };
  }

  /** @param {Question | null} question */
  #ask(question) {
    const { form, verdict, text, rule, label, check, skip, field, score } = this.quiz;
    form.hidden = question === null;
    if (!question) return;
    text.textContent = question.text;
    rule.replaceChildren(...(question.asking ? this.#sides(question.pieces, "\\textstyle") : []));
    verdict.textContent = question.verdict;
    verdict.className = `verdict ${mark(question.right)}`;
    for (const part of [label, check, skip]) part.hidden = !question.asking;
    score.textContent = question.score;
    if (question.right !== null) field.value = "";
  }
}

/** @param {boolean | null} right */
function mark(right) {
  return right === null ? "unread" : right ? "right" : "wrong";
}

/** Fits formulas to their lines, all in one size. One that stays too long goes on in the next line, as
 * a sum does at any size.
 * @param {HTMLElement[]} lines */
function fit(lines) {
  for (const line of lines) {
    line.classList.remove("longer");
    line.classList.toggle("long", line.classList.contains("sum"));
    line.style.fontSize = "";
  }
  const rooms = lines.map(roomOf);
  const room = Math.min(...rooms);
  if (room >= 1) return;
  const bare = room < SMALLEST ? Math.min(...lines.map(roomAlone)) : room;
  const size = bare < SMALLEST ? BROKEN : bare;
  lines.forEach((line, index) => {
    line.style.fontSize = `${size}em`;
    if (rooms[index] < size) line.classList.add("long");
  });
  if (size > room) shrink(lines, size);
}

/** Shrinks broken formulas of which a part alone is too long for its line.
 * @param {HTMLElement[]} lines @param {number} size */
function shrink(lines, size) {
  for (const line of lines) line.classList.toggle("longer", roomOf(line) < 1);
  const room = Math.min(...lines.map(roomOf));
  if (room < 1) for (const line of lines) line.style.fontSize = `${Math.max(TINIEST, size * room)}em`;
}

/** @param {HTMLElement} line @returns {number} how much of it has room without what is said beside it */
function roomAlone(line) {
  line.classList.add("alone");
  const room = roomOf(line);
  line.classList.remove("alone");
  return room;
}

/** @param {HTMLElement} line @returns {number} how much of a formula has room, 1 for all of it */
function roomOf({ clientWidth, scrollWidth }) {
  return clientWidth < scrollWidth ? (SPARE * clientWidth) / scrollWidth : 1;
}
