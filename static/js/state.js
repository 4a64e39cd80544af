/** State: all that the page is, and how an action changes it. Frame, layout and scene are derived
 * from it elsewhere; nothing is read back from the drawing. Pure.
 */
import { AS_FITS, decided, drawnOf, ROOMS } from "./fold.js";
import { after, before, momentOf, nextUse } from "./moments.js";
import { remembered } from "./past.js";
import { answered, begun, heldBack, question, unjudged } from "./quiz.js";
import { isAlike, read } from "./trace.js";
import { isSeen } from "./travels.js";
import { measured, triedOut, undone } from "./trial.js";

/** @typedef {import("./trace.js").Trace} Trace */
/** @typedef {import("./trace.js").Reading} Reading */
/** @typedef {import("./fold.js").Folds} Folds */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Direction} Direction */
/** @typedef {import("./moments.js").Pace} Pace */
/** @typedef {import("./quiz.js").Quiz} Quiz */
/** @typedef {import("./trial.js").Trial} Trial */
/** @typedef {import("./past.js").Past} Past */
/** @typedef {{code: string, message: string, line?: number, column?: number, start?: number,
 *   end?: number, hint?: string}} ErrorDetail */
/** @typedef {"auto" | "light" | "dark"} Theme */
/** @typedef {{
 *   source: string, inputs: Record<string, number>, output: string | null, request: number,
 *   answered: number,
 *   reading: Reading | null, error: ErrorDetail | null, layout: Layout | null,
 *   direction: Direction, folds: Folds, room: number, step: number | null, playing: boolean, moved: number, speed: number,
 *   hovered: string[], selected: string | null, theme: Theme,
 *   pace: Pace, quiz: Quiz | null, trial: Trial | null,
 *   loaded: number, edited: boolean, past: Past,
 * }} State
 *   `room`: how many things are drawn, where nobody decided: so many as could be read at once.
 *   `loaded` counts the programs that came whole, not typed: each is looked at afresh.
 *   `edited`: the program was typed on since the last one that ran.
 *   `answered` is the request that `reading` or `error` belongs to.
 *   `step` null: the end, whatever its number is. `moved` counts the steps that were taken singly,
 *   forwards: each of them is worth an animation. */
/** @typedef {{source: string, inputs: Record<string, number>, output?: string | null,
 *   step?: number | null, direction?: Direction, pace?: Pace, folds?: Folds}} Moment
 *   A program that comes whole, and how it is looked at: what is left out is as it is with a new one. */
/** @typedef {{type: "edit", source: string}
 *   | {type: "set", name: string, value: number}
 *   | {type: "put", inputs: Record<string, number>}
 *   | {type: "unset", name: string}
 *   | {type: "revert"}
 *   | {type: "load"} & Moment
 *   | {type: "traced", request: number, trace: Trace}
 *   | {type: "failed", request: number, error: ErrorDetail}
 *   | {type: "placed", layout: Layout, room: number}
 *   | {type: "step", step: number}
 *   | {type: "next"} | {type: "previous"}
 *   | {type: "advance"}
 *   | {type: "pace", pace: Pace}
 *   | {type: "visit", node: string}
 *   | {type: "use", node: string}
 *   | {type: "predict", on: boolean}
 *   | {type: "answer", text: string} | {type: "skip"}
 *   | {type: "try", name: string} | {type: "undo"}
 *   | {type: "play"} | {type: "pause"}
 *   | {type: "speed", speed: number}
 *   | {type: "hover", nodes: string[]}
 *   | {type: "select", node: string | null}
 *   | {type: "turn", direction: Direction}
 *   | {type: "fold", groups: string[], open: boolean}
 *   | {type: "fold-all", open: boolean}
 *   | {type: "theme", theme: Theme}} Action */

/** Returns the state before anything happened.
 * @param {Partial<State>} [known] @returns {State} */
export function initialState(known = {}) {
  return {
    source: "",
    inputs: {},
    output: null,
    request: 1,
    answered: 0,
    reading: null,
    error: null,
    layout: null,
    direction: "LR",
    folds: AS_FITS,
    room: ROOMS[0],
    step: null,
    playing: false,
    moved: 0,
    speed: 1,
    hovered: [],
    selected: null,
    theme: "auto",
    pace: "edge",
    quiz: null,
    trial: null,
    loaded: 0,
    edited: false,
    past: [],
    ...known,
  };
}

