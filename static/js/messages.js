/** Messages: every text of the interface comes from one catalogue. Pure. */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/** Returns a function that fills the catalogue's texts: `{name}` becomes `values.name`.
 * @param {Record<string, string>} catalogue @returns {Translate} */
export function translator(catalogue) {
  return (key, values = {}) => {
    const text = catalogue[key];
    if (text === undefined) throw new Error(`missing message: ${key}`);
    const filled = text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
    return filled.replace(/…\.(?=\s|$)/g, "…"); // a name that was cut ends the sentence as well
  };
}
