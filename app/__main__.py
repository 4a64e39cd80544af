"""`python3 app`: set up whatever is missing, then serve the page and open it.

Arguments go to the command line: `python3 app trace -e "L = a*b"`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from app import bootstrap


def main() -> None:
    """Run the command line in an environment that has everything."""
    python = bootstrap.environment()
    arguments = sys.argv[1:] or ["serve", "--open"]
    program = [str(python), "-m", "app.cli", *arguments]
    try:
        if os.name == "nt":
            bootstrap.run(*program, cwd=bootstrap.ROOT)
        else:
            os.environ["PYTHONPATH"] = str(bootstrap.ROOT)
            os.execv(program[0], program)
    except KeyboardInterrupt:
        pass


if __name__ == "__main__":
    main()
