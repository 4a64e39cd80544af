"""`python3 tests`: set up whatever is missing, then run all tests, in Python and in JavaScript.

Arguments go to pytest. The browser comes from Debian where this may install it; elsewhere the tests
say what is missing. With CI set, the comparisons with PyTorch and JAX are installed and run, too.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from app import bootstrap  # noqa: E402 - the line above makes it found

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> None:
    """Install, then test."""
    in_ci = bool(os.environ.get("CI"))
    python = bootstrap.environment("test", *(["torch", "jax"] if in_ci else []))
    if not any(map(shutil.which, BROWSERS)) and bootstrap.is_debian_root():
        print("Installing Chromium from Debian.", flush=True)
        bootstrap.install_debian("chromium", "fonts-dejavu")
    if in_ci:
        os.environ["CHAINRULE_NOTHING_MAY_BE_MISSING"] = "1"
        bootstrap.run(python, ROOT / "tests" / "node.py", "ci")
    bootstrap.run(python, "-m", "pytest", *sys.argv[1:], cwd=ROOT)


if __name__ == "__main__":
    main()
