import assert from "node:assert/strict";
import { test } from "node:test";
import { clipped, factor, full, number, plain, sentence, short, sign, signed, subscript, typographic } from "../../static/js/format.js";

test("a number shows four decimals where they fit", () => {
  assert.equal(short(24.70408163265306), "24.7041");
  assert.equal(short(138.8338192419825), "138.8338");
  assert.equal(short(-645.57725), "−645.5773");
  assert.equal(short(-12345.678), "−12345.68");
  assert.equal(short(2), "2");
  assert.equal(short(0.5), "0.5");
});

test("no number on a card is wider than nine characters", () => {
  for (let exponent = -320; exponent < 309; exponent += 1) {
    for (const digits of [1, -1.23456789, 9.99999999, -9.9999999]) {
      const text = short(digits * 10 ** exponent);
      assert.ok(text.length <= 9, text);
    }
  }
});

test("very small and very large numbers keep their size", () => {
  assert.equal(short(1.234e-7), "1.23e−7");
  assert.equal(short(-2e9), "−2e9");
  assert.equal(plain(-2e-9), "-2e-9");
  assert.equal(short(-0), "0");
});

test("an unknown is empty and not a zero", () => {
  assert.equal(short(null), "");
  assert.equal(sign(null), "unknown");
  assert.equal(short(0), "0");
});

test("what JSON cannot carry is read from strings", () => {
  assert.equal(number("Infinity"), Infinity);
  assert.ok(Number.isNaN(number("NaN")));
  assert.equal(short(number("-Infinity")), "−inf");
  assert.equal(sign(number("NaN")), "odd");
});

test("a number that is added shows its sign, one that is multiplied its brackets", () => {
  assert.equal(signed(6), "+6");
  assert.equal(signed(-4), "-4");
  assert.equal(signed(0), "0");
  assert.equal(factor("-3"), "(-3)");
  assert.equal(factor("−3"), "(−3)");
  assert.equal(factor("3"), "3");
});

test("a minus is the sign of print, whether a number stands alone or in a sentence", () => {
  assert.equal(full(-1 / 3), "−0.3333333333");
  assert.equal(full(1.5e-12), "1.5e−12");
  assert.equal(full(-Infinity), "−inf");
  const note = "a kink: the slope is -1 on the left-hand side, (-2e-7) on the right; x-1 and x - 1 stay";
  assert.equal(typographic(note), "a kink: the slope is −1 on the left-hand side, (−2e−7) on the right; x-1 and x - 1 stay");
});

test("a remark becomes a sentence of its own", () => {
  assert.equal(sentence("étage -1 : ici"), "Étage −1 : ici.");
  assert.equal(sentence(""), "");
});

test("names are cut between characters, versions are set low", () => {
  assert.equal(clipped("abcdef", 4), "ab…f");
  assert.equal(clipped("ab", 4), "ab");
  assert.equal([...clipped("😀".repeat(9), 4)].length, 4);
  assert.equal(subscript(12), "₁₂");
});
