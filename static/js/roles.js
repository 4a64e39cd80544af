/** Roles: which inputs are data, by the names that people give to data and to weights. Pure. */

const DATA = /^(?:[xyt]s?\d*(?:_\w+)?|data|inputs?|samples?|targets?|labels?|truth|cibles?|entr[eé]es?|donn[eé]es?|[eé]tiquettes?)\d*(?:\[.*)?$/i;
const WEIGHT = /^(?:w|b|theta|θ|weight|bias|poids|biais)s?\d*(?:_\w+)?(?:\[.*)?$|\.(?:w\[|b$)/i;

/** Tells whether an input is called what data is called: `x`, `x1`, `xs[0]`, `y_true`, `target`.
 * @param {string} name @returns {boolean} */
export function isData(name) {
  return DATA.test(name);
}

/** Returns the inputs that a descent leaves as they are, unless one asks for it: the data, where there are
 * weights beside it. Of `x` and `y` alone, a descent looks for the lowest place.
 * @param {string[]} names @returns {string[]} */
export function dataBesideWeights(names) {
  return names.some((name) => WEIGHT.test(name)) ? names.filter(isData) : [];
}
