/** Numbers and names as people read them. Pure. */

/** What the JSON holds where a number belongs: it has no way to write inf and nan.
 * @typedef {number | "NaN" | "Infinity" | "-Infinity"} JsonNumber */

/** Widest number on a card, in characters; and where it is to be large. */
const WIDTH = 9;
const BRIEF = 7;

/** Returns a number of the JSON as a number.
 * @param {JsonNumber} value @returns {number} */
export function number(value) {
  return typeof value === "number" ? value : Number(value);
}

/** Returns at most nine characters that say how large a number is, as prose has it: with the minus sign
 * of print, four decimals where they fit.
 * @param {number | null} value @returns {string} empty for an unknown: an unknown is not a zero */
export function short(value) {
  return typographic(plain(value));
}

/** Returns the same as a program writes it: what stands on the drawing stands there as data.
 * @param {number | null} value @returns {string} */
export function plain(value) {
  return value === null ? "" : rounded(value);
}

/** Returns the same in fewer digits where it has many, in five at the least.
 * @param {number | null} value @returns {string} */
export function brief(value) {
  const text = plain(value);
  return value === null || text.length <= BRIEF || text.includes("e") ? text : rounded(value, BRIEF);
}

/** Returns a number with more digits than a card has room for.
 * @param {number} value @returns {string} */
export function full(value) {
  return Number.isFinite(value) ? typographic(String(Number(value.toPrecision(10)))) : short(value);
}

/** Returns a text whose negative numbers have the minus sign of print, not a hyphen.
 * @param {string} text @returns {string} */
export function typographic(text) {
  return text.replace(/(?<=^|[\s(=]|\de)-(?=[\d.]|inf)/g, "−");
}

/** Returns a remark, which begins in lower case where it stands beside a number, as a sentence of its own.
 * @param {string} text @returns {string} */
export function sentence(text) {
  const [first = "", ...rest] = typographic(text);
  return first && `${first.toUpperCase()}${rest.join("")}.`;
}

/** @param {number} value @param {number} [width] @returns {string} */
function rounded(value, width = WIDTH) {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (value === 0) return "0";
  const size = Math.abs(value);
  if (size >= 1e6 || size < 1e-4) {
    for (let digits = 2; digits > 0; digits -= 1) {
      const text = trimmed(value.toExponential(digits));
      if (text.length <= WIDTH) return text;
    }
    return trimmed(value.toExponential(0));
  }
  for (let decimals = 4; decimals >= 0; decimals -= 1) {
    const text = trimmed(value.toFixed(decimals));
    if (text.length <= width) return text;
  }
  return trimmed(value.toFixed(0));
}

/** @param {string} text @returns {string} without zeros that say nothing */
function trimmed(text) {
  const [mantissa, exponent] = text.split("e");
  const plain = mantissa.includes(".") ? mantissa.replace(/\.?0+$/, "") : mantissa;
  return exponent === undefined ? plain : `${plain}e${exponent.replace("+", "")}`;
}

/** Returns a number with its sign, as what is added: `+6`, `-4`.
 * @param {number} value @returns {string} */
export function signed(value) {
  const text = plain(value);
  return value > 0 ? `+${text}` : text;
}

/** Returns a number that was written within arithmetic: a negative one in brackets.
 * @param {string} text @returns {string} */
export function factor(text) {
  return /^[-−]/.test(text) ? `(${text})` : text;
}

/** Returns the sign between a product of two numbers and the result, all of them as they are written: what was
 * rounded is not equal, 0.0002 · 2 ≈ 0.0005.
 * @param {number} x @param {number} y @returns {"=" | "≈"} */
export function equality(x, y) {
  const written = Number(plain(x)) * Number(plain(y));
  return Number.isNaN(written) || plain(written) === plain(x * y) ? "=" : "≈";
}

/** Returns "positive", "negative", "zero" or "odd" (nan), to be shown by colour and by mark.
 * @param {number | null} value @returns {string} */
export function sign(value) {
  if (value === null) return "unknown";
  if (Number.isNaN(value)) return "odd";
  if (value === 0) return "zero";
  return value > 0 ? "positive" : "negative";
}

const SUBSCRIPTS = "₀₁₂₃₄₅₆₇₈₉";

/** Returns digits set low, as in c₂.
 * @param {number} count @returns {string} */
export function subscript(count) {
  return String(count).replace(/\d/g, (digit) => SUBSCRIPTS[Number(digit)]);
}

/** Returns a text of at most so many characters, with a sign where something was left out: in the middle,
 * for names that begin alike often end differently.
 * @param {string} text @param {number} most @returns {string} */
export function clipped(text, most) {
  const letters = [...text];
  if (letters.length <= most) return text;
  const head = Math.ceil((most - 1) / 2);
  return `${letters.slice(0, head).join("")}…${letters.slice(letters.length - (most - 1 - head)).join("")}`;
}

/** Names that a sentence has. */
const NAMED = 3;

/** Returns names as a sentence has them: the first of them.
 * @param {string[]} names @returns {string} */
export function listed(names) {
  return [...names.slice(0, NAMED), ...(names.length > NAMED ? ["…"] : [])].join(", ");
}
