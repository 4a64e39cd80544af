"""The command line: `chainrule serve`, `chainrule trace`."""

from __future__ import annotations

import socket
import sys
import webbrowser
from enum import StrEnum
from io import StringIO
from pathlib import Path
from threading import Timer
from typing import Annotated, NoReturn

import typer
import uvicorn
from rich.console import Console
from rich.table import Table

from app import __version__, present
from engine import UNLIMITED, ChainruleError, Trace
from engine import trace as trace_program

cli = typer.Typer(
    help="See backpropagation: run programs of scalar arithmetic and look at their gradients.",
    no_args_is_help=True,
    add_completion=False,
)

HOSTS_FOR_A_BROWSER = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}


class Format(StrEnum):
    """How a trace is written."""

    TABLE = "table"
    JSON = "json"


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


@cli.command()
def trace(
    file: Annotated[
        str | None, typer.Argument(help="A program's file; - reads from input.")
    ] = None,
    expression: Annotated[str | None, typer.Option("-e", help="The program itself.")] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="An input, as name=number.")
    ] = None,
    output: Annotated[str | None, typer.Option(help="The name to differentiate.")] = None,
    format_: Annotated[Format, typer.Option("--format", help="How to write it.")] = Format.TABLE,
    to: Annotated[Path | None, typer.Option("-o", help="A file to write to.")] = None,
    unlimited: Annotated[bool, typer.Option(help="Lift the limits.")] = False,
) -> None:
    """Run a program; print its values and gradients."""
    source = _source(file, expression)
    inputs = _inputs(set_ or [])
    try:
        traced = trace_program(source, inputs, output, UNLIMITED if unlimited else None)
    except ChainruleError as error:
        _fail(error)
    if format_ is Format.JSON:
        _write(present.to_json(traced).decode(), to)
        return
    if to is None:
        _show(traced, Console(highlight=False, markup=False))
    else:
        text = StringIO()
        _show(traced, Console(file=text, width=100, highlight=False, markup=False))
        _write(text.getvalue().rstrip("\n"), to)


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
    inputs = {}
    for pair in pairs:
        name, _, number = pair.rpartition("=")
        try:
            inputs[name.strip()] = float(number)
        except ValueError:
            raise typer.BadParameter(f"--set {pair}: write it like a=2.5") from None
    return inputs


def _fail(error: ChainruleError) -> NoReturn:
    place = "" if error.line is None else f"line {error.line}, column {error.column}: "
    console = Console(stderr=True, highlight=False, markup=False)
    console.print(f"{place}{error.message}", style="red")
    if error.hint:
        console.print(f"Try: {error.hint}")
    raise typer.Exit(1)


def _show(traced: Trace, console: Console) -> None:
    """Print what the program printed, then its values and gradients."""
    table = Table(box=None, header_style="bold")
    for heading in ("node", "name", "operation", "value", "gradient"):
        table.add_column(heading, justify="right" if heading in ("value", "gradient") else "left")
    for node, reaches in zip(traced.nodes, traced.reaches, strict=True):
        if reaches:
            name = node.name or (
                traced.source[slice(*node.span)] if node.span and node.operation else ""
            )
            operation = node.operation.name if node.operation else node.kind
            table.add_row(
                f"n{node.position}", name[:40], operation, f"{node.value:.6g}", f"{node.grad:.6g}"
            )
    for line in traced.margin.console:
        console.print(line)
    console.print(table)
    for warning in traced.margin.warnings:
        console.print(f"Warning: {warning}")
    for node in traced.nodes:
        for warning in node.warnings:
            console.print(f"Warning: {node.name or f'n{node.position}'}: {warning}")


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
