"""Programs that every engine can run, and the clock that compares them."""

from __future__ import annotations

import gc
import random
import re
import time
from collections.abc import Callable

LECTURE = ("+", "-", "*", "- 0.5", "/ 2.0", "** 2", "relu")
"""What the README of micrograd uses, constants included."""
OPERATIONS = ("+", "-", "*", "relu")

MOONS = """\
model = MLP(2, [16, 16, 1])
score = model([x1, x2])
loss = (1 - y*score).relu() + 1e-4*sum(p*p for p in model.parameters())
"""
"""The network and the loss of micrograd's demo, for one row."""


def program(statements: int, operations: tuple[str, ...] = OPERATIONS) -> str:
    """Return a program that micrograd, too, can run: each statement uses recent values."""
    chance = random.Random(statements)
    lines = ["v0 = Value(0.5)", "v1 = Value(1.25)", "v2 = Value(-0.75)"]
    for i in range(3, statements):
        # Two different ones: x - x would let an engine that simplifies leave most of it out.
        x, y = chance.sample(range(max(0, i - 10), i), 2)
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


def function(source: str) -> str:
    """Return a program as a function of v0, v1, v2, for engines that differentiate functions."""
    lines = [re.sub(r"(v\d+)\.relu\(\)", r"relu(\1)", line) for line in source.splitlines()[3:-2]]
    body = "\n".join(f"    {line}" for line in lines)
    output = source.splitlines()[-2].removeprefix("L = ")
    return f"def f(v0, v1, v2):\n{body}\n    return {output}"


START = (0.5, 1.25, -0.75)


def shortest(tasks: dict[str, Callable[[], object]], turns: int) -> dict[str, float]:
    """Return the shortest time of each task in seconds, the tasks taking turns.

    On a busy machine the ratio of two such times is steady where the times are not.
    """
    best = dict.fromkeys(tasks, float("inf"))
    gc.collect()
    gc.freeze()  # what other measurements left is no garbage of these
    for turn in range(turns):
        for name, task in tasks.items():
            if best[name] > 1.0 and turn:
                continue  # a second is long enough to be measured once
            gc.collect()  # nor is what the other tasks left
            began = time.perf_counter()
            task()
            best[name] = min(best[name], time.perf_counter() - began)
    return best
