import assert from "node:assert/strict";
import { test } from "node:test";
import { AS_FITS, drawnOf } from "../../static/js/fold.js";
import { fromGraphviz, toDot } from "../../static/js/layout.js";
import { leastScale, letteringOf, written } from "../../static/js/lettering.js";
import { read } from "../../static/js/trace.js";
import { instance } from "../../static/vendor/viz.js";
import { trace } from "./traces.js";

const graphviz = await instance();

/** How wide a letter of type of one width is, set tight. */
const LETTER = 0.55;
const card = { kind: "operation", label: "a*b", width: 138, glyph: "×", sign: { width: 32 }, count: 0, many: "" };

/** @param {number} value @param {Partial<typeof card>} [other] */
const lettering = (value, other = {}) => letteringOf({ ...card, ...other }, { value: written(value), grad: written(value) });

test("a number is as large as its cell lets it be, and leaves free what is beside it", () => {
  for (const value of [2, -3, 0.5, -0.7071, 12.3457, -12.34567, 53204.1077, -1.23456e-5, 1.5e-100]) {
    const { near, far } = lettering(value).value;
    const { full, brief } = written(value);
    assert.ok(brief.length * LETTER * far <= 69 - 6, brief);
    assert.ok(full.length * 0.6 * near <= 69 - 6, full);
    assert.ok(far > near, `${value}`);
  }
  assert.ok(lettering(2).value.far > lettering(-0.7071).value.far);
});

test("a constant has all of its card for its number", () => {
  assert.ok(lettering(-0.7071, { kind: "constant", width: 84 }).value.far > lettering(-0.7071).value.far);
});

test("a name grows as far as its card has room, and never shrinks", () => {
  const sizes = ["a", "x1*w1 + x2*w2", "x".repeat(40)].map((label) => lettering(1, { label }).label.far);
  assert.deepEqual(sizes.toSorted((a, b) => b - a), sizes);
  assert.ok(sizes[0] > 18 && sizes[2] >= 13);
});

test("a number that is to be large keeps four digits at the least", () => {
  const of = (/** @type {number} */ value) => written(value).brief;
  assert.deepEqual([-1.60664, -12.345678, -123.456789, 53204.1077].map(of), ["-1.6066", "-12.346", "-123.46", "53204.1"]);
  assert.deepEqual([-0.070812, 0.5, 1e-7, -1.234e-5, NaN].map(of), ["-0.0708", "0.5", "1e-7", "-1.23e-5", "nan"]);
  assert.deepEqual(written(null), { full: "", brief: "" });
});

test("at the least scale of a drawing every name and number has seven and a half pixels, and one of them no more", () => {
  for (const name of ["chain", "network", "readme", "fan-out"]) {
    const reading = read(trace(name));
    const drawn = drawnOf(reading, AS_FITS);
    const layout = fromGraphviz(graphviz.renderJSON(toDot(drawn, "LR")), drawn, "LR");
    const sizes = drawn.nodes.flatMap((item) => {
      const node = reading.byId.get(item.kind === "group" ? (item.result ?? "") : item.id);
      const { width = 0 } = layout.boxes.get(item.id) ?? {};
      const card = { kind: item.kind, label: item.label, width, glyph: null, sign: null, count: 0, many: "" };
      const numbers = { value: written(node?.value ?? null), grad: written(item.kind === "constant" ? null : (node?.grad ?? null)) };
      const { label, value, grad } = letteringOf(card, numbers);
      return [label.far, value.far, grad.far];
    });
    const least = Math.min(...sizes) * leastScale(layout, reading);
    assert.ok(Math.abs(least - 7.5) < 1e-9, `${name}: ${least}`);
  }
});
