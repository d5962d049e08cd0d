"""clang-format, `ruff format` and order of imports over the project's own files; --check changes nothing."""

from __future__ import annotations

import argparse
import pathlib
import subprocess
import sys

from repository import ROOT, files

RUFF = pathlib.Path(sys.executable).parent / "ruff"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev fmt", description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument("paths", nargs="*", help="these files instead of all")
    options = parser.parse_args()
    cpp = [n for n in files(".cpp", ".h") if not options.paths or n in options.paths]
    python = [n for n in files(".py") if not options.paths or n in options.paths]
    status = 0
    if cpp:
        mode = ["--dry-run", "-Werror"] if options.check else ["-i"]
        status |= subprocess.run(["clang-format-19", *mode, *cpp], cwd=ROOT).returncode
    if python:
        if not options.check:
            subprocess.run(
                [RUFF, "check", "--quiet", "--force-exclude", "--select", "I", "--fix", *python],
                cwd=ROOT,
            )
        mode = ["--check"] if options.check else []
        # --force-exclude: the exclusions of pyproject.toml hold for files named here too.
        status |= subprocess.run(
            [RUFF, "format", "--quiet", "--force-exclude", *mode, *python], cwd=ROOT
        ).returncode
    print(
        f"{'checked' if options.check else 'formatted'} {len(cpp)} C++ and {len(python)} Python files"
    )
    if status and options.check:
        print("./dev fmt puts it right")
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main())
