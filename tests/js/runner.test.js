import assert from "node:assert/strict";
import { test } from "node:test";
import { Inquiry } from "../../static/js/inquiry.js";
import { Runner } from "../../static/js/runner.js";

const nowait = () => Promise.resolve();

/** @param {string[]} pieces */
function streamed(pieces) {
  return new Response(new ReadableStream({
    start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      controller.close();
    },
  }));
}

/** @param {Response} response @param {number} shown */
async function ran(response, shown) {
  /** @type {unknown[]} */
  const seen = [];
  const runner = new Runner({ fetch: async () => response, unreachable: "away", say: (text) => text, told: (error) => error }, {
    entries: (entries) => seen.push(...entries.map(({ step }) => step)),
    ended: (status) => seen.push(status),
    failed: ({ message }) => seen.push(message),
  }, nowait);
  await runner.run({}, shown);
  return { seen, runner };
}

test("lines are read however they are cut, from the step that was not shown yet", async () => {
  const pieces = ['{"step": 0}\n{"st', 'ep": 1}\n{"step": 2}\n', '{"status": "done"}\n'];
  const { seen, runner } = await ran(streamed(pieces), 0);
  assert.deepEqual(seen, [1, 2, "done"]);
  assert.ok(!runner.running);
});

test("an error on the way, a refusal and a lost connection are each said", async () => {
  assert.deepEqual((await ran(streamed(['{"step": 0}\n', '{"error": {"message": "late"}}\n']), -1)).seen, [0, "late"]);
  const refusal = new Response('{"error": {"message": "no"}}', { status: 422 });
  assert.deepEqual((await ran(refusal, -1)).seen, ["no"]);
  assert.deepEqual((await ran(streamed(["{"]), -1)).seen, ["away"]);
});

test("who looks longer than the server's time for one answer goes on with the next", async () => {
  const late = '{"error": {"code": "limit_exceeded", "message": "late"}}\n';
  const answers = [streamed(['{"step": 0}\n{"step": 1}\n', late]), streamed(['{"step": 0}\n{"step": 1}\n{"step": 2}\n', late]), streamed([late])];
  /** @type {unknown[]} */
  const seen = [];
  const runner = new Runner({ fetch: async () => answers.shift() ?? Response.error(), unreachable: "away", say: (text) => text, told: (error) => error }, {
    entries: (entries) => seen.push(...entries.map(({ step }) => step)),
    ended: (status) => seen.push(status),
    failed: ({ message }) => seen.push(message),
  }, nowait);
  await runner.run({}, -1);
  assert.deepEqual(seen, [0, 1, 2, "late"]);
});

test("who stops a run hears no more of it, and its request is aborted", async () => {
  /** @type {AbortSignal | null | undefined} */
  let signal;
  /** @type {unknown[]} */
  const seen = [];
  const runner = new Runner({
    fetch: async (_, init) => {
      signal = init?.signal;
      return streamed(['{"step": 0}\n{"step": 1}\n{"status": "done"}\n']);
    },
    unreachable: "away",
    say: (text) => text, told: (error) => error,
  }, {
    entries: (entries) => {
      seen.push(...entries.map(({ step }) => step));
      runner.stop();
    },
    ended: () => seen.push("ended"),
    failed: () => seen.push("failed"),
  }, nowait);
  await runner.run({}, -1);
  assert.deepEqual(seen, [0]);
  assert.ok(signal?.aborted);
});

test("of many questions the newest is asked, no question twice, and none after a stop", async () => {
  /** @type {string[]} */
  const asked = [];
  const fetch = async (/** @type {unknown} */ _, /** @type {RequestInit | undefined} */ init) => {
    asked.push(String(init?.body));
    return new Response("{}");
  };
  /** @type {(value?: unknown) => void} */
  let done = () => {};
  let answered = new Promise((resolve) => (done = resolve));
  const question = new Inquiry({ fetch, unreachable: "", say: (text) => text, told: (error) => error }, "api/x", 1, () => done(), () => {});
  question.ask({ n: 1 });
  question.ask({ n: 2 });
  await answered;
  question.ask({ n: 2 });
  answered = new Promise((resolve) => (done = resolve));
  question.ask({ n: 3 });
  await answered;
  question.ask({ n: 4 });
  question.stop();
  await new Promise((resolve) => setTimeout(resolve, 10));
  assert.deepEqual(asked, ['{"n":2}', '{"n":3}']);
});
