import assert from "node:assert/strict";
import { test } from "node:test";
import { frameCode, onPage, withParameter } from "../../static/js/address.js";
import { frameScale, frameSteps, gifOf } from "../../static/js/animation.js";
import { exportRequest, fileName, givenName } from "../../static/js/exports.js";
import { initialState } from "../../static/js/state.js";

test("an address keeps what it says, but for the one parameter", () => {
  const href = "http://host/at/?lang=fr&lesson=slope#source=y+%3D+x";
  assert.equal(withParameter(href, "lesson", "xor"), "http://host/at/?lang=fr&lesson=xor#source=y+%3D+x");
  assert.equal(withParameter(href, "lesson", null), "http://host/at/?lang=fr#source=y+%3D+x");
});

test("the embedded page and the whole one lead to each other, in the same language", () => {
  const embedded = onPage("http://host/at/?lang=fr&hide=theme#old", "embed", "#new");
  assert.equal(embedded, "http://host/at/embed?lang=fr#new");
  assert.equal(onPage(embedded, "", "#step=3"), "http://host/at/?lang=fr#step=3");
});

test("code to embed holds no mark that would end it", () => {
  const code = frameCode('http://host/embed#a="<b>&c', 'a "title"');
  assert.match(code, /src="http:\/\/host\/embed#a=&quot;&lt;b>&amp;c"/);
  assert.match(code, /title="a &quot;title&quot;"/);
});

test("pictures are named for the output, other files as the server says", () => {
  assert.equal(fileName("L", "png"), "L.png");
  assert.equal(fileName("w[0]/é", "svg"), "w-0-e.svg");
  assert.equal(fileName("λ", "gif"), "graph.gif");
  assert.equal(givenName('inline; filename="chainrule-dot.dot"', "dot"), "chainrule-dot.dot");
  assert.equal(givenName(null, "dot"), "dot");
});

test("an export asks for what is shown, and nothing else", () => {
  const state = initialState({ source: "y = x", inputs: { x: 2 }, step: 1 });
  assert.deepEqual(exportRequest(state), { source: "y = x", inputs: { x: 2 }, output: null });
});

test("an animation shows every step, or evenly some of them, the last among them", () => {
  assert.deepEqual(frameSteps(3), [0, 1, 2, 3]);
  assert.deepEqual(frameSteps(0), [0]);
  const some = frameSteps(1000, 11);
  assert.deepEqual([some.length, some[0], some[5], some[10]], [11, 0, 500, 1000]);
});

test("a wide drawing is made smaller, a small one is not made larger", () => {
  assert.equal(frameScale({ width: 2200, height: 100 }), 0.5);
  assert.equal(frameScale({ width: 100, height: 50 }), 1);
});

test("a GIF has a frame for each step and begins anew", async () => {
  const told = [];
  const draw = async (/** @type {number} */ step) => {
    const data = new Uint8ClampedArray(4 * 6 * 5).fill(255);
    data[4 * step] = 0;
    return /** @type {ImageData} */ ({ data, width: 6, height: 5 });
  };
  const blob = await gifOf([0, 1, 2], draw, (...far) => told.push(far));
  const bytes = [...new Uint8Array(await blob.arrayBuffer())];
  const text = String.fromCharCode(...bytes);
  assert.ok(text.startsWith("GIF89a"));
  assert.deepEqual(bytes.slice(6, 10), [6, 0, 5, 0]);
  assert.ok(text.includes("NETSCAPE2.0"));
  assert.equal(text.split("\x21\xf9\x04").length - 1, 3);
  assert.deepEqual(told, [[0, 3], [1, 3], [2, 3]]);
});
