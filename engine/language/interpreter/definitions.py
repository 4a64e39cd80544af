"""Definitions: statements that give meaning to names, or take it away: `def`, `import`, `del`."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from engine.errors import NotAllowed, UnknownName
from engine.language.hints.calls import no_function
from engine.language.interpreter.expressions import index_of
from engine.language.library import RESERVED
from engine.language.runtime.run import Run, Scope
from engine.language.values.functions import Function, Ignored, call
from engine.language.values.indexing import remove
from engine.language.values.modules import LibraryModule, imported


def _define(run: Run, node: ast.FunctionDef, scope: Scope) -> None:
    holder = run.holder(node.name, scope)
    if any(isinstance(part, ast.Name) and part.id in RESERVED for part in ast.walk(node)):
        holder.names[node.name] = Ignored(node.name)  # the page draws graphs itself
        return
    function: Any = Function.of(run, node.name, node.args, node.body, scope)
    for decorator in reversed(node.decorator_list):
        if isinstance(decorator, ast.Name) and not run.knows(decorator.id, scope):
            raise no_function(decorator.id, None, run.library, run.program.span(decorator))
        function = call(run, run.evaluate(run, decorator, scope), [function], {}, decorator)
    holder.names[node.name] = function


def _global(run: Run, node: ast.Global, scope: Scope) -> None:
    scope.shared |= dict.fromkeys(node.names, run.globals)


def _nonlocal(run: Run, node: ast.Nonlocal, scope: Scope) -> None:
    for name in node.names:
        owner = scope.parent
        while owner is not None and name not in owner.names.keys() | owner.own:
            owner = owner.parent
        if owner is None or owner.parent is None or owner is run.globals:
            raise UnknownName(
                f"No function around this one has a name `{name}`.",
                hint=f"write global {name} for a name of the whole program",
            )
        scope.shared[name] = owner


def _delete(run: Run, node: ast.Delete, scope: Scope) -> None:
    for target in node.targets:
        run.recording.place = target
        if isinstance(target, ast.Name):
            run.forget(target.id, scope, target)
        elif isinstance(target, ast.Subscript):
            items = run.evaluate(run, target.value, scope)
            remove(run, items, index_of(run, target.slice, scope))
        else:
            raise NotAllowed("`del` lets go of names and elements.")


def _import(run: Run, node: ast.Import, scope: Scope) -> None:
    for alias in node.names:
        run.recording.place = alias
        root = alias.name.partition(".")[0]
        name = alias.asname or root  # `import numpy.random` binds numpy
        path = alias.name if alias.asname else root
        run.holder(name, scope).names[name] = imported(path, run.library)


def _import_from(run: Run, node: ast.ImportFrom, scope: Scope) -> None:
    run.recording.place = node
    module = imported(node.module or "", run.library)
    for alias in node.names:
        if alias.name != "*":
            member = module.member(alias.name) if isinstance(module, LibraryModule) else module
            name = alias.asname or alias.name
            run.holder(name, scope).names[name] = member


DEFINE: dict[type[ast.stmt], Callable[[Run, Any, Scope], None]] = {
    ast.FunctionDef: _define,
    ast.Global: _global,
    ast.Nonlocal: _nonlocal,
    ast.Delete: _delete,
    ast.Import: _import,
    ast.ImportFrom: _import_from,
}
