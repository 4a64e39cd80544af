"""The command line: `chainrule serve`, `trace`, `check`, `descend`."""

from __future__ import annotations

import csv
import socket
import sys
import webbrowser
from io import StringIO
from pathlib import Path
from threading import Timer
from typing import Annotated, NoReturn

import typer
import uvicorn
from rich.console import Console

from app import __version__, present
from app.assignments import assignments
from app.exports import FORMATS, export
from app.messages import LANGUAGES
from app.tables import show_check, show_descent, show_trace
from engine import UNLIMITED, ChainruleError, Descent, Limits, gradcheck
from engine import trace as trace_program
from engine.gradcheck import TOLERANCE, H
from engine.nn import SEED
from engine.optimizers import OPTIMIZERS

cli = typer.Typer(
    help="See backpropagation: run programs of scalar arithmetic and look at their gradients.",
    no_args_is_help=True,
    add_completion=False,
)

HOSTS_FOR_A_BROWSER = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


TABLE = "table"
"""How a trace is shown where no format is asked for."""
WAYS = (TABLE, *FORMATS)


def _way(name: str) -> str:
    """Return the name of a format. Raises `typer.BadParameter` if it is none."""
    if name not in WAYS:
        raise typer.BadParameter(f"{name!r} is not one of {', '.join(WAYS)}.")
    return name


def main() -> None:
    """Run the command line."""
    cli()


@cli.command()
def version() -> None:
    """Print the version."""
    print(__version__)


@cli.command()
def serve(
    host: Annotated[str, typer.Option(help="Address to listen at.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen at.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Processes.", min=1)] = 1,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
) -> None:
    """Serve the page and the API."""
    _check_free(host, port)
    address = f"http://{HOSTS_FOR_A_BROWSER.get(host, host)}:{port}/"
    Console().print(f"Chainrule is at [bold]{address}[/bold] (stop it with Ctrl+C)")
    if open_:
        Timer(1.0, webbrowser.open, [address]).start()
    uvicorn.run(
        "app.main:create_app",
        factory=True,
        host=host,
        port=port,
        workers=workers,
        log_level="warning",
    )


