"""Tables: a trace, a check, a descent, as a terminal shows them."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from engine import Descent, Trace
from engine.gradcheck import Difference


def _table(*headings: str, numbers: tuple[str, ...] = ()) -> Table:
    table = Table(box=None, header_style="bold")
    for heading in headings:
        table.add_column(heading, justify="right" if heading in numbers else "left")
    return table


def show_check(found: Sequence[Difference]) -> None:
    """Print each gradient beside its measurement."""
    numbers = ("gradient", "forward", "central", "error")
    table = _table("", "name", *numbers, "note", numbers=numbers)
    for one in found:
        cells = (f"{x:.8g}" for x in (one.gradient, one.forward, one.central))
        mark = "✓" if one.agrees else "✗"
        table.add_row(mark, one.name[:40], *cells, f"{one.error:.1e}", one.note or "")
    Console(highlight=False, markup=False).print(table)


def show_descent(descent: Descent, width: int = 6) -> None:
    """Print the value and the first few numbers, a line a step."""
    names = descent.names[:width]
    more = len(descent.names) - len(names)
    heads = [name[-12:] for name in names]
    print(f"{'step':>6} {'value':>14} " + " ".join(f"{head:>12}" for head in heads))
    if more:
        print(f"       (and {more} inputs more)")
    for entry in descent:
        numbers = " ".join(f"{number:12.6g}" for number in entry.numbers[:width])
        print(f"{entry.step:6d} {entry.value:14.8g} {numbers}", flush=True)


def show_trace(traced: Trace, console: Console) -> None:
    """Print what the program printed, then its values and gradients."""
    numbers = ("value", "gradient")
    table = _table("node", "name", "operation", *numbers, numbers=numbers)
    for node, reaches in zip(traced.nodes, traced.reaches, strict=True):
        if reaches:
            name = node.name or (
                traced.source[slice(*node.span)] if node.span and node.operation else ""
            )
            operation = node.operation.name if node.operation else node.kind
            table.add_row(
                f"n{node.position}", name[:40], operation, f"{node.value:.6g}", f"{node.grad:.6g}"
            )
    for line in traced.annotations.console:
        console.print(line, soft_wrap=True)
    console.print(table)
    for warning in traced.annotations.warnings:
        console.print(f"Warning: {warning}")
    for node in traced.nodes:
        for warning in node.warnings:
            console.print(f"Warning: {node.name or f'n{node.position}'}: {warning}")
