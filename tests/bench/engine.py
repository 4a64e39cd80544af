"""Measures the engine against micrograd in one run; prints a table. `python -m tests.bench.engine`

Both run the same programs, turn by turn, and the shortest of many turns counts: on a busy machine the
ratio of two such times is steady where the times are not.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable

from micrograd.engine import Value as Micrograd
from rich.console import Console
from rich.table import Table

from engine import UNLIMITED, Value, trace

LECTURE = ("+", "-", "*", "- 0.5", "/ 2.0", "** 2", "relu")
"""What the README of micrograd uses, constants included."""
OPERATIONS = ("+", "-", "*", "relu")


def program(statements: int, operations: tuple[str, ...]) -> str:
    """Return a program that micrograd, too, can run: each statement uses recent values."""
    chance = random.Random(statements)
    lines = ["v0 = Value(0.5)", "v1 = Value(1.25)", "v2 = Value(-0.75)"]
    for i in range(3, statements):
        x, y = (chance.randrange(max(0, i - 10), i) for _ in range(2))
        sign = chance.choice(operations)
        if sign == "relu":
            lines.append(f"v{i} = v{x}.relu()")
        elif " " in sign:
            # Squares are damped: micrograd raises where a double overflows.
            lines.append(f"v{i} = v{x} {sign}" if sign != "** 2" else f"v{i} = (v{x} * 0.01) ** 2")
        elif sign == "*" and len(operations) > len(OPERATIONS):
            lines.append(f"v{i} = v{x} * 0.01 * v{y}")
        else:
            lines.append(f"v{i} = v{x} {sign} v{y}")
    return "\n".join([*lines, f"L = v{statements - 1}", "L.backward()"])


def shortest(tasks: dict[str, Callable[[], object]], turns: int) -> dict[str, float]:
    """Return the shortest time of each task in seconds, the tasks taking turns."""
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(turns):
        for name, task in tasks.items():
            began = time.perf_counter()
            task()
            best[name] = min(best[name], time.perf_counter() - began)
    return best


def measure(statements: int, operations: tuple[str, ...], turns: int) -> dict[str, float]:
    """Return nanoseconds a statement for each way to run one program."""
    source = program(statements, operations)
    code = compile(source, "program", "exec")

    def full() -> None:
        t = trace(source, limits=UNLIMITED)
        _ = t.nodes, t.steps

    tasks = {
        "micrograd, graph and backward": lambda: exec(code, {"Value": Micrograd}),
        "Value, graph and backward": lambda: exec(code, {"Value": Value}),
        "micrograd, from source": lambda: exec(compile(source, "p", "exec"), {"Value": Micrograd}),
        "trace, from source": lambda: trace(source, limits=UNLIMITED),
        "trace, and all its records": full,
    }
    return {name: 1e9 * t / statements for name, t in shortest(tasks, turns).items()}


def main() -> None:
    """Print the table."""
    sys.setrecursionlimit(1_000_000)  # for micrograd, which recurses over the graph
    console = Console()
    for operations in (LECTURE, OPERATIONS, ("+", "*")):
        table = Table(title=f"ns a statement, programs of {', '.join(operations)}", box=None)
        table.add_column("")
        sizes = {20: 400, 1_000: 60, 10_000: 6}
        columns = [measure(size, operations, turns) for size, turns in sizes.items()]
        for size in sizes:
            table.add_column(f"{size:,}", justify="right")
        for name in columns[0]:
            table.add_row(name, *(f"{column[name]:,.0f}" for column in columns))
        for label, ours, peer in (
            ("Value : micrograd", "Value, graph and backward", "micrograd, graph and backward"),
            ("trace : micrograd", "trace, from source", "micrograd, from source"),
        ):
            table.add_row(label, *(f"{c[ours] / c[peer]:.2f}" for c in columns), style="bold")
        console.print(table)


if __name__ == "__main__":
    main()