/** Returns the step that is shown, as a number.
 * @param {State} state @returns {number} */
export function stepOf(state) {
  const last = lastStep(state);
  return state.step === null ? last : Math.min(state.step, last);
}

/** @param {State} state @returns {number} */
export function lastStep(state) {
  return state.reading?.steps.length ?? 0;
}

/** Returns whether what is shown is of the last program that ran, as the one in the editor does not.
 * @param {State} state @returns {boolean} */
export function isStale({ reading, error }) {
  return reading !== null && error !== null;
}

/** Returns the state after an action; the old one stays as it was.
 * @param {State} state @param {Action} action @returns {State} */
export function reduce(state, action) {
  switch (action.type) {
    case "edit":
      if (action.source === state.source) return state;
      return asking(state, {
        source: action.source,
        edited: true,
        past: [],
        inputs: stillSet(state.inputs, state.source, action.source),
        hovered: [], // what was pointed at is another text now
      });
    case "set":
      return withInputs(state, action.name, { ...state.inputs, [action.name]: action.value });
    case "put":
      return withInputs(state, Object.keys(action.inputs).join(), { ...state.inputs, ...action.inputs });
    case "unset": {
      const others = Object.entries(state.inputs).filter(([name]) => name !== action.name);
      return withInputs(state, `${action.name} unset`, Object.fromEntries(others));
    }
    case "revert": {
      const { inputs } = state.past.at(-1) ?? {};
      return inputs ? asking(state, { inputs, past: state.past.slice(0, -1) }) : state;
    }
    case "load":
      return asking(state, {
        source: action.source,
        inputs: action.inputs,
        loaded: state.loaded + 1,
        edited: false,
        past: [],
        output: action.output ?? null,
        step: action.step ?? null,
        direction: action.direction ?? state.direction,
        pace: action.pace ?? state.pace,
        folds: action.folds ?? AS_FITS,
        playing: false,
        selected: null,
        hovered: [],
      });
    case "traced":
      return action.request === state.request ? traced(state, action.trace) : state;
    case "failed":
      if (action.request !== state.request) return state;
      return { ...state, error: action.error, answered: action.request };
    case "placed":
      return { ...state, layout: action.layout, room: action.room };
    case "step":
      return at(state, action.step, false);
    case "next":
      return onwards(state, false);
    case "previous":
      return at(state, state.reading ? before(state.reading, stepOf(state), state.pace) : 0, false);
    case "advance":
      return onwards(state, state.playing);
    case "pace":
      return { ...state, pace: action.pace };
    case "visit":
      return visit(state, action.node, state.reading && momentOf(state.reading, action.node, stepOf(state)));
    case "use":
      return visit(state, action.node, state.reading && nextUse(state.reading, action.node, stepOf(state)));
    case "predict":
      return action.on ? begun(state) : { ...state, quiz: null };
    case "answer":
      return answer(state, action.text);
    case "skip":
      return at({ ...state, quiz: state.quiz && unjudged(state.quiz) }, stepOf(state) + 1, false);
    case "try": {
      const trial = triedOut(state, action.name);
      return trial ? asking(state, { inputs: { ...state.inputs, [trial.name]: trial.value }, trial }) : state;
    }
    case "undo":
      return state.trial ? asking(state, { inputs: undone(state.inputs, state.trial) }) : state;
    case "play":
      return play(state);
    case "pause":
      return { ...state, playing: false };
    case "speed":
      return { ...state, speed: action.speed };
    case "hover":
      return same(action.nodes, state.hovered) ? state : { ...state, hovered: action.nodes };
    case "select":
      return { ...state, selected: action.node };
    case "turn":
      return { ...state, direction: action.direction, layout: null };
    case "fold":
      return { ...state, folds: decided(state.folds, action.groups, action.open) };
    case "fold-all":
      return { ...state, folds: { base: action.open ? "open" : "shut", open: [], shut: [] } };
    case "theme":
      return { ...state, theme: action.theme };
  }
}

/** @param {State} state @param {Partial<State>} change @returns {State} with a new request due */
function asking(state, change) {
  return { ...state, trial: null, ...change, request: state.request + 1 };
}

