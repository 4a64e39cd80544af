/** Quiz: the next contribution is hidden and asked for. Pure. */
import { number, short } from "./format.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./trace.js").AccumulateStep} AccumulateStep */
/** @typedef {{asked: number, right: number, unread: number | null, held: number | null,
 *   begun: number | null, missed: {step: number, given: string} | null,
 *   last: {step: number, given: string, right: boolean} | null}} Quiz
 *   `unread`: the step at which something was given that is no number; `held`: the one at which somebody
 *   wanted to go on without an answer; `begun`: the one that was gone to for the first question; `missed`:
 *   a first try that was wrong, of two; `last`: the verdict on the step that an answer led to. */

/** How far a prediction may be off, in proportion: numbers are shown rounded. */
const TOLERANCE = 0.01;

/** What is said of no answer. */
const NOTHING = { unread: null, held: null, begun: null, missed: null, last: null };

/** Returns the contribution that is asked for after so many steps, if one is.
 * @param {State} state @param {number} step @returns {AccumulateStep | null} */
export function question({ quiz, reading }, step) {
  const next = quiz && reading?.steps[step];
  return next && next.phase === "backward" && next.kind === "accumulate" ? next : null;
}

/** Returns the state in which predictions are asked for, at a question: who stands at the end, or in the
 * forward pass, where nothing is asked, begins with the seed.
 * @param {State} state @returns {State} */
export function begun(state) {
  const { reading } = state;
  const first = reading ? reading.forward + 1 : 0;
  const asks = reading && state.step !== null && state.step >= first && state.step < reading.steps.length;
  const quiz = { asked: 0, right: 0, ...NOTHING, begun: asks ? null : first };
  return { ...state, step: asks || !reading ? state.step : first, playing: false, quiz };
}

/** Returns the state in which it is said that a question waits, or null if none does.
 * @param {State} state @param {number} now @returns {State | null} */
export function heldBack(state, now) {
  if (!state.quiz || !question(state, now)) return null;
  return { ...state, playing: false, quiz: { ...state.quiz, held: now, unread: null } };
}

/** Returns the quiz after a prediction. One that is wrong is judged when it is not the first try.
 * @param {State} state @param {number} now @param {string} text @returns {Quiz | null} */
export function answered(state, now, text) {
  const { quiz } = state;
  const step = question(state, now);
  if (!quiz || !step) return quiz;
  const given = readNumber(text);
  if (given === null) return { ...quiz, unread: now, held: null, last: null };
  const right = agrees(step, given);
  if (!right && quiz.missed?.step !== now) {
    return { ...quiz, ...NOTHING, missed: { step: now, given: text.trim() } };
  }
  return {
    asked: quiz.asked + 1,
    right: quiz.right + Number(right),
    ...NOTHING,
    last: { step: now + 1, given: text.trim(), right },
  };
}

/** Returns the quiz for other numbers: the score is kept, the verdict was on what is no more.
 * @param {Quiz} quiz @returns {Quiz} */
export function unjudged(quiz) {
  return { ...quiz, ...NOTHING };
}

/** Reads a number as people write it: `-6`, `0,5`, `1/3`, `2e-3`, `inf`, `nan`.
 * @param {string} text @returns {number | null} null for what is none */
export function readNumber(text) {
  const [above, below, ...more] = text.trim().toLowerCase().replace(/[−–]/g, "-").split("/").map(plain);
  if (more.length || above === null || below === null) return null;
  return below === undefined ? above : above / below;
}

/** @param {string} text @returns {number | null} */
function plain(text) {
  const word = text.trim().replace(",", ".");
  if (word === "nan") return NaN;
  const infinite = word.match(/^([+-]?)(?:inf|infinity|∞)$/);
  if (infinite) return infinite[1] === "-" ? -Infinity : Infinity;
  return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(word) ? Number(word) : null;
}

/** Tells whether a prediction is right: near the contribution, or near what the numbers give as
 * they are shown.
 * @param {AccumulateStep} step @param {number} given @returns {boolean} */
function agrees(step, given) {
  const [upstream, local] = [step.upstream, step.local].map((one) => readNumber(short(number(one))) ?? NaN);
  const shown = upstream * local;
  return near(number(step.contribution), given) || near(shown, given);
}

/** @param {number} wanted @param {number} given */
function near(wanted, given) {
  return Object.is(wanted + 0, given + 0) || Math.abs(wanted - given) <= TOLERANCE * Math.abs(wanted);
}
