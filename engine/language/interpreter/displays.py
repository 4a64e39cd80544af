"""Displays: lists, tuples, sets and dictionaries as they are written, and names for their parts."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from typing import Any

from engine.errors import NotAllowed, TypeProblem
from engine.language.runtime.run import Inner, Run, Scope, each, items_in, items_of
from engine.language.values.comparisons import truth
from engine.language.values.dictionary import put, update
from engine.language.values.generator import Generator
from engine.language.values.sets import Set

Comprehension = ast.ListComp | ast.GeneratorExp | ast.SetComp | ast.DictComp


def written_list(run: Run, node: ast.List, scope: Scope) -> list[Any]:
    """Return the list that is written."""
    return list(elements(run, node.elts, scope))


def written_tuple(run: Run, node: ast.Tuple, scope: Scope) -> tuple[Any, ...]:
    """Return the tuple that is written."""
    return tuple(elements(run, node.elts, scope))


def written_set(run: Run, node: ast.Set, scope: Scope) -> Set:
    """Return the set that is written."""
    return Set(elements(run, node.elts, scope))


def elements(run: Run, nodes: list[ast.expr], scope: Scope) -> Iterator[Any]:
    """Yield what expressions stand for; a starred one stands for all that it holds."""
    run.recording.charge(len(nodes))
    for node in nodes:
        if isinstance(node, ast.Starred):
            items = items_in(run, run.evaluate(run, node.value, scope))
            run.recording.charge(len(items))
            yield from items
        else:
            yield run.evaluate(run, node, scope)


def written_dictionary(run: Run, node: ast.Dict, scope: Scope) -> dict[Any, Any]:
    """Return the dictionary that is written; `**` puts in all that another holds."""
    entries: dict[Any, Any] = {}
    for key, value in zip(node.keys, node.values, strict=True):
        if key is None:
            update(run, entries, run.evaluate(run, value, scope))
        else:
            name = run.evaluate(run, key, scope)
            put(run, entries, name, run.evaluate(run, value, scope))
    return entries


def list_comprehension(run: Run, node: ast.ListComp, scope: Scope) -> list[Any]:
    """Return the list that a comprehension makes."""
    return [run.evaluate(run, node.elt, inner) for inner in _turns(run, node, scope)]


def generator_expression(run: Run, node: ast.GeneratorExp, scope: Scope) -> Generator:
    """Return what computes the elements when they are asked for."""
    turns = _turns(run, node, scope)
    return Generator(run, "for", (run.evaluate(run, node.elt, inner) for inner in turns))


def set_comprehension(run: Run, node: ast.SetComp, scope: Scope) -> Set:
    """Return the set that a comprehension makes."""
    out = Set()
    for inner in _turns(run, node, scope):
        out.add(run.evaluate(run, node.elt, inner))
    return out


def dictionary_comprehension(run: Run, node: ast.DictComp, scope: Scope) -> dict[Any, Any]:
    """Return the dictionary that a comprehension makes."""
    out: dict[Any, Any] = {}
    for inner in _turns(run, node, scope):
        key = run.evaluate(run, node.key, inner)
        put(run, out, key, run.evaluate(run, node.value, inner))
    return out


def _turns(run: Run, node: Comprehension, scope: Scope) -> Iterator[Scope]:
    """Return the turns of a comprehension; what it goes over is there before the first."""
    first = _items(run, node.generators[0], scope)
    return _comprehend(run, node, 0, first, Inner(scope))


def _items(run: Run, generator: ast.comprehension, scope: Scope) -> Iterable[Any]:
    if generator.is_async:
        raise NotAllowed("`async` is not in the language.", span=run.program.span(generator.iter))
    run.recording.place = generator.iter
    return each(run, run.evaluate(run, generator.iter, scope))


def _comprehend(
    run: Run, node: Comprehension, level: int, items: Iterable[Any], scope: Scope
) -> Iterator[Scope]:
    """Yield the scope with the names of each turn, those of inner loops included."""
    generator, deeper = node.generators[level], level + 1
    for item in items:
        run.recording.charge()
        assign_loop(run, generator.target, item, scope)
        if not all(truth(run.evaluate(run, test, scope)) for test in generator.ifs):
            continue
        if deeper == len(node.generators):
            yield scope
        else:
            inner = _items(run, node.generators[deeper], scope)
            yield from _comprehend(run, node, deeper, inner, scope)


def assign_loop(run: Run, target: ast.expr, item: Any, scope: Scope) -> None:
    """Bind a loop's names; unlike assigned numbers, counted numbers stay plain numbers."""
    if isinstance(target, ast.Name):
        run.holder(target.id, scope).names[target.id] = item
        return
    if not isinstance(target, (ast.Tuple, ast.List)):
        raise NotAllowed("A loop counts with names.", span=run.program.span(target))
    run.recording.place = target
    for part, value in unpacked(target.elts, item):
        assign_loop(run, part, value, scope)


def unpacked(targets: list[ast.expr], value: Any) -> list[tuple[ast.expr, Any]]:
    """Return each target with what it is given; a starred one takes what the others leave."""
    items, count = list(items_of(value)), len(targets)
    stars = [index for index, target in enumerate(targets) if isinstance(target, ast.Starred)]
    if not stars and len(items) == count:
        return list(zip(targets, items, strict=True))
    if len(stars) != 1 or len(items) < count - 1:
        raise TypeProblem(f"{count} names are given {len(items)} values.")
    first, end = stars[0], stars[0] + 1 + len(items) - count
    rest = targets[first]
    assert isinstance(rest, ast.Starred)
    given = [*items[:first], items[first:end], *items[end:]]
    return list(zip([*targets[:first], rest.value, *targets[first + 1 :]], given, strict=True))
