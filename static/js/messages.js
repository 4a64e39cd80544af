/** Messages: every text of the interface comes from one catalogue. Pure. */

/** @typedef {(key: string, values?: Record<string, string | number>) => string} Translate */

/** Returns a function that fills the catalogue's texts: `{name}` becomes `values.name`.
 * @param {Record<string, string>} catalogue @returns {Translate} */
export function translator(catalogue) {
  return (key, values = {}) => {
    const text = catalogue[key];
    if (text === undefined) throw new Error(`missing message: ${key}`);
    return text.replace(/\{(\w+)\}/g, (whole, name) =>
      name in values ? String(values[name]) : whole,
    );
  };
}
