"""Runs every generator; with --check, only says which file is not what its generator makes.

A generator is a Python file that takes --check itself and prints what is out of date.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

from repository import ROOT

GENERATORS = [
    # sorted: begin
    "src/source/generate_encodings.py",
    "tools/generate_reference.py",
    "tools/generate_unicode.py",
    # sorted: end
]


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev generate", description=__doc__)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    status = 0
    for generator in GENERATORS:
        command = [sys.executable, ROOT / generator, *(["--check"] if options.check else [])]
        status |= subprocess.run(command, cwd=ROOT).returncode
    print(f"{'checked' if options.check else 'ran'} {len(GENERATORS)} generators")
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main())
