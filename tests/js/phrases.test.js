import assert from "node:assert/strict";
import { test } from "node:test";
import { groupingOf } from "../../static/js/fold.js";
import { phrasebook, translated, withoutMarks } from "../../static/js/phrases.js";
import { read } from "../../static/js/trace.js";
import { trace } from "./traces.js";

const say = phrasebook({
  "code:type_error": "Mauvais type",
  "There is no element {1}: the list has {2}.": "Pas d’élément {1} : il y en a {2}.",
  "log(0) is minus infinity": "log(0) vaut moins l’infini",
  "{a} has no length.": "{a} n’a pas de longueur.",
  "A number is needed here, not {a}.": "Il faut un nombre, et non {a}.",
  "a list of {1}": "une liste de {1}",
  "did you mean {1}?": "vouliez-vous dire {1} ?",
  "'{' was never closed.": "L’accolade n’est jamais refermée.",
  list: "une liste",
  "write {1}": "écrivez {1}",
});
const failed = (/** @type {object} */ error) =>
  /** @type {any} */ (translated(/** @type {any} */ ({ type: "failed", request: 1, error }), say)).error;

test("a sentence is said with what varies in its place", () => {
  assert.equal(say("There is no element 5: the list has 2."), "Pas d’élément 5 : il y en a 2.");
  assert.equal(say("There is no element 5"), null);
});

test("words in a sentence are said in the same language, and names stay", () => {
  assert.equal(say("A number is needed here, not a list of 2."), "Il faut un nombre, et non une liste de 2.");
  assert.equal(say("A list of 2 has no length."), "Une liste de 2 n’a pas de longueur.");
  assert.equal(say("`x` has no length."), "`x` n’a pas de longueur.");
  assert.equal(say("did you mean list?"), "vouliez-vous dire list ?");
  assert.equal(say("'{' was never closed."), "L’accolade n’est jamais refermée.");
});

test("an error keeps its code and its place", () => {
  const error = { code: "type_error", message: "There is no element 1: the list has 0.", hint: "write 2*x", line: 3 };
  assert.deepEqual(failed(error), {
    code: "type_error", message: "Pas d’élément 1 : il y en a 0.", hint: "Écrivez 2*x", line: 3,
  });
});

test("a way out is a sentence of its own, and has no marks of code where none are set", () => {
  assert.equal(failed({ code: "x", message: "Odd.", hint: "did you mean tanh?" }).hint, "Vouliez-vous dire tanh ?");
  assert.deepEqual(withoutMarks({ code: "x", message: "No `x`.", hint: "call `f`" }), { code: "x", message: "No x.", hint: "call f" });
});

test("what nobody translated is said by its code, with the sentence beside it", () => {
  assert.equal(failed({ code: "type_error", message: "Odd." }).message, "Mauvais type : “Odd.”");
  assert.equal(failed({ code: "new_code", message: "Odd." }).message, "Odd.");
});

test("warnings are translated as they arrive", () => {
  const action = /** @type {const} */ ({ type: "traced", request: 1, trace: trace("dead") });
  const after = /** @type {any} */ (translated(action, say));
  assert.ok(after.trace.nodes.some((/** @type {any} */ node) => node.warnings[0]?.includes("moins l’infini")));
  assert.deepEqual(translated(action, phrasebook({})), action);
});

test("a neuron is called by its word in each language, and is the same group in all of them", () => {
  const book = phrasebook({ neuron: "neurone", layer: "couche" });
  const action = /** @type {const} */ ({ type: "traced", request: 1, trace: trace("network") });
  const told = /** @type {any} */ (translated(action, book)).trace;
  const [plain, french] = [action.trace, told].map((one) => groupingOf(read(one)).groups);
  assert.deepEqual([...french.keys()], [...plain.keys()]);
  assert.deepEqual([...french.values()].map(({ name }) => name).slice(2), ["couche 1", "couche 2", "neurone 1", "neurone 2"]);
  assert.equal(told.groups.some((/** @type {{said?: string}} */ { said }) => said === undefined), true); // a call is no word
});
