"""clang-tidy and ruff on changed files, or on all.

A changed header is looked at through a source file that includes it: its own, its test, or the
first one found.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import json
import pathlib
import re
import shlex
import subprocess
import sys
import time

from repository import ROOT, changed, files, text

RUFF = pathlib.Path(sys.executable).parent / "ruff"
BUILD = ROOT / "build/lint"


def translation_units(names: list[str], compiled: list[str]) -> list[str]:
    """The source files to look at for the changed files `names`."""
    units = {name for name in names if name in compiled}
    for header in (name for name in names if name.endswith(".h")):
        stem = header.removesuffix(".h")
        include = f'#include "{header.removeprefix("src/")}"'
        users = [f"{stem}.cpp", f"{stem}_test.cpp", *compiled]
        unit = next((u for u in users if u in compiled and include in text(u)), None)
        if unit and not any(include in text(known) for known in units):
            units.add(unit)
    return sorted(units)


def compilation_database(folder: pathlib.Path) -> list[str]:
    """Writes the database without what only GCC reads; the files in it."""
    entries = json.loads((BUILD / "compile_commands.json").read_text())
    kept = []
    names = set()
    for entry in entries:
        file = pathlib.Path(entry["file"])
        if ROOT / "src" not in file.parents:
            continue
        words = shlex.split(entry["command"])
        cleaned = []
        skip = 0
        for index, word in enumerate(words):
            if skip:
                skip -= 1
            elif word == "-Winvalid-pch":
                continue
            elif word == "-include" and "cmake_pch" in words[index + 1]:
                skip = 1
            elif not cleaned and not re.search(r"(^|/)(c\+\+|g\+\+|clang\+\+)[\w.-]*$", word):
                continue  # launcher
            else:
                cleaned.append(word)
        kept.append({"directory": entry["directory"], "file": entry["file"], "arguments": cleaned})
        names.add(str(file.relative_to(ROOT)))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "compile_commands.json").write_text(json.dumps(kept))
    return sorted(names)


def tidy(unit: str, database: pathlib.Path) -> tuple[str, float, str, int]:
    begin = time.monotonic()
    command = ["clang-tidy-19", "--quiet", "-p", str(database), unit]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    output = done.stdout
    if done.returncode and not output.strip():
        output = done.stderr
    return unit, time.monotonic() - begin, output.strip(), done.returncode


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev lint", description=__doc__)
    parser.add_argument("--all", action="store_true", help="every file")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("paths", nargs="*", help="these files instead")
    options = parser.parse_args()

    names = options.paths or (files() if options.all else changed())
    python = [name for name in names if name.endswith(".py")]
    status = 0
    if python:
        done = subprocess.run([RUFF, "check", "--quiet", "--force-exclude", *python], cwd=ROOT)
        status |= done.returncode
    database = BUILD / "clang-tidy"
    units = translation_units(names, compilation_database(database))
    with concurrent.futures.ThreadPoolExecutor(options.jobs) as pool:
        for number, (unit, seconds, output, code) in enumerate(
            pool.map(lambda u: tidy(u, database), units), 1
        ):
            print(f"[{number}/{len(units)}] {unit} ({seconds:.1f} s)", flush=True)
            if output:
                print(output)
            status |= code
    print(f"linted {len(python)} Python files and {len(units)} C++ translation units")
    return 1 if status else 0


if __name__ == "__main__":
    sys.exit(main())
