/** Handover: what a page takes along when the server writes it anew in another language. Pure. */

/** @typedef {Record<string, any>} Kept  what each part of the page kept, by the name of the part */
/** @typedef {{id: string, source: string}} Example */
/** @typedef {{id: string, begin: {source: string}, solution: {source: string}}} Lesson */

/** Returns what was kept as text. Numbers that JSON does not know are written as objects.
 * @param {Kept} kept @returns {string} */
export function packed(kept) {
  return JSON.stringify(kept, (_, value) =>
    typeof value === "number" && !Number.isFinite(value) ? { odd: String(value) } : value,
  );
}

/** Returns what was kept; what cannot be read is as good as nothing.
 * @param {string | null} text @returns {Kept} */
export function unpacked(text) {
  try {
    return JSON.parse(text ?? "{}", (_, value) =>
      typeof value?.odd === "string" ? Number(value.odd) : value,
    );
  } catch {
    return {};
  }
}

/** Returns where a program comes from, if it is one of the page's own and was not changed.
 * @param {string} source @param {Example[]} examples @param {Lesson[]} lessons
 * @returns {string | null} */
export function placeOf(source, examples, lessons) {
  return programs(examples, lessons).find((program) => program.source === source)?.place ?? null;
}

/** Returns the program of a place: its comments follow the language of the page.
 * @param {string | null} place @param {Example[]} examples @param {Lesson[]} lessons
 * @returns {string | null} */
export function programAt(place, examples, lessons) {
  return programs(examples, lessons).find((program) => program.place === place)?.source ?? null;
}

/** @param {Example[]} examples @param {Lesson[]} lessons */
function programs(examples, lessons) {
  return [
    ...examples.map(({ id, source }) => ({ place: `example ${id}`, source })),
    ...lessons.map(({ id, begin }) => ({ place: `lesson ${id}`, source: begin.source })),
    ...lessons.map(({ id, solution }) => ({ place: `solution ${id}`, source: solution.source })),
  ];
}
