/** Draws the lessons: the list of them, or one with its text, its task and its way on. */
import katex from "../../vendor/katex.js";
import { bound, make } from "./dom.js";

/** @typedef {import("../markup.js").Piece} Piece */
/** @typedef {import("../messages.js").Translate} Translate */
/** @typedef {{id: string, title: string, done: boolean, current: boolean}} Entry */
/** @typedef {{ask: string, answer: Piece[], lesson: string, place: string}} Answered
 *   `place`: the name of the lesson that says more. */
/** @typedef {{place: string, title: string, text: Piece[][], task: Piece[],
 *   questions: {ask: string, answer: Piece[]}[], previous: string | null, next: string | null}} Page */
/** @typedef {{open: (lesson: string) => void, load: (lesson: string) => void, list: () => void, close: () => void,
 *   again: () => void, solve: () => void, leave: () => void}} Events */

export class LessonsView {
  /** @param {HTMLElement} parent @param {HTMLButtonElement} line that leads to the task
   * @param {Events} events @param {Translate} t */
  constructor(parent, line, events, t) {
    this.parent = parent;
    this.line = line;
    this.document = parent.ownerDocument;
    this.events = events;
    this.t = t;
    this.shown = "";
    this.place = make(this.document, "h2");
    this.body = make(this.document, "div", "lesson-body");
    this.task = make(this.document, "section", "task");
    this.task.setAttribute("aria-label", t("lessons.task"));
    this.task.tabIndex = -1;
    this.said = make(this.document, "p", "heard");
    this.said.setAttribute("role", "status");
    this.state = make(this.document, "span", "task-state");
    /** @type {HTMLButtonElement | null} */
    this.onwards = null;
    this.back = this.#button("lessons.own", events.leave, "plain");
    this.solve = this.#button("lessons.solve", events.solve, "plain small");
    this.all = this.#button("lessons.all", events.list, "plain");
    this.before = this.#sign("‹", "lessons.previous", () => events.open(this.before.value));
    this.after = this.#sign("›", "lessons.next", () => events.open(this.after.value));
    const bar = make(this.document, "div", "lesson-bar");
    bar.append(this.place, this.before, this.after, this.all, this.#sign("×", "lessons.close", events.close));
    parent.replaceChildren(bar, this.body, this.task, this.said);
    this.seen = this.#point();
  }

  /** Shows the line while the head of the task is out of sight, be it behind a drawing that stays above
   * it, and lets the line lead there.
   * @returns {IntersectionObserver} what tells whether its head is in sight */
  #point() {
    const { line, task } = this;
    const above = parseFloat(getComputedStyle(task).scrollMarginTop) || 0;
    line.addEventListener("click", () => {
      task.scrollIntoView({ block: "start" }); // what it asks to change stands below it
      task.focus({ preventScroll: true });
    });
    return new IntersectionObserver((entries) => {
      line.hidden = entries[entries.length - 1].isIntersecting;
    }, { rootMargin: `${-above}px 0px 0px` });
  }

