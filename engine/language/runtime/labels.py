"""Labels: what nodes are called, and the numbers that a request sets for what is called so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from engine.language.runtime.variable import Number
from engine.value import Value

SLIPS = 8
"""So many names that nothing assigns are compared with those that are."""


@dataclass(slots=True)
class Labels:
    """The names of nodes, the versions of each, and the inputs among them."""

    overrides: Mapping[str, float] = field(default_factory=dict)
    """The numbers that the request sets, by name."""
    versions: dict[Value, int] = field(default_factory=dict)
    settable: dict[str, list[Value]] = field(default_factory=lambda: defaultdict(list))
    """The inputs that take the number set for a name."""
    initial: dict[str, float] = field(default_factory=dict)
    replaced: dict[str, float] = field(default_factory=dict)
    """What the program assigns to names that the request sets."""
    defaulted: dict[str, str | None] = field(default_factory=dict)
    """The inputs that nothing gave a number, and the names that may be meant by theirs."""
    _counts: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))

    def set_for(self, name: str, number: Number) -> Number:
        """Return the number of a new input: what the request sets for its name wins."""
        if name in self.overrides and name not in self.initial:
            self.replaced[name] = float(number)
        number = self.overrides.get(name, number)
        self.initial.setdefault(name, float(number))
        return number

    def default(self, name: str, meant: Callable[[], str | None]) -> None:
        """Note that nothing gave an input a number, and which name may be meant by its own."""
        if name in self.overrides:
            self.replaced.pop(name, None)  # nobody wrote that 1
        else:
            self.defaulted[name] = meant() if len(self.defaulted) < SLIPS else None

    def name(self, node: Value, name: str) -> None:
        """Name a node; a name used before gets its next version."""
        if node.label == name and node in self.versions:
            return  # `n = x + b; n.label = 'n'` names one value, not two
        node.label = name
        self._counts[name] += 1
        self.versions[node] = self._counts[name]

    def baptise(self, node: Value, name: str) -> None:
        """Name a node if it has no name. An unnamed input takes the request's number for it."""
        if node.label != "":
            return
        if node.operation is None:
            self._offer(node, name)
        self.name(node, name)

    def relabel(self, node: Value, name: str, uses: Iterable[bool]) -> None:
        """Give a node another name. An input then takes the request's number for that name.

        What was computed with its number stays computed: one that has uses keeps it.
        """
        for takers in self.settable.values():
            if node in takers:
                takers.remove(node)
                self._offer(node, name, keeps=any(uses))
                break
        self.name(node, name)

    def _offer(self, node: Value, name: str, *, keeps: bool = False) -> None:
        """Let an input take the number that the request sets for a name, if it keeps no other."""
        if not keeps:
            node.data = float(self.overrides.get(name, node.data))
        self.initial.setdefault(name, node.data)
        self.settable[name].append(node)
