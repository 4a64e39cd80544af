"""Measures the engine against the tools that people would use instead, in one run, as tables.

    .venv/bin/python -m pip install -e ".[bench]"
    .venv/bin/python -m tests.bench.engine

A peer that is not installed is left out. Every number is the shortest of many turns; what counts is
the ratio of two in one table.
"""

from __future__ import annotations

import gc
import json
import sys
import time
import tracemalloc
from collections.abc import Callable
from http.client import HTTPConnection

import numpy as np
from micrograd.engine import Value as Micrograd
from rich.console import Console
from rich.table import Table

from engine import UNLIMITED, Value, replay, trace
from engine.datasets import moons
from engine.objective import Objective
from tests.bench import peers
from tests.bench.programs import LECTURE, MOONS, OPERATIONS, START, program, shortest
from tests.browser.conftest import ROOT, serving
from tests.graphs import CHAIN, MICROGRAD_README

SIZES = {20: 400, 1_000: 40, 10_000: 4}
"""Statements, and how many turns are taken."""
POINTS = 1_000

Tasks = dict[str, Callable[[], object]]


def once(source: str, statements: int) -> Tasks:
    """Return what builds a graph and runs backward through it, once."""
    code = compile(source, "program", "exec")
    return {
        "micrograd": lambda: exec(code, {"Value": Micrograd}),
        "Value": lambda: exec(code, {"Value": Value}),
        "PyTorch scalars": peers.torch_scalars(source),
        "HIPS autograd": peers.hips_autograd(source),
    }


def from_source(source: str, statements: int) -> Tasks:
    """Return what goes from text to value and gradients."""

    def full() -> None:
        t = trace(source, limits=UNLIMITED)
        _ = t.nodes, t.steps

    recorded = trace(source, limits=UNLIMITED)

    def generate() -> None:
        replay(recorded, ["v0", "v1", "v2"])([*START])

    return {
        "micrograd, compiled and run": lambda: exec(
            compile(source, "p", "exec"), {"Value": Micrograd}
        ),
        "trace": lambda: trace(source, limits=UNLIMITED),
        "trace, and all its records": full,
        "a replay, generated": generate,
    }


def again(source: str, statements: int) -> Tasks:
    """Return what evaluates a known program at other inputs."""
    code = compile(source, "program", "exec")
    ready = replay(trace(source, limits=UNLIMITED), ["v0", "v1", "v2"])
    for _ in range(20):
        ready(START)
    return {
        "micrograd, run again": lambda: exec(code, {"Value": Micrograd}),
        "replay": lambda: ready(START),
        "CasADi function": peers.casadi_function(source),
        "JAX jit": peers.jax_jit(source, statements),
    }


def batch(source: str, statements: int) -> Tasks:
    """Return what evaluates a known program at a thousand points."""
    code = compile(source, "program", "exec")
    points = np.random.default_rng(0).normal(size=(POINTS, 3))
    ready = replay(trace(source, limits=UNLIMITED), ["v0", "v1", "v2"])
    ready.batch(points)
    return {
        "micrograd, one point": lambda: exec(code, {"Value": Micrograd}),
        "replay, batch": lambda: ready.batch(points),
        "PyTorch tensors": peers.torch_batch(source, points),
        "JAX jit of vmap": peers.jax_jit(source, statements, points),
    }


def moons_step() -> Tasks:
    """Return one step of micrograd's demo: value and gradients of 337 parameters over 100 rows."""
    data = dict(moons(100).columns)
    objective = Objective(MOONS, data=data, limits=UNLIMITED)
    start = objective.start
    objective.mean(start)
    return {
        "micrograd": peers.micrograd_step(data),
        "replay over rows": in_a_row(lambda: objective.mean(start)),
        "PyTorch tensors": in_a_row(peers.torch_step(data)),
        "JAX jit": in_a_row(peers.jax_step(data)),
    }


def in_a_row(task: Callable[[], object] | None) -> Callable[[], object] | None:
    """Return ten steps one after another, as a descent takes them."""
    return None if task is None else lambda: [task() for _ in range(10)]


