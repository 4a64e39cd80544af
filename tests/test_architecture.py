"""The rules that keep the project simple, as tests."""

from __future__ import annotations

import ast
import hashlib
import json
import re
import subprocess
import sys
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from engine.operations import OPERATIONS

ROOT = Path(__file__).resolve().parent.parent
STATIC = ROOT / "static"
PURE = [
    path
    for path in sorted((STATIC / "js").glob("*.js"))
    if "Pure." in path.read_text().partition("*/")[0]
]
"""Modules that touch no page, as the head of each says; ESLint reads the same heads."""

LONG_MODULES = {
    *("operations", "cli", "expressions", "run", "value", "trace", "spelling"),
    *("members", "habits", "operation", "listing"),
}
LONG_FUNCTIONS = {"trace", "__init__"}

LAYERS = ("spelling", "hints", "program", "runtime", "values", "library", "interpreter")
"""The parts of the language from the text up: each imports those before it, and none after it."""


def imports(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", sorted((ROOT / "engine").rglob("*.py")), ids=str)
def test_engine_knows_the_standard_library_and_numpy_alone(path):
    known = sys.stdlib_module_names - {"json"} | {"engine", "numpy"}
    assert {name.partition(".")[0] for name in imports(path)} <= known


def engine_imports(root: Path = ROOT) -> dict[str, set[str]]:
    """Which modules of engine each of them imports, on top or within a function."""
    paths = {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (root / "engine").rglob("*.py")
    }
    graph = {}
    for name, path in paths.items():
        named: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                named |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert not node.level, f"{name} imports by dots"
                parts = {f"{node.module}.{alias.name}" for alias in node.names}
                named |= {part if part in paths else str(node.module) for part in parts}
        graph[name] = named & paths.keys()
    return graph


def upward(graph: dict[str, set[str]]) -> set[tuple[str, str]]:
    """Which imports of the language go against the order of its layers."""

    def height(name: str) -> int:
        layer = name.removeprefix("engine.language").strip(".").partition(".")[0]
        return LAYERS.index(layer) if layer else len(LAYERS)  # the package itself is the top

    return {
        (name, below)
        for name, named in graph.items()
        for below in named
        if name.startswith("engine.language")
        and below.startswith("engine.language")
        and height(below) > height(name)
    }


def test_no_module_of_engine_needs_one_that_needs_it():
    TopologicalSorter(engine_imports()).prepare()


def test_each_layer_of_the_language_imports_those_below_it_alone():
    assert upward(engine_imports()) == set()


def test_a_module_that_needs_one_that_needs_it_is_found_within_functions_too(tmp_path):
    (tmp_path / "engine").mkdir()
    (tmp_path / "engine" / "one.py").write_text("from engine import two")
    (tmp_path / "engine" / "two.py").write_text("def late():\n    from engine.one import name")
    with pytest.raises(CycleError):
        TopologicalSorter(engine_imports(tmp_path)).prepare()


def test_a_library_that_knows_its_interpreter_is_found(tmp_path):
    library, interpreter = (tmp_path / "engine/language" / name for name in LAYERS[-2:])
    for folder in (library, interpreter):
        folder.mkdir(parents=True)
    (interpreter / "calls.py").write_text("from engine.language.library import lists")
    (library / "lists.py").write_text("def late():\n    import engine.language.interpreter.calls")
    assert upward(engine_imports(tmp_path)) == {
        ("engine.language.library.lists", "engine.language.interpreter.calls")
    }


def test_nothing_but_the_table_lists_operations():
    names = {
        name.replace("_", "")
        for row in OPERATIONS.values()
        for name in (row.name, row.symbol, *row.aliases)
    }
    lists = set()
    for path in [
        *(ROOT / "engine").rglob("*.py"),
        *(ROOT / "app").rglob("*.py"),
        *STATIC.glob("js/**/*.js"),
    ]:
        words = re.findall(r"[\"'](\w+)[\"']", path.read_text())
        if len({word.lower().replace("_", "") for word in words} & names) > 4:
            lists.add(path.name)
    # PyTorch's classes and NumPy's functions have names of their own; a loss is made of several.
    assert lists == {"operations.py", "layers.py", "numbers.py", "losses.py"}


@pytest.mark.parametrize("path", PURE, ids=lambda path: path.stem)
def test_pure_modules_touch_no_page(path):
    code = re.sub(r"/\*.*?\*/|//.*", "", path.read_text(), flags=re.S)
    assert not re.search(r"\b(document|window|localStorage|fetch|location)\b", code)
    for target in re.findall(r'from "\./([^"]+)"', code):
        assert STATIC / "js" / target in PURE, target


def test_views_import_no_other_view_and_no_state():
    for path in (STATIC / "js" / "view").glob("*.js"):
        code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        for target in re.findall(r'from "([^"]+)"', code):
            assert target.startswith("../../vendor/") or target in {"./dom.js", "../ranges.js"}


def test_drawings_know_nothing_of_one_another():
    for path in (STATIC / "js" / "drawings").glob("*.js"):
        if path.name == "stage.js":
            continue  # only gathers those that stand together
        targets = re.findall(r'from "([^"]+)"', path.read_text())
        assert all(target.startswith("../") for target in targets), path.name
        assert "../main.js" not in targets


def test_routes_are_short():
    for path in (ROOT / "app" / "routes").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.AsyncFunctionDef):
                statements = [s for s in ast.walk(node) if isinstance(s, ast.stmt)]
                assert len(statements) <= 10, node.name