  /** @param {{entries: Entry[], answers: Answered[], page: Page | null, done: boolean,
   *   own: boolean}} course */
  draw({ entries, answers, page, done, own }) {
    this.back.hidden = !own;
    const key = JSON.stringify(page ?? entries);
    if (key !== this.shown) {
      const focused = [this.before, this.after, this.body, this.task].some((part) => part.contains(this.document.activeElement));
      const another = this.shown !== "";
      this.shown = key;
      this.parent.classList.remove("single");
      this.place.textContent = page?.place ?? this.t("lessons.title");
      this.body.replaceChildren(...(page ? this.#page(page) : this.#list(entries, answers)));
      this.task.replaceChildren(...(page ? this.#task(page) : []));
      this.task.hidden = page === null;
      this.parent.classList.toggle("choosing", page === null);
      this.#lay(this.before, page?.previous);
      this.#lay(this.after, page?.next);
      this.seen.disconnect();
      this.line.hidden = true;
      if (this.task.firstElementChild) this.seen.observe(this.task.firstElementChild); // tells anew
      this.body.scrollTop = 0;
      this.said.textContent = "";
      if (another) this.enter();
      if (focused) this.body.querySelector("h3")?.focus({ preventScroll: true });
    }
    this.all.hidden = page === null && !this.isSingle;
    this.state.textContent = this.t(done ? "lessons.done" : "lessons.todo");
    this.state.classList.toggle("done", done);
    const task = make(this.document, "strong", "", this.t("lessons.task"));
    const show = make(this.document, "span", "", this.t("lessons.show"));
    this.line.replaceChildren(task, " ", this.state.cloneNode(true), " ", show);
    this.#lead(done);
  }

  /** Leaves one answer of the list, opened, until the list is asked for.
   * @param {string} asked the question, or "" for all of them again */
  single(asked) {
    for (const answer of this.body.querySelectorAll("details")) {
      const isShown = asked !== "" && answer.dataset.ask === asked;
      answer.classList.toggle("shown", isShown);
      if (isShown) answer.open = true;
    }
    this.parent.classList.toggle("single", asked !== "");
    this.all.hidden = asked === "";
    this.enter();
  }

  /** @returns {boolean} */
  get isSingle() {
    return this.parent.classList.contains("single");
  }

  /** Brings the beginning into sight, wherever one was in the column. */
  enter() {
    this.parent.scrollIntoView({ block: "start" });
  }

  /** Offers a way: onwards from a task that is done, else a solution of it. Who had just pressed the one
   * stands on the other then.
   * @param {boolean} done */
  #lead(done) {
    if (!done) this.said.textContent = "";
    if (!this.onwards) return;
    const focused = this.document.activeElement;
    this.onwards.hidden = !done;
    this.solve.hidden = done;
    if (done && focused === this.solve) this.onwards.focus();
  }

  /** Tells what has just been reached, aloud.
   * @param {string} text */
  say(text) {
    this.said.textContent = text;
  }

  /** @param {Entry[]} entries @param {Answered[]} answers @returns {HTMLElement[]} */
  #list(entries, answers) {
    const heading = make(this.document, "h3", "", this.t("lessons.choose"));
    heading.tabIndex = -1;
    const list = make(this.document, "ol", "lesson-list");
    for (const { id, title, done, current } of entries) {
      const button = make(this.document, "button", "", title);
      button.type = "button";
      if (current) button.setAttribute("aria-current", "true");
      if (done) button.append(make(this.document, "span", "task-state done", this.t("lessons.done")));
      button.addEventListener("click", () => this.events.open(id));
      const item = make(this.document, "li");
      item.append(button);
      list.append(item);
    }
    const questions = make(this.document, "details", "asked");
    const asked = make(this.document, "summary");
    asked.append(make(this.document, "h3", "", this.t("lessons.questions", { count: answers.length })));
    questions.append(asked, ...answers.map((answered) => this.#answer(answered)));
    return [questions, heading, list, this.back]; // folded, so that both can be seen at once
  }

  /** @param {Answered} answered @returns {HTMLElement} a question that opens its answer */
  #answer({ ask, answer, lesson, place }) {
    const details = make(this.document, "details", "answer-to");
    details.dataset.ask = ask;
    const more = make(this.document, "button", "plain", place);
    more.type = "button";
    more.addEventListener("click", () => this.events.open(lesson));
    const ways = make(this.document, "div", "ways");
    ways.append(this.#button("lessons.load", () => this.events.load(ask)), more);
    details.append(make(this.document, "summary", "", ask), this.#paragraph(answer), ways);
    return details;
  }

  /** @param {Page} page @returns {HTMLElement[]} */
  #page({ title, text, questions }) {
    const heading = make(this.document, "h3", "", title);
    heading.tabIndex = -1;
    const answers = questions.flatMap(({ ask, answer }) => [
      make(this.document, "h4", "", ask),
      this.#paragraph(answer),
    ]);
    return [
      heading,
      ...text.map((pieces) => this.#paragraph(pieces)),
      ...answers,
      this.back,
    ];
  }

  /** @param {Page} page @returns {HTMLElement[]} */
  #task({ task, next }) {
    const head = make(this.document, "div", "task-head");
    const heading = make(this.document, "h4", "", this.t("lessons.task"));
    heading.append(this.state);
    const ways = make(this.document, "div", "ways");
    ways.append(
      this.#button("lessons.again", this.events.again, "plain small"),
      this.solve,
    );
    this.onwards = next ? this.#button("lessons.next", () => this.events.open(next), "main small") : null;
    if (this.onwards) ways.append(this.onwards);
    else this.solve.hidden = false;
    head.append(heading, ways);
    return [head, this.#paragraph(task)];
  }

  /** @param {string} sign @param {string} key @param {() => void} work
   * @returns {HTMLButtonElement} a button of one sign, whose name is told */
  #sign(sign, key, work) {
    const button = this.#button(key, work, "plain sign");
    button.textContent = sign;
    button.title = this.t(key);
    button.setAttribute("aria-label", button.title);
    return button;
  }

  /** Lets an arrow lead to a lesson; it goes nowhere from the first or the last, and is away from the list.
   * @param {HTMLButtonElement} arrow @param {string | null | undefined} lesson */
  #lay(arrow, lesson) {
    arrow.hidden = lesson === undefined;
    arrow.disabled = !lesson;
    arrow.value = lesson ?? "";
  }

  /** @param {Piece[]} pieces @returns {HTMLElement} */
  #paragraph(pieces) {
    const paragraph = make(this.document, "p");
    paragraph.append(...pieces.map((piece) => this.#piece(piece)));
    return bound(paragraph);
  }

  /** @param {Piece} piece @returns {Node} */
  #piece({ kind, text }) {
    if (kind === "plain") return this.document.createTextNode(text);
    if (kind === "code") return make(this.document, "code", "", text);
    if (kind === "stress") return make(this.document, "em", "", text);
    const formula = make(this.document, "span", kind === "display" ? "formula wide" : "");
    if (kind === "display") formula.tabIndex = 0; // wider than the column, it is scrolled by keys
    katex.render(text, formula, { throwOnError: false, displayMode: kind === "display", strict: false });
    return formula;
  }

  /** @param {string} key @param {() => void} work @param {string} [className] */
  #button(key, work, className = "") {
    const button = make(this.document, "button", className, this.t(key));
    button.type = "button";
    button.addEventListener("click", work);
    return button;
  }
}
