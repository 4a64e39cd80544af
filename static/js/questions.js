/** Questions: what the quiz asks, and what it says to an answer. Pure. */
import { equality, factor, number, short, typographic } from "./format.js";
import { question } from "./quiz.js";
import { stepOf } from "./state.js";
import { Formulas, sign } from "./formulas.js";
import { called } from "./symbols.js";

/** @typedef {import("./state.js").State} State */
/** @typedef {import("./formulas.js").Operation} Operation */
/** @typedef {import("./formulas.js").Piece} Piece */
/** @typedef {import("./messages.js").Translate} Translate */
/** @typedef {{asking: boolean, text: string, pieces: Piece[], verdict: string,
 *   right: boolean | null, score: string}} Question
 *   `asking`: whether an answer is awaited; `right`: null where nothing was judged. */

/** Returns what the quiz says at the current step, or null if nobody wants to predict.
 * @param {State} state @param {Map<string, Operation>} operations @param {Translate} t
 * @returns {Question | null} */
export function asked(state, operations, t) {
  const { quiz, reading } = state;
  if (!quiz || !reading) return null;
  const now = stepOf(state);
  const formulas = new Formulas(reading, operations, t);
  const next = question(state, now);
  const score = quiz.asked ? t("quiz.score", { right: quiz.right, asked: quiz.asked }) : "";
  const said = { score, ...verdict(quiz, formulas, now, t) };
  if (!next) {
    const text = now < reading.steps.length ? t("quiz.waiting") : t("quiz.done");
    return { asking: false, text, pieces: [], ...said };
  }
  const { target, source } = formulas.edge(next.edge);
  const text = t("quiz.question", { target: called(target, t), name: called(source, t) });
  const [rule] = formulas.contribution(next, now + 1);
  return { asking: true, text, pieces: [...rule.pieces, sign("="), { latex: "\\mathord{?}" }], ...said };
}

/** @param {import("./quiz.js").Quiz} quiz @param {Formulas} formulas @param {number} now
 * @param {Translate} t @returns {{verdict: string, right: boolean | null}} */
function verdict({ unread, held, begun, missed, last }, formulas, now, t) {
  if (unread === now) return { verdict: t("quiz.unread"), right: null };
  if (held === now) return { verdict: t("quiz.held"), right: null };
  if (missed?.step === now) {
    return { verdict: t("quiz.again", { given: typographic(missed.given) }), right: false };
  }
  if (begun === now) return { verdict: t("quiz.begun"), right: null };
  const step = formulas.reading.steps[now - 1];
  if (!last || last.step !== now || step.phase === "forward" || step.kind === "seed") {
    return { verdict: "", right: null };
  }
  const { target } = formulas.edge(step.edge);
  const values = {
    given: typographic(last.given),
    target: called(target, t),
    upstream: short(number(step.upstream)),
    product: `${factor(short(number(step.upstream)))} · ${factor(short(number(step.local)))} ${equality(number(step.upstream), number(step.local))} ${short(number(step.contribution))}`,
  };
  return { verdict: t(last.right ? "quiz.right" : "quiz.wrong", values), right: last.right };
}