def test_routes_know_nothing_of_one_another():
    for path in (ROOT / "app" / "routes").glob("*.py"):
        assert not {name for name in imports(path) if name.startswith("app.routes")}, path.name


def test_modules_and_functions_stay_short():
    long_modules, long_functions = set(), set()
    for folder in ("engine", "app"):
        for path in (ROOT / folder).rglob("*.py"):
            text = path.read_text()
            if text.count("\n") > 250:
                long_modules.add(path.stem)
            for node in ast.walk(ast.parse(text)):
                is_function = isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
                if is_function and node.end_lineno - node.lineno >= 40:
                    long_functions.add(node.name)
    # Those that are longer already: the lists may only become shorter.
    assert long_modules == LONG_MODULES
    assert long_functions == LONG_FUNCTIONS


def test_vendored_files_are_what_the_manifest_says():
    manifest = json.loads((STATIC / "vendor" / "manifest.json").read_text())
    found = {
        str(path.relative_to(STATIC / "vendor")): "sha256-"
        + hashlib.sha256(path.read_bytes()).hexdigest()
        for path in (STATIC / "vendor").rglob("*")
        if path.is_file() and path.name != "manifest.json"
    }
    assert found == manifest["files"]
    lock = json.loads((STATIC / "package-lock.json").read_text())["packages"]
    for name, package in manifest["packages"].items():
        assert package["licence"]
        assert lock[f"node_modules/{name}"]["version"] == package["version"]


def test_no_step_has_the_browser_look_through_the_drawing():
    # A change within what :has() asks about, or within a container of a size, has every card styled
    # anew: a step of a thousand cards then takes a tenth of a second.
    for path in STATIC.glob("css/*.css"):
        code = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
        assert not re.search(r"\.(stage|canvas|below|panel|remarks|band)\b[^,{ ]*:has\(", code), (
            path
        )
        assert not re.search(r"\.canvas \{[^}]*container", code), path


def test_first_paint_needs_less_than_half_a_megabyte():
    import gzip

    first = ["vendor/d3.js", "vendor/codemirror.js", "vendor/katex.js", "vendor/katex.css"]
    files = [STATIC / name for name in first] + [*STATIC.glob("js/**/*.js"), *STATIC.glob("css/*")]
    assert sum(len(gzip.compress(path.read_bytes())) for path in files) < 500_000


def test_repository_speaks_of_the_project_alone():
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.split():
        path = ROOT / name
        if "vendor" in path.parts or path.suffix == ".png" or not path.is_file():
            continue
        text = path.read_text(encoding="utf-8")
        assert '"resolved"' not in text or name.startswith("tests/")
        assert not re.search(r"registry\.npmjs|files\.pythonhosted|deb\.debian\.org", text) or (
            name.startswith("tests/")
        )
