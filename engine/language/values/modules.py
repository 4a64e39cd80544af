"""Modules that programs import: `math`, `np`, `torch` and their like, all doors to one library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from engine.errors import NotAllowed, UnknownName
from engine.language.hints.names import guess, nearest
from engine.language.values.functions import Ignored

READABLE = (
    "micrograd",
    "math",
    "numpy",
    "torch",
    "random",
    "jax",
    "autograd",
    "tinygrad",
    "sklearn",
    "engine",
    "nn",
    "value",
)
"""Packages whose functions the library has; the last are what people call their own micrograd."""

IGNORABLE = ("matplotlib", "graphviz", "IPython", "typing", "seaborn", "warnings", "__future__")
"""Packages that draw or configure: using them changes nothing."""

FOREIGN = ("functools", "collections", "itertools", "tqdm", "copy", "os", "pathlib", "sys", "time")
"""Modules of Python of which little or nothing is here: they may be imported and left unused."""

NESTED = frozenset(
    (
        "random",
        "nn",
        "functional",
        "engine",
        "pyplot",
        "linalg",
        "datasets",
        "autograd",
        "numpy",
        "optim",
        "lr_scheduler",
        "utils",
        "lax",
        "tree",
        "tree_util",
        "init",
        "cuda",
        "testing",
    )
)

KNOWN_AS = {
    "F": "torch",
    "nn": "torch",
    "optim": "torch",
    "jnp": "jax.numpy",
    "npr": "numpy.random",
}
"""Modules that a notebook imports in its first cell, by the names that its later cells use."""


@dataclass(frozen=True, slots=True, eq=False)
class LibraryModule:
    """A module of the language: its members are names of the library."""

    noun: ClassVar[str] = "the module"

    name: str
    library: Mapping[str, Any]

    def member(self, name: str) -> Any:
        """Return a function or number. Raises `UnknownName` with the nearest known one."""
        parts = self.name.split(".")
        for first in range(len(parts)):
            own = ".".join((*parts[first:], name))
            if own in self.library:  # another thing than what other modules call so
                return self.library[own]
        if name in self.library and not isinstance(self.library[name], LibraryModule):
            return self.library[name]
        if name in NESTED:
            return LibraryModule(f"{self.name}.{name}", self.library)
        if name.startswith(("float", "double")):
            return self.library["float"]  # a dtype: every number is a double
        if name.startswith(("int", "long")):
            return self.library["int"]
        raise UnknownName(f"`{self.name}` has no `{name}` here.", hint=guess(name, self.library))


class ForeignModule(LibraryModule):
    """A module of Python: what the library has under its name, and nothing else."""

    __slots__ = ()

    def member(self, name: str) -> Any:
        """Return a function. Raises `NotAllowed`, since most is not here."""
        own = f"{self.name}.{name}"
        if own not in self.library:
            raise NotAllowed(f"`{own}` is not in the language.")
        return self.library[own]


def imported(name: str, library: Mapping[str, Any]) -> LibraryModule | Ignored:
    """Return what `import name` binds. Raises `NotAllowed` for packages outside the language."""
    root = name.partition(".")[0]
    if root in IGNORABLE:
        return Ignored(root)
    if root in FOREIGN:
        return ForeignModule(root, library)
    if root not in READABLE:
        raise NotAllowed(
            f"`import {root}` is not in the language.",
            hint=nearest(root, (*READABLE, *IGNORABLE))
            or f"what can be imported: {', '.join((*READABLE[:6], *IGNORABLE[:1]))}",
        )
    return LibraryModule(name, library)


def assumed(name: str, library: Mapping[str, Any]) -> LibraryModule | None:
    """Return the module that a name which nothing assigns stands for in the cells of notebooks."""
    return LibraryModule(KNOWN_AS[name], library) if name in KNOWN_AS else None