/** @param {State} state @param {string} name what is moved @param {Record<string, number>} inputs @returns {State} */
function withInputs(state, name, inputs) {
  return asking(state, { inputs, past: remembered(state.past, name, state.inputs) });
}

/** @param {State} state @param {boolean} playing @returns {State} one halt further, if no question waits;
 * who lets it play passes over what goes on within a box */
function onwards(state, playing) {
  const { reading, folds, room, pace } = state;
  if (!reading) return state;
  const held = heldBack(state, stepOf(state));
  if (held) return held;
  let step = after(reading, stepOf(state), pace);
  const drawn = playing && !state.quiz ? drawnOf(reading, folds, room) : null;
  while (drawn && step < lastStep(state) && !isSeen(reading, drawn, step)) step = after(reading, step, pace);
  const there = at(state, step, playing);
  const moved = there.step === state.step ? state.moved : state.moved + 1;
  return { ...there, moved, playing: there.playing && question(there, stepOf(there)) === null };
}

/** @param {State} state @param {string} node @param {number | null} step @returns {State} */
function visit(state, node, step) {
  return { ...(step === null ? state : at(state, step, false)), selected: node };
}

/** A prediction that can be read is judged by taking the step.
 * @param {State} state @param {string} text @returns {State} */
function answer(state, text) {
  const quiz = answered(state, stepOf(state), text);
  return quiz?.last ? { ...at(state, quiz.last.step, false), quiz } : { ...state, quiz };
}

/** @param {State} state @param {Trace} trace @returns {State} */
function traced(state, trace) {
  const reading = read(trace, state.reading);
  const names = new Set(trace.inputs.map((input) => input.name));
  const inputs = Object.fromEntries(Object.entries(state.inputs).filter(([name]) => names.has(name)));
  // Ids are numbers: the same id may be another value now.
  const hovered = state.hovered.filter((id) => still(id));
  const selected = state.selected !== null && still(state.selected) ? state.selected : null;
  const trial = state.trial && measured(state.trial, trace);
  const quiz = state.quiz && unjudged(state.quiz);
  // A step of one graph is in the middle of something else in another: that one is shown whole.
  const other = state.edited && state.reading !== null && !isAlike(reading, state.reading);
  const [step, playing] = other ? [null, false] : [state.step, state.playing];
  return {
    ...state, reading, inputs, hovered, selected, trial, quiz, step, playing, edited: false, error: null, answered: state.request,
  };

  /** @param {string} id */
  function still(id) {
    const node = reading.byId.get(id);
    const label = state.reading ? state.reading.byId.get(id)?.label : node?.label;
    return node !== undefined && node.label === label;
  }
}

/** Returns the numbers that were set by hand and that an edit has not overtaken: who changes what a
 * name is assigned in the program means the program.
 * @param {Record<string, number>} inputs @param {string} before @param {string} after
 * @returns {Record<string, number>} */
function stillSet(inputs, before, after) {
  /** @param {string} source @param {string} name */
  const assigned = (source, name) =>
    source.split(/[\n;]/).filter((line) => line.split("=", 1)[0].split(/[\s,]+/).includes(name)).join();
  return Object.fromEntries(
    Object.entries(inputs).filter(([name]) => assigned(before, name) === assigned(after, name)),
  );
}

/** @param {State} state @param {number} step @param {boolean} playing @returns {State} */
function at(state, step, playing) {
  const last = lastStep(state);
  const bounded = Math.max(0, Math.min(step, last));
  const single = bounded === stepOf(state) + 1;
  return {
    ...state,
    step: bounded === last ? null : bounded,
    playing: playing && bounded < last,
    moved: single ? state.moved + 1 : state.moved,
  };
}

/** @param {State} state @returns {State} playing on, or from the beginning at the end */
function play(state) {
  if (lastStep(state) === 0) return state;
  const held = heldBack(state, stepOf(state));
  if (held) return held;
  return { ...state, playing: true, step: stepOf(state) === lastStep(state) ? 0 : stepOf(state) };
}

/** @param {string[]} a @param {string[]} b */
function same(a, b) {
  return a.length === b.length && a.every((item, index) => item === b[index]);
}
