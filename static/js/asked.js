/** Asked: what an address names before its `#`: a lesson or an example to begin with, or one that there is not. Pure. */
import { clipped } from "./format.js";

/** @typedef {import("./course.js").Lesson} Lesson */
/** @typedef {import("./page.js").Example} Example */

/** Letters of a name that are said again. */
const SAID = 40;

/** Returns the lesson that an address names.
 * @param {Lesson[]} lessons @param {string} search @returns {Lesson | null} */
export function lessonAt(lessons, search) {
  return lessons.find(({ id }) => id === named(search, "lesson")) ?? null;
}

/** Returns the example that an address names.
 * @param {Example[]} examples @param {string} search @returns {Example | null} */
export function exampleAt(examples, search) {
  return examples.find(({ id }) => id === named(search, "example")) ?? null;
}

/** Returns the name of something that there is not, if an address asks for it.
 * @param {{id: string}[]} all @param {"lesson" | "example"} kind @param {string} search @returns {string | null} */
export function unknownAt(all, kind, search) {
  const name = named(search, kind);
  return name === null || all.some(({ id }) => id === name) ? null : clipped(name, SAID);
}

/** @param {string} search @param {"lesson" | "example"} kind */
function named(search, kind) {
  return new URLSearchParams(search).get(kind);
}
