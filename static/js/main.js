/** Wires the page: state to drawings, events to actions, effects to what they follow. */
import { withParameter } from "./address.js";
import { Api } from "./api.js";
import { exampleAt, lessonAt } from "./asked.js";
import { arrange } from "./drawings/arrangement.js";
import { ConsoleDrawing } from "./drawings/console.js";
import { EmbedDrawing } from "./drawings/embed.js";
import { exampleOf, HeaderDrawing } from "./drawings/header.js";
import { InputsDrawing } from "./drawings/inputs.js";
import { LessonsDrawing } from "./drawings/lessons.js";
import { ProgramDrawing } from "./drawings/program.js";
import { SharingDrawing } from "./drawings/sharing.js";
import { stage } from "./drawings/stage.js";
import { StaleDrawing } from "./drawings/stale.js";
import { UnknownDrawing } from "./drawings/unknown.js";
import { WorkbenchDrawing } from "./drawings/workbench.js";
import { frameAt } from "./frame.js";
import { packed, placeOf, programAt, unpacked } from "./handover.js";
import { Journey } from "./journey.js";
import { keep, kept as remembered, taken } from "./keeping.js";
import { followKeys } from "./keyboard.js";
import { given, put } from "./page.js";
import { fromHash } from "./permalink.js";
import { phrasebook, translated } from "./phrases.js";
import { Player } from "./player.js";
import { initialState, stepOf } from "./state.js";
import { Store } from "./store.js";
import { element } from "./view/dom.js";

/** @typedef {import("./state.js").State} State */

/** How long typing must rest before the program is sent. */
const TYPING = 180;
/** How long until a server that did not answer is asked again. */
const RETRY = 2_000;
/** Under which name a page leaves to the next one what it takes along. */
const HANDOVER = "handover";

const embedded = "embedded" in document.documentElement.dataset;
const motion = matchMedia("(prefers-reduced-motion: reduce)");
const { t, operations, examples } = given(document);
const say = phrasebook(put(document, "phrases"));
/** @type {import("./course.js").Lesson[]} */
const lessons = put(document, "lessons-data");
/** What the page before took along; once: who loads the page again begins as the address says. */
const kept = unpacked(taken(HANDOVER, "sessionStorage"));
const store = new Store(initialState(beginning()));
const { dispatch } = store;
const journey = new Journey(store, window);
const api = new Api((action) => dispatch(translated(action, say)), fetch.bind(window), t("error.unreachable"));
const player = new Player(dispatch, {
  setTimeout: (work, wait) => window.setTimeout(work, wait),
  clearTimeout: (timer) => window.clearTimeout(timer),
});

/** @type {import("./page.js").Page} */
const page = {
  document,
  dispatch,
  state: () => store.state,
  t,
  operations,
  examples,
  calm: () => motion.matches,
  answers: true,
  kept,
  go: (moment, href) => journey.go(moment, href),
  startLayout: () =>
    new Worker(new URL("./layout-worker.js", import.meta.url), { type: "module" }),
};
/** @type {import("./page.js").Drawing[]} */
const drawings = [
  new HeaderDrawing(page, lessons, speak),
  new ProgramDrawing(page),
  new InputsDrawing(page),
  new ConsoleDrawing(page),
  new UnknownDrawing(page, lessons, embedded), // before the graph, which keeps clear of it
  ...stage(page),
  new StaleDrawing(page),
  ...(embedded
    ? [new EmbedDrawing(page)]
    : [new LessonsDrawing(page, lessons), new SharingDrawing(page, say), new WorkbenchDrawing(page, fetch.bind(window), say)]),
];

/** @returns {Partial<State>} what the address asks for, or the example that everybody knows */
function beginning() {
  const linked = fromHash(location.hash);
  const theme = /** @type {State["theme"]} */ (remembered("theme") ?? "auto");
  const narrow = matchMedia(embedded ? "(orientation: portrait)" : "(max-width: 900px)").matches;
  const direction = linked?.direction ?? (narrow ? "TB" : "LR");
  if (linked) {
    const source = programAt(kept.program ?? null, examples, lessons) ?? linked.source;
    return { ...linked, direction, theme, pace: linked.pace ?? "edge", ...kept.state, source };
  }
  const lesson = lessonAt(lessons, location.search);
  if (lesson) return { ...lesson.begin, direction, theme };
  const source = exampleAt(examples, location.search)?.source ?? element(document, "typed", HTMLTextAreaElement).defaultValue;
  return { source, inputs: exampleOf(source, examples)?.inputs ?? {}, theme, direction };
}

// -- another language -----------------------------------------------------------------------------

/** Has the server write the page anew, in a language that it will remember. What one was doing is
 * taken along; it stays the same place of the history.
 * @param {string} language */
function speak(language) {
  document.cookie = `lang=${language}; path=/; max-age=31536000; samesite=lax`;
  const { source, selected, speed, quiz, trial } = store.state;
  const state = { selected, speed, quiz, trial };
  const things = { state, program: placeOf(source, examples, lessons) };
  const all = Object.assign(things, ...drawings.map((drawing) => drawing.keep?.()));
  keep(HANDOVER, packed(all), "sessionStorage");
  journey.write();
  location.replace(withParameter(location.href, "lang", language));
}

// -- what follows a change of state ---------------------------------------------------------------

let typing = 0;

/** @param {State} state @param {State} before */
function update(state, before) {
  const frame = state.reading && frameAt(state.reading, stepOf(state));
  for (const drawing of drawings) drawing.draw(state, before, frame);
  if (state.request !== before.request) ask(state, before);
  if (state.error !== before.error && state.error?.code === "unreachable") retry();
  player.follow(state, before);
  journey.follow();
}

/** Asks at once for new numbers, and for a new text when the typing rests.
 * @param {State} state @param {State} before */
function ask(state, before) {
  clearTimeout(typing);
  const typed = state.source !== before.source && state.loaded === before.loaded;
  if (typed) typing = window.setTimeout(() => api.ask(store.state), TYPING);
  else api.ask(state);
}

/** Asks again, until the server is back or something else is asked. */
function retry() {
  window.setTimeout(() => {
    if (store.state.error?.code === "unreachable") api.ask(store.state).then(() => {
      if (store.state.error?.code === "unreachable") retry();
    });
  }, RETRY);
}

// -- events of the whole page -----------------------------------------------------------------------

if (!embedded) arrange(page);
followKeys(document, store);
window.addEventListener("popstate", () => journey.arrive());
store.listen(update);
update(store.state, initialState());
api.ask(store.state);
