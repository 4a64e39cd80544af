"""How Values and Traces show themselves in a notebook, whatever draws them."""

from __future__ import annotations

import pytest

from engine import Value, notebook, trace


class Drawer:
    """An entry point, as an installed package has it."""

    def __init__(self, draw):
        self.draw = draw

    def load(self):
        return self.draw


@pytest.fixture
def installed(monkeypatch):
    """Return a function that installs what draws."""

    def install(*draws):
        groups = {notebook.GROUP: [Drawer(draw) for draw in draws]}
        monkeypatch.setattr(notebook, "entry_points", lambda group: groups[group])
        notebook._drawers.cache_clear()

    yield install
    notebook._drawers.cache_clear()


def test_trace_and_value_are_drawn_by_what_is_installed(installed):
    installed(lambda traced: f"<p>{traced.value}</p>")
    assert trace("y = 2*x", {"x": 3})._repr_html_() == "<p>6.0</p>"
    x = Value(3.0)
    assert (x * x)._repr_html_() == "<p>9.0</p>"
    assert x.grad == 0.0  # showing a Value changes nothing in it


def test_without_a_drawer_a_value_stays_text(installed):
    installed()
    assert Value(2.0)._repr_html_() is None
    installed(lambda traced: None)
    assert Value(2.0)._repr_html_() is None


def test_value_made_by_hand_is_an_input_with_a_gradient(installed):
    seen = []
    installed(seen.append)
    x = Value(3.0)
    assert (x * 2.0)._repr_html_() is None
    assert [node.kind for node in seen[0].nodes] == ["input", "constant", "operation"]
    assert seen[0].nodes[0].grad == 2.0