def present(console: Console, title: str, columns: dict[str, dict[str, float]], ours: str) -> None:
    """Print one table: times, and how many times faster than each peer ours is."""
    table = Table(title=title, title_justify="left", box=None, header_style="bold")
    table.add_column("")
    for heading in columns:
        table.add_column(heading, justify="right")
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    for name in names:
        cells = (column.get(name) for column in columns.values())
        table.add_row(name, *("-" if cell is None else f"{cell:,.3g}" for cell in cells))
    for name in names:
        if name != ours:
            ratios = (
                f"{column[name] / column[ours]:,.2g}" if name in column else "-"
                for column in columns.values()
            )
            table.add_row(f"{name} : {ours}", *ratios, style="bold")
    console.print(table, "")


def measured(tasks: Tasks, turns: int, share: float) -> dict[str, float]:
    """Return nanoseconds per unit of each task that there is."""
    known = {name: task for name, task in tasks.items() if task is not None}
    return {name: 1e9 * seconds / share for name, seconds in shortest(known, turns).items()}


def memory(source: str) -> dict[str, float]:
    """Return bytes a statement of a built graph."""
    code = compile(source, "program", "exec")
    sizes = {}
    for name, kind in {"micrograd": Micrograd, "Value": Value}.items():
        gc.collect()
        tracemalloc.start()
        scope = {"Value": kind}
        exec(code, scope)
        sizes[name] = tracemalloc.get_traced_memory()[0] / source.count("\n")
        tracemalloc.stop()
        del scope
    return sizes


def requests() -> dict[str, float]:
    """Return microseconds of requests over a socket, to a server of its own."""
    inputs = {"a": 2.0, "b": -3.0, "c": 10.0, "f": -2.0}
    lecture = {"source": CHAIN.source, "inputs": inputs}
    over = [{"name": name, "low": -4, "high": 4, "points": 200} for name in "ab"]
    with serving(ROOT) as address:
        connection = HTTPConnection(address.removeprefix("http://").strip("/"))

        def ask(path: str, body: dict[str, object] | None = None) -> Callable[[], object]:
            method, sent = ("GET", None) if body is None else ("POST", json.dumps(body))
            headers = {"Content-Type": "application/json"}

            def task() -> object:
                connection.request(method, path, sent, headers)
                return connection.getresponse().read()

            return task

        tasks = {
            "GET /healthz": ask("/healthz"),
            "POST /api/trace, (a*b + c) * f": ask("/api/trace", lecture),
            "POST /api/trace, README of micrograd": ask(
                "/api/trace", {"source": MICROGRAD_README.source}
            ),
            "POST /api/sweep, 200 x 200": ask("/api/sweep", lecture | {"over": over}),
        }
        return {name: 1e6 * seconds for name, seconds in shortest(tasks, 100).items()}


def main() -> None:
    """Print the tables."""
    sys.setrecursionlimit(1_000_000)  # for micrograd, which recurses over the graph
    console = Console(width=120)
    kinds = {"+ - * relu": OPERATIONS, "+ - * relu ** / and constants": LECTURE, "+ *": ("+", "*")}
    for title, make, ours, share in (
        ("Once, ns a statement", once, "Value", 1),
        ("From text, ns a statement", from_source, "trace", 1),
        ("Again at other inputs, ns a statement", again, "replay", 1),
        (f"At {POINTS:,} points, ns a statement and point", batch, "replay, batch", POINTS),
    ):
        for kind, operations in kinds.items():
            columns = {}
            for size, turns in SIZES.items():
                tasks = make(program(size, operations), size)
                columns[f"{size:,}"] = measured(tasks, turns, size)
                for name in columns[f"{size:,}"]:
                    if share > 1 and "one point" not in name:
                        columns[f"{size:,}"][name] /= share
            present(console, f"{title}; programs of {kind}", columns, ours)
    step = {name: ns / 10_000 for name, ns in measured(moons_step(), 30, 1).items()}
    step["micrograd"] *= 10
    title = "A step of micrograd's demo, 2-16-16-1 on 100 moons, us"
    present(console, title, {"100 rows": step}, "replay over rows")
    columns = {kind: memory(program(1_000, operations)) for kind, operations in kinds.items()}
    present(console, "Memory of a graph of 1,000 statements, bytes a statement", columns, "Value")
    present(console, "Requests, us", {"shortest": requests()}, "GET /healthz")


if __name__ == "__main__":
    began = time.perf_counter()
    main()
    print(f"{time.perf_counter() - began:.0f} s in all")
