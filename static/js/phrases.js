/** Phrases: the server's own sentences, which are English, in the language of the page. Pure.
 *
 * A phrase book maps a sentence to its translation; `{1}` and `{2}` stand for what varies in it and
 * stays as it is, such as a name; `{a}` and `{b}` for words that are in the book themselves.
 */

/** @typedef {import("./state.js").Action} Action */
/** @typedef {import("./state.js").ErrorDetail} ErrorDetail */
/** @typedef {(sentence: string) => string | null} Say  null: nobody has translated that */

/** Returns what says a sentence in the language of a phrase book.
 * @param {Record<string, string>} book @returns {Say} */
export function phrasebook(book) {
  const patterns = Object.entries(book).map(([sentence, translation]) => {
    const literal = sentence.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
    const gaps = literal.replace(/\{(\w)\}/g, "(?<gap_$1>.+?)").replace(/[{}]/g, "\\$&");
    return { pattern: new RegExp(`^${gaps}$`, "su"), translation };
  });
  /** @type {Say} */
  const say = (sentence) => {
    for (const { pattern, translation } of patterns) {
      const found = sentence.match(pattern);
      if (!found) continue;
      return translation.replace(/\{(\w)\}/g, (_, gap) => filled(gap, found.groups?.[`gap_${gap}`] ?? ""));
    }
    return null;
  };
  /** @param {string} gap @param {string} text @returns {string} */
  const filled = (gap, text) => {
    if (/\d/.test(gap)) return text;
    const within = text.charAt(0).toLowerCase() + text.slice(1); // as it is said within a sentence
    return say(text) ?? capitalised(say(within)) ?? text;
  };
  return say;
}

/** @template {string | null} Text @param {Text} text @returns {Text} */
function capitalised(text) {
  return /** @type {Text} */ (text && text.charAt(0).toUpperCase() + text.slice(1));
}

/** Returns an action with what the server says in it translated. What has no translation of its own
 * is said by its code, with the server's sentence beside it.
 * @param {Action} action @param {Say} say @returns {Action} */
export function translated(action, say) {
  if (action.type === "failed") return { ...action, error: translatedError(action.error, say) };
  if (action.type !== "traced") return action;
  const all = (/** @type {string[]} */ sentences) => sentences.map((text) => say(text) ?? text);
  const { trace } = action;
  const nodes = trace.nodes.map((node) =>
    node.warnings.length ? { ...node, warnings: all(node.warnings) } : node,
  );
  const groups = withWords(trace.groups, say);
  return { ...action, trace: { ...trace, nodes, groups, warnings: all(trace.warnings) } };
}

/** Returns groups with what they are called, if that is one word: a neuron, a layer.
 * @param {import("./trace.js").Trace["groups"]} groups @param {Say} say */
function withWords(groups, say) {
  /** @type {Map<string, string | null>} */
  const words = new Map();
  return groups.map((group) => {
    const { name } = group;
    if (!words.has(name)) words.set(name, /^[a-z]+$/.test(name) ? say(name) : null);
    const said = words.get(name);
    return said ? { ...group, said } : group;
  });
}

/** Returns an error in the language of the page.
 * @param {ErrorDetail} error @param {Say} say @returns {ErrorDetail} */
export function translatedError(error, say) {
  const { code, hint } = error;
  const kind = say(`code:${code}`);
  const message = say(error.message) ?? (kind ? `${kind} : “${error.message}”` : error.message);
  return hint === undefined ? { ...error, message } : { ...error, message, hint: capitalised(say(hint) ?? hint) };
}

/** Returns an error for places that set no code apart: without the backticks around it.
 * @param {ErrorDetail} error @returns {ErrorDetail} */
export function withoutMarks(error) {
  return { ...error, message: error.message.replaceAll("`", ""), hint: error.hint?.replaceAll("`", "") };
}
