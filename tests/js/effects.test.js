import assert from "node:assert/strict";
import { test } from "node:test";
import { Api } from "../../static/js/api.js";
import { AS_FITS, drawnOf, ROOMS } from "../../static/js/fold.js";
import { layered } from "../../static/js/layers.js";
import { Layouter } from "../../static/js/layouter.js";
import { translator } from "../../static/js/messages.js";
import { Placing } from "../../static/js/placing.js";
import { Player, stepTime } from "../../static/js/player.js";
import { isLost, rangeFor } from "../../static/js/ranges.js";
import { initialState } from "../../static/js/state.js";
import { Store } from "../../static/js/store.js";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

test("while an answer is awaited only the newest question waits", async () => {
  /** @type {((answer: unknown) => void)[]} */
  const open = [];
  const asked = [];
  const actions = [];
  const fetch = (_, { body }) => {
    asked.push(JSON.parse(body).source);
    return new Promise((resolve) => open.push(resolve));
  };
  const api = new Api((action) => actions.push(action), fetch, "gone");
  const done = api.ask(initialState({ source: "a", request: 1 }));
  api.ask(initialState({ source: "b", request: 2 }));
  api.ask(initialState({ source: "c", request: 3 }));
  open[0]({ ok: true, json: async () => "one" });
  while (open.length < 2) await Promise.resolve();
  open[1]({ ok: false, json: async () => ({ error: "two" }) });
  await done;
  assert.deepEqual(asked, ["a", "c"]);
  assert.deepEqual(actions, [
    { type: "traced", request: 1, trace: "one" },
    { type: "failed", request: 3, error: "two" },
  ]);
});

test("a server that does not answer is an error that can be read", async () => {
  const actions = [];
  const api = new Api((action) => actions.push(action), () => Promise.reject(new Error()), "gone");
  await api.ask(initialState({ request: 4 }));
  assert.deepEqual(actions, [
    { type: "failed", request: 4, error: { code: "unreachable", message: "gone" } },
  ]);
});

test("the player takes steps while the state says so", () => {
  const waiting = [];
  const clock = { setTimeout: (work) => waiting.push(work), clearTimeout: () => waiting.pop() };
  const store = new Store(initialState());
  const player = new Player(store.dispatch, clock);
  store.listen((state, before) => player.follow(state, before));
  store.dispatch({ type: "traced", request: 1, trace: trace("square") });
  store.dispatch({ type: "play" });
  const steps = [];
  while (waiting.length) {
    waiting.shift()();
    steps.push(store.state.step);
  }
  assert.deepEqual(steps, [1, 2, 3, 4, null]);
});

test("a long trace is played in about a minute", () => {
  const reading = { ...read(trace("square")), steps: new Array(1000) };
  assert.equal(stepTime(initialState({ reading, speed: 1 })), 60);
  assert.equal(stepTime(initialState({ reading: read(trace("square")), speed: 2 })), 550);
});

test("a shape is laid out once, and only the newest question is answered", () => {
  const workers = [];
  const start = () => {
    const worker = { posted: [], ended: false, postMessage: (dot) => worker.posted.push(dot), terminate: () => (worker.ended = true) };
    workers.push(worker);
    return worker;
  };
  const layouter = new Layouter(start);
  const [chain, square] = ["chain", "square"].map((name) => drawnOf(read(trace(name)), AS_FITS));
  const placed = [];
  layouter.place(chain, "LR", () => placed.push("chain"), assert.fail);
  layouter.place(square, "LR", () => placed.push("square"), assert.fail);
  assert.ok(workers[0].ended);
  workers[1].onmessage({ data: { json: { bb: "0,0,1,1" } } });
  layouter.place(square, "LR", () => placed.push("again"), assert.fail);
  assert.deepEqual(placed, ["square", "again"]);
  assert.equal(workers.length, 2);
});

/** Lays out at once, by the plain layout: a worker would answer later. */
const far = { postMessage() {}, terminate() {} };

test("what cannot be read in the room that there is is folded, as far as that helps", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = initialState({ reading: read(trace("layers")) });
  /** @type {number[]} */
  const sizes = [];
  const found = [];
  let waited = 0;
  const placing = new Placing(() => far, {
    state: () => state,
    holds: (layout) => sizes.push(layout.boxes.size) > 1,
    placed: (layout, room) => found.push([layout, room]),
    waiting: () => (waited += 1),
    failed: assert.fail,
  });
  placing.layouter.place = (drawn, direction, done) => done(layered(drawn, direction).layout);
  placing.place(state, ROOMS);
  assert.equal(sizes.length, 2);
  assert.ok(sizes[1] < sizes[0]);
  const [[layout, room]] = found;
  assert.ok(room < ROOMS[0]);
  assert.equal(placing.layoutOf({ ...state, layout, room }), layout);
  assert.equal(placing.layoutOf({ ...state, layout }), null);
  context.mock.timers.tick(5_000);
  assert.equal(waited, 0);
});

test("a layout that takes long is said to be awaited, once", (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const state = initialState({ reading: read(trace("square")) });
  let waited = 0;
  const events = { state: () => state, holds: () => true, placed: assert.fail, waiting: () => (waited += 1), failed: assert.fail };
  const placing = new Placing(() => ({ ...far }), events);
  placing.place(state, ROOMS);
  placing.place(state, ROOMS);
  context.mock.timers.tick(5_000);
  assert.equal(waited, 1);
});

test("texts are filled, and a missing one is told", () => {
  const t = translator({ greeting: "{name} is {value}" });
  assert.equal(t("greeting", { name: "a", value: 2 }), "a is 2");
  assert.throws(() => t("farewell"), /missing message: farewell/);
  assert.equal(translator({ end: "Go to {name}. Now…" })("end", { name: "predict…" }), "Go to predict… Now…");
});

test("a slider reaches to both sides of its number, to round ends", () => {
  assert.deepEqual(rangeFor(2), { low: -5, high: 5, step: 0.01 });
  assert.equal(rangeFor(-30).high, 100);
  assert.equal(rangeFor(0.0001).high, 0.002);
  assert.equal(rangeFor(0.02).high, 0.5); // a rate of learning: 0.19 and 0.25 lie between pixels
  for (const value of [0, 1e-9, 0.3, 4.9, -77, 1e12]) {
    const { low, high } = rangeFor(value);
    assert.ok(low <= value && value <= high);
  }
});

test("a slider keeps its range while its number passes near 0, and takes another where the number is lost", () => {
  assert.ok(!isLost(0.05, 5));
  assert.ok(!isLost(3, 10));
  assert.ok(isLost(0.0005, 5));
  assert.ok(isLost(3, 100));
});