def _check_free(host: str, port: int) -> None:
    """End with a sentence if something else listens there already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            console = Console(stderr=True, highlight=False)
            console.print(f"Port {port} of {host} cannot be used: {error.strerror}.", style="red")
            console.print("Try another one: chainrule serve --port 8001")
            raise typer.Exit(1) from None


File = Annotated[str | None, typer.Argument(help="A program's file; - reads from input.")]
Expression = Annotated[str | None, typer.Option("-e", help="The program itself.")]
Pairs = Annotated[list[str] | None, typer.Option("--set", help="An input, as name=number.")]
Output = Annotated[str | None, typer.Option(help="The name to differentiate.")]
To = Annotated[Path | None, typer.Option("-o", help="A file to write to.")]
Unlimited = Annotated[bool, typer.Option(help="Lift the limits.")]


def _language(code: str) -> str:
    """Return the code of a language. Raises `typer.BadParameter` if it is none."""
    if code not in LANGUAGES:
        raise typer.BadParameter(f"{code!r} is not one of {', '.join(LANGUAGES)}.")
    return code


@cli.command()
def trace(
    file: File = None,
    expression: Expression = None,
    set_: Pairs = None,
    output: Output = None,
    format_: Annotated[
        str,
        typer.Option("--format", callback=_way, help=f"How to write it: {', '.join(WAYS)}."),
    ] = TABLE,
    lang: Annotated[
        str, typer.Option(callback=_language, help=f"The language of html: {', '.join(LANGUAGES)}.")
    ] = "en",
    to: To = None,
    unlimited: Unlimited = False,
) -> None:
    """Run a program; print its values and gradients."""
    source = _source(file, expression)
    inputs = _inputs(set_ or [])
    try:
        traced = trace_program(source, inputs, output, UNLIMITED if unlimited else None)
    except ChainruleError as error:
        _fail(error)
    if format_ != TABLE:
        _write(export(traced, format_, language=lang).decode().removesuffix("\n"), to)
    elif to is None:
        show_trace(traced, Console(highlight=False, markup=False))
    else:
        text = StringIO()
        show_trace(traced, Console(file=text, width=100, highlight=False, markup=False))
        _write(text.getvalue().rstrip("\n"), to)


@cli.command()
def check(
    file: File = None,
    expression: Expression = None,
    set_: Pairs = None,
    output: Output = None,
    h: Annotated[float, typer.Option(help="How far each input is moved.")] = H,
    tolerance: Annotated[float, typer.Option(help="How far apart the two may be.")] = TOLERANCE,
    nodes: Annotated[bool, typer.Option(help="Check every node, not the inputs alone.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print what the API answers.")] = False,
    unlimited: Unlimited = False,
) -> None:
    """Measure every gradient by moving its input a little; end with 1 if one disagrees."""
    limits = UNLIMITED if unlimited else None
    source, inputs = _source(file, expression), _inputs(set_ or [])
    try:
        found = gradcheck(
            source, inputs, output, h=h, tolerance=tolerance, nodes=nodes, limits=limits
        )
    except ChainruleError as error:
        _fail(error)
    if json:
        print(present.check(found).decode())
    else:
        show_check([*(found.nodes.values() if nodes else found.inputs)])
    raise typer.Exit(0 if found.agrees else 1)


@cli.command()
def descend(
    file: File = None,
    expression: Expression = None,
    set_: Pairs = None,
    output: Output = None,
    train: Annotated[
        list[str] | None, typer.Option(help="An input to train; left out, all that are no data.")
    ] = None,
    rate: Annotated[float | None, typer.Option(help="The learning rate.")] = None,
    steps: Annotated[int, typer.Option(help="How many updates.", min=0)] = 100,
    optimizer: Annotated[str, typer.Option(help=f"One of {', '.join(OPTIMIZERS)}.")] = "sgd",
    zero_grad: Annotated[bool, typer.Option(help="Zero the gradients between steps.")] = True,
    data: Annotated[
        Path | None, typer.Option(help="Columns of data: a CSV file with names in its first line.")
    ] = None,
    batch: Annotated[int | None, typer.Option(help="Rows a step; left out, all.", min=1)] = None,
    seed: Annotated[int, typer.Option(help="Where the order of batches is drawn from.")] = SEED,
    json: Annotated[bool, typer.Option("--json", help="Print a line of JSON a step.")] = False,
    unlimited: Unlimited = False,
) -> None:
    """Lower a program's output by gradient descent, printing each step as it is made."""
    limits = UNLIMITED if unlimited else Limits()
    source, inputs = _source(file, expression), _inputs(set_ or [])
    try:
        descent = Descent(
            source, inputs, output=output, trainable=train, rate=rate, steps=steps,
            optimizer=optimizer, zero_grad=zero_grad, data=_columns(data) if data else None,
            batch=batch, seed=seed, limits=limits, deadline=limits.deadline("stream"),
        )  # fmt: skip
        if json:
            for line in present.lines(descent):
                print(line.decode(), end="", flush=True)
        else:
            show_descent(descent)
    except ChainruleError as error:
        _fail(error)
    if descent.status == "diverged":
        Console(stderr=True).print("The descent diverged: try a smaller --rate.", style="red")
        raise typer.Exit(1)


def _columns(path: Path) -> dict[str, list[float]]:
    """Return the columns of a CSV file. Raises `typer.BadParameter`."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            names, *rows = csv.reader(file)
        columns = zip(*([float(cell) for cell in row] for row in rows if row), strict=True)
        return dict(zip([name.strip() for name in names], map(list, columns), strict=True))
    except (OSError, ValueError, csv.Error) as error:
        raise typer.BadParameter(f"{path} is not a table of numbers with names: {error}") from None


def _source(file: str | None, expression: str | None) -> str:
    """Return the program's text. Raises `typer.BadParameter` if none or two are given."""
    if (file is None) == (expression is None):
        raise typer.BadParameter("give either a FILE (or -) or a program with -e")
    if expression is not None:
        return expression
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(str(file)).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(f"{file} cannot be read: {error}") from None


def _inputs(pairs: list[str]) -> dict[str, float]:
    """Return inputs by name. Raises `typer.BadParameter`."""
    try:
        return assignments(pairs)
    except ValueError as error:
        raise typer.BadParameter(f"--set {error}: write it like a=2.5") from None


def _fail(error: ChainruleError) -> NoReturn:
    place = "" if error.line is None else f"line {error.line}, column {error.column}: "
    console = Console(stderr=True, highlight=False, markup=False)
    console.print(f"{place}{error.message}", style="red")
    if error.hint:
        console.print(error.hint[0].upper() + error.hint[1:])
    raise typer.Exit(1)


def _write(text: str, to: Path | None) -> None:
    if to is None:
        print(text)
        return
    try:
        to.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{to} cannot be written: {error.strerror}") from None


if __name__ == "__main__":
    main()
