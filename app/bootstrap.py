"""Bootstrap: from a fresh checkout to an environment that runs, with the standard library alone.

`python3 app` and `python3 tests` begin here. Everything is installed into `.venv` beside the
code, once, and again only when `pyproject.toml` has changed.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
SCRIPTS = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")


def run(*command: str | Path, **options: object) -> None:
    """Run a command and end this program with its exit code if it fails."""
    code = subprocess.run([str(part) for part in command], check=False, **options).returncode  # type: ignore[call-overload]
    if code:
        sys.exit(code)


def is_debian_root() -> bool:
    """Tell whether Debian's packages can be installed here."""
    return shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0


def install_debian(*packages: str) -> None:
    """Install Debian packages."""
    quiet = {"stdout": subprocess.DEVNULL}
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    run("apt-get", "update", "-qq", env=environment, **quiet)
    run("apt-get", "install", "-y", "-qq", *packages, env=environment, **quiet)


def environment(*extras: str) -> Path:
    """Return the Python of an environment that has the project and its extras installed."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python may well run this line
        sys.exit("Chainrule needs Python 3.11 or newer.")
    stamp = HOME / f"installed-{'-'.join(('app', *extras))}"
    state = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == state and PYTHON.exists():
        return PYTHON
    print("Setting up .venv; this happens once.", flush=True)
    if not PYTHON.exists():
        make_home()
    wanted = f"{ROOT}[{','.join(extras)}]" if extras else str(ROOT)
    run(PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-e", wanted)
    stamp.write_text(state)
    return PYTHON


def make_home() -> None:
    """Create `.venv`; Debian keeps what that needs in a package of its own."""
    try:
        import ensurepip  # noqa: F401, PLC0415
    except ImportError:
        if not is_debian_root():
            sys.exit("Python's venv is missing; on Debian: apt-get install python3-venv")
        install_debian("python3-venv")
    venv.create(HOME, with_pip=True, clear=HOME.exists())
