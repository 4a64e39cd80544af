import assert from "node:assert/strict";
import { test } from "node:test";
import { meaningOf, numbersOf, remarkOf } from "../../static/js/account.js";
import { secantScene } from "../../static/js/secant.js";
import { endsOf, settled } from "../../static/js/stretch.js";
import { t } from "./traces.js";

const XS = [0, 1, 2, 3, 4];

/** @param {(x: number) => number} f @param {Partial<import("../../static/js/account.js").Finding>} [rest]
 * @returns {import("../../static/js/account.js").Finding} the square's, or another curve's, at 1 */
function found(f, rest = {}) {
  return {
    output: "y", name: "x", x: 1, y: f(1), h: 1, ahead: f(2), slope: 2, measured: f(2) - f(1), straight: false,
    samples: { xs: XS, ys: XS.map(f), slopes: XS.map(() => 2) }, by: "gradient", last: 1, grad: 2, sides: null, ...rest,
  };
}

/** @param {import("../../static/js/account.js").Finding} finding */
function drawn(finding) {
  return secantScene({ width: 500, height: 300 }, finding, [0, 4], "title", t).scene;
}

test("a bent curve lies on its lines, a straight one under them as a band", () => {
  const keys = (/** @type {any} */ scene) => scene.curves.map((/** @type {any} */ { key }) => key);
  assert.deepEqual(keys(drawn(found((x) => x * x))), ["drop", "tangent", "secant", "rise", "values"]);
  const line = drawn(found((x) => 2 * x, { straight: true }));
  assert.deepEqual(keys(line), ["drop", "values broad", "tangent core", "secant", "rise"]);
  assert.match(line.labels.map(({ text }) => text).join(), /slope.curve .*slope.tangent .*slope.secant/);
});

test("both points have their names, outside of each other", () => {
  const { labels } = drawn(found((x) => 8 - x * x));
  const [here, ahead] = ["x = 1", "x + h = 2"].map((text) => labels.find((label) => label.text === text));
  assert.ok(here && ahead && here.anchor === "end" && here.x < ahead.x && here.y === ahead.y);
  assert.ok(here.y > 200, "below the points");
});

test("names stand above points that have no room below", () => {
  const { labels } = drawn(found((x) => Math.max(0, x - 3)));
  assert.ok((labels.find(({ text }) => text === "x = 1")?.y ?? 300) < 50);
});

test("the triangle says how far it goes, where it is large enough", () => {
  const texts = (/** @type {any} */ scene) => scene.labels.map((/** @type {any} */ { text }) => text);
  assert.ok(texts(drawn(found((x) => x * x))).includes("+3"));
  assert.ok(!texts(drawn(found((x) => x * x, { h: 0.01, ahead: 1.0201 }))).includes("+0.0201"));
});

test("what stands below the numbers is never empty, and the kink comes first", () => {
  const square = found((x) => x * x);
  assert.deepEqual(remarkOf(square, "", t), { text: "slope.hint {}", warns: false });
  assert.match(remarkOf({ ...square, straight: true }, "", t).text, /^slope.straight/);
  assert.deepEqual(remarkOf(square, "A note.", t), { text: "A note.", warns: true });
  const kink = { ...square, sides: { left: 0, right: 1 } };
  assert.match(remarkOf(kink, "A note.", t).text, /^slope.kink .*"left":"0","right":"1"/);
  assert.match(remarkOf({ ...square, sides: { left: 1, right: 1 } }, "", t).text, /^slope.convention/);
});

test("a slope that was measured is not called a gradient", () => {
  const square = found((x) => x * x);
  assert.match(numbersOf(square, t)[0].term, /^slope.gradient/);
  const moved = { ...square, by: /** @type {const} */ ("measured"), last: 3 };
  assert.match(numbersOf(moved, t)[0].term, /^slope.close/);
  assert.match(meaningOf(moved, t), /^slope.later/);
  assert.match(meaningOf({ ...moved, last: 1 }, t), /^slope.apart/);
  assert.equal(meaningOf({ ...square, ahead: NaN }, t), "");
});

test("a window rests while the input moves within it, and follows it out of it", () => {
  const first = settled({ name: "", centre: 0, zoom: 0 }, { name: "x", value: 2 });
  assert.equal(settled(first, { name: "x", value: 4 }), first);
  assert.equal(settled(first, { name: "x", value: NaN }), first);
  const moved = settled(first, { name: "x", value: 40 });
  const [low, high] = endsOf(moved, 40);
  assert.ok(low < 40 && high > 40);
  assert.notEqual(settled({ ...first, centre: 1e300 }, { name: "x", value: 2 }).centre, 1e300);
});
