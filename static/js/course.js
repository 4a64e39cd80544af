/** Course: which lesson is open, which tasks are done, and the program that waits meanwhile. Pure. */

/** @typedef {{source: string, inputs: Record<string, number>, step: number | null}} Moment */
/** @typedef {{id: string, title: string, text: string, questions: {ask: string, answer: string, shown: Moment}[],
 *   task: string, begin: Moment, solution: Moment,
 *   conditions: import("./task.js").Condition[]}} Lesson */
/** @typedef {{open: boolean, lesson: string | null, running: boolean,
 *   done: string[], own: Moment | null}} Course
 *   `running`: the program is a lesson's; `own`: the person's, from before that. */

/** Returns a course as it was left.
 * @param {string | null} lesson the one that the address names @param {string | null} kept
 * @returns {Course} */
export function courseFrom(lesson, kept) {
  const begun = lesson !== null;
  return { open: begun, lesson, running: begun, ...restored(kept) };
}

/** Returns what is worth keeping of a course, as text.
 * @param {Course} course @returns {string} */
export function toKeep({ done, own }) {
  return JSON.stringify({ done, own });
}

/** @param {string | null} kept @returns {{done: string[], own: Moment | null}} */
function restored(kept) {
  try {
    const { done, own } = JSON.parse(kept ?? "{}");
    const whole = typeof own?.source === "string" && typeof own?.inputs === "object";
    return { done: Array.isArray(done) ? done : [], own: whole ? own : null };
  } catch {
    return { done: [], own: null }; // what cannot be read is as good as nothing
  }
}

/** Returns the course with a lesson opened; the program that it takes the place of is kept.
 * @param {Course} course @param {string} lesson @param {Moment} now @returns {Course} */
export function opened(course, lesson, now) {
  return { ...course, open: true, lesson, running: true, own: course.running ? course.own : now };
}

/** Returns the course with the person's own program taken back.
 * @param {Course} course @returns {Course} */
export function left(course) {
  return { ...course, open: false, lesson: null, running: false, own: null };
}

/** Returns the course with a task done: it stays done until somebody starts it again.
 * @param {Course} course @param {string} lesson @returns {Course} */
export function withDone(course, lesson) {
  return course.done.includes(lesson) ? course : { ...course, done: [...course.done, lesson] };
}

/** Returns the course with a task to do once more.
 * @param {Course} course @param {string | null} lesson @returns {Course} */
export function undone(course, lesson) {
  return { ...course, done: course.done.filter((one) => one !== lesson) };
}
