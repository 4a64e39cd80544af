/** The lessons: beside the tool, each with a program and a task that is checked as one plays. */
import { withParameter } from "../address.js";
import { lessonAt, unknownAt } from "../asked.js";
import { courseFrom, left, opened, toKeep, undone, withDone } from "../course.js";
import { keep, kept } from "../keeping.js";
import { paragraphs, pieces } from "../markup.js";
import { fulfilled } from "../task.js";
import { element, relocate } from "../view/dom.js";
import { LessonsView } from "../view/lessons.js";

/** @typedef {import("../page.js").Page} Page */
/** @typedef {import("../state.js").State} State */
/** @typedef {import("../course.js").Course} Course */
/** @typedef {import("../course.js").Lesson} Lesson */
/** @typedef {import("../course.js").Moment} Moment */

/** Under which name a browser keeps what was done. */
const KEPT = "lessons";
/** More inputs than these would part a task from the program. */
const FEW = 6;

export class LessonsDrawing {
  /** @param {Page} page @param {Lesson[]} lessons */
  constructor(page, lessons) {
    this.page = page;
    this.lessons = lessons;
    const { document, t } = page;
    this.answers = answersOf(lessons, t);
    this.aside = element(document, "lessons", HTMLElement);
    this.column = element(document, "column", HTMLElement);
    this.toggle = element(document, "lessons-toggle", HTMLButtonElement);
    this.controls = element(document, "controls", HTMLElement);
    const named = lessonAt(lessons, location.search)?.id ?? null;
    /** @type {Course} */
    this.course = { ...courseFrom(named, kept(KEPT)), ...page.kept.course };
    if (unknownAt(lessons, "lesson", location.search) !== null) this.course.open = true; // the list, to choose from
    this.view = new LessonsView(
      this.aside,
      element(document, "task-line", HTMLButtonElement),
      {
        open: (lesson) => this.#open(lesson),
        load: (asked) => this.#load(asked),
        list: () => this.#list(),
        close: () => this.#close(),
        again: () => this.#go(undone(this.course, this.course.lesson), this.#lesson()?.begin),
        solve: () => this.#go(this.course, this.#lesson()?.solution),
        leave: () => this.#leave(),
      },
      t,
    );
    this.toggle.addEventListener("click", () => this.#show(!this.course.open));
    window.addEventListener("popstate", () => {
      const lesson = lessonAt(lessons, location.search)?.id ?? null;
      this.#draw({ ...this.course, lesson, open: this.course.open || lesson !== null });
    });
    this.#draw(this.course);
  }

  /** @param {State} state @param {State} before */
  draw(state, before) {
    if (state.reading !== before.reading) this.#place();
    const lesson = this.#lesson();
    if (!lesson || this.course.done.includes(lesson.id)) return;
    if (!fulfilled(lesson.conditions, state)) return;
    this.#draw(withDone(this.course, lesson.id));
    this.view.say(this.page.t("lessons.reached", { title: lesson.title }));
  }

  keep() {
    const { open, lesson, running } = this.course;
    return { course: { open, lesson, running } };
  }

  /** @returns {Lesson | null} */
  #lesson() {
    return this.lessons.find(({ id }) => id === this.course.lesson) ?? null;
  }

  /** @param {string} wanted */
  #open(wanted) {
    const { source, inputs, step } = this.page.state();
    const course = opened(this.course, wanted, { source, inputs, step });
    this.#go(course, this.lessons.find(({ id }) => id === wanted)?.begin);
  }

  /** Shows the program that an answer speaks of, right below this answer: the others step aside.
   * @param {string} asked */
  #load(asked) {
    const { source, inputs, step } = this.page.state();
    const course = { ...opened(this.course, "", { source, inputs, step }), lesson: null };
    this.#go(course, this.lessons.flatMap(({ questions }) => questions).find(({ ask }) => ask === asked)?.shown);
    this.view.single(asked);
    this.#place();
  }

  #list() {
    this.view.single("");
    this.#draw({ ...this.course, lesson: null });
    history.replaceState(null, "", withParameter(location.href, "lesson", null));
  }

  #leave() {
    this.view.single("");
    this.#go(left(this.course), this.course.own);
  }

  #close() {
    this.#show(false);
    this.toggle.focus();
  }

  /** Shows or hides the lessons. The address names what is to be seen, no lesson that was put away.
   * @param {boolean} open */
  #show(open) {
    const { lesson } = this.course;
    if (open) this.view.single("");
    this.#draw({ ...this.course, open });
    if (open) this.view.enter();
    history.replaceState(null, "", withParameter(location.href, "lesson", open ? lesson : null));
  }

  /** Goes to a program of the course, in an entry of its own of the history.
   * @param {Course} course @param {Moment | null} [moment] */
  #go(course, moment = null) {
    this.#draw(course);
    this.page.go(moment && { pace: "edge", ...moment }, withParameter(location.href, "lesson", course.lesson));
  }

  /** Puts the inputs right below a task that is done with the program as it is, and below an answer that
   * speaks of it; else below the program. */
  #place() {
    const { controls, page } = this;
    const lesson = this.course.open ? this.#lesson() : null;
    const few = (page.state().reading?.trace.inputs.length ?? 0) <= FEW;
    const moved = lesson !== null && lesson.solution.source === lesson.begin.source;
    const first = few && (moved || this.view.isSingle);
    const { parentElement: program } = controls;
    if (!program || (program.firstElementChild === controls) === first) return;
    relocate(controls, () => (first ? program.prepend(controls) : program.append(controls)));
  }

  /** @param {Course} course */
  #draw(course) {
    this.course = course;
    keep(KEPT, toKeep(course));
    const { lessons, page } = this;
    const { done, own, open } = course;
    const lesson = this.#lesson();
    this.aside.hidden = !open;
    this.column.classList.toggle("taught", open);
    this.toggle.setAttribute("aria-expanded", String(open));
    this.#place();
    this.view.draw({
      entries: lessons.map(({ id, title }) => ({
        id, title, done: done.includes(id), current: id === lesson?.id,
      })),
      answers: this.answers,
      page: lesson && pageOf(lesson, lessons, page.t),
      done: lesson !== null && done.includes(lesson.id),
      own: own !== null,
    });
  }
}

/** Returns what is asked in all lessons, for who comes with a question.
 * @param {Lesson[]} lessons @param {import("../messages.js").Translate} t */
function answersOf(lessons, t) {
  return lessons.flatMap(({ id, title, questions }, index) => {
    const place = t("lessons.more", { number: index + 1, title });
    return questions.map(({ ask, answer }) => ({ ask, answer: pieces(answer), lesson: id, place }));
  });
}

/** @param {Lesson} lesson @param {Lesson[]} lessons @param {import("../messages.js").Translate} t */
function pageOf(lesson, lessons, t) {
  const index = lessons.indexOf(lesson);
  return {
    place: t("lessons.place", { number: index + 1, count: lessons.length }),
    title: lesson.title,
    text: paragraphs(lesson.text),
    task: pieces(lesson.task),
    questions: lesson.questions.map(({ ask, answer }) => ({ ask, answer: pieces(answer) })),
    previous: lessons[index - 1]?.id ?? null,
    next: lessons[index + 1]?.id ?? null,
  };
}
