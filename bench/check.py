"""Speed of `check`, and how it grows, as ratios measured in one run.

usage: ./dev bench check [--rounds N] [--binary PATH]

Over the standard library of the running interpreter without its tests: `unspool check` and ruff with
all its rules; a quarter, half and all of the files; one file of each of several shapes, and one four
times as long. Exits with 1 where time grows much faster than the input.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parents[1]
# Something four times as long may take this many times four as long.
GROWTH = 1.6
SMALL, LARGE = 250, 1000

SHAPES: dict[str, Callable[[int], str]] = {
    "loops in one function": lambda count: (
        "def work(x):\n    return x * x\n\ndef main():\n    total = []\n"
        + "".join(
            f"    for i{n} in range(9):\n        total.append(work(i{n}))\n" for n in range(count)
        )
        + "main()\n"
    ),
    "loops of a module with variables of their own": lambda count: "".join(
        f"for i{n} in range(5):\n    v{n} = i{n} * 2\n" for n in range(count)
    ),
    "while loops in one function": lambda count: (
        "def f(x):\n"
        + "    i = 0\n    while i < x:\n        i += 1\n" * count
        + "    return 1\n\nf(9)\n"
    ),
    "functions that call the next": lambda count: (
        "".join(f"def f{n}(x):\n    return [f{n + 1}(y) for y in x]\n" for n in range(count))
        + f"def f{count}(x):\n    return x\n\nf0([[1]])\n"
    ),
    "functions with loops, each called": lambda count: (
        "".join(
            f"def f{n}(data):\n    out = []\n    for item in data:\n        out.append(item * {n})\n"
            f"    return out\n\n"
            for n in range(count)
        )
        + "".join(f"print(f{n}([1, 2, 3]))\n" for n in range(count))
    ),
    "classes with methods": lambda count: (
        "".join(
            f"class C{n}:\n    def __init__(self, x):\n        self.x = x\n        self.items = []\n"
            f"    def add(self, y):\n        self.items.append(self.x + y)\n        return self\n\n"
            for n in range(count)
        )
        + "".join(f"for i in range(5):\n    C{n}(i).add(i)\n" for n in range(count))
    ),
    "objects that unknown code holds": lambda count: (
        "import unknown_module\n\nshared = {}\n"
        + "".join(
            f"def f{n}(key):\n    value = [key, {{}}]\n    shared[key] = value\n"
            f"    unknown_module.keep(shared, value)\n    return value\n\n"
            for n in range(count)
        )
        + "".join(f"f{n}({n})\n" for n in range(count))
    ),
    "elif": lambda count: (
        "def f(x):\n    if x == 0:\n        return 0\n"
        + "".join(
            f"    elif x == {n}:\n        y = [z for z in range(x)]\n" for n in range(1, count)
        )
        + "    return 1\n\nprint([f(n) for n in range(9)])\n"
    ),
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev bench check", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--binary", type=pathlib.Path, default=ROOT / "build/release/bin/unspool")
    options = parser.parse_args()
    if not options.binary.exists():
        print(f"no engine at {options.binary}: build the release preset", file=sys.stderr)
        return 2
    print(f"{options.binary}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="unspool-bench-") as name:
        folder = pathlib.Path(name)
        standard_library(options, folder)
        return 0 if shapes(options, folder) else 1


def seconds(command: list[str | os.PathLike[str]], rounds: int) -> float:
    """The least of several runs."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        times.append(time.perf_counter() - began)
        if done.returncode not in (0, 1):
            raise SystemExit(f"{command}: {done.stderr.decode(errors='replace')[-500:]}")
    return min(times)


def check(binary: pathlib.Path, target: pathlib.Path) -> list[str | os.PathLike[str]]:
    return [binary, "check", "--isolated", "--exit-zero", "--silent", target]


def standard_library(options: argparse.Namespace, folder: pathlib.Path) -> None:
    stdlib = pathlib.Path(sysconfig.get_path("stdlib"))
    inner = ("test", "tests", "site-packages", "dist-packages", "__pycache__")
    files = [
        path
        for path in sorted(stdlib.rglob("*.py"))
        if not set(path.relative_to(stdlib).parts) & set(inner)
    ]
    whole = 0.0
    for share in (4, 2, 1):
        part = folder / f"part{share}"
        size = 0
        for path in files[::share]:
            copy = part / path.relative_to(stdlib)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)
            size += path.stat().st_size
        whole = seconds(check(options.binary, part), options.rounds)
        print(f"1/{share} of the standard library: {len(files[::share]):5} files, {size / 1e6:5.1f} MB, "
              f"{whole:6.2f} s, {size / 1e6 / whole:5.2f} MB/s", flush=True)  # fmt: skip
    ruff = pathlib.Path(sys.executable).with_name("ruff")
    if ruff.exists():
        command = [ruff, "check", "--select", "ALL", "--no-cache", "--isolated", "--quiet", part]
        other = seconds(command, options.rounds)
        print(f"ruff, all rules: {other:6.2f} s; unspool takes {whole / other:.2f} times that")


def shapes(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    held = True
    for name, write in SHAPES.items():
        times = []
        for count in (SMALL, LARGE):
            path = folder / f"shape{count}.py"
            path.write_text(write(count))
            times.append(seconds(check(options.binary, path), options.rounds))
        empty = folder / "empty.py"
        empty.write_text("")
        start = seconds(check(options.binary, empty), options.rounds)
        growth = (times[1] - start) / max(times[0] - start, 1e-3) / (LARGE / SMALL)
        held &= growth <= GROWTH
        print(f"{name}: {SMALL} in {times[0]:.3f} s, {LARGE} in {times[1]:.3f} s, growth "
              f"{growth:.2f} times linear{'' if growth <= GROWTH else '  MISSED'}", flush=True)  # fmt: skip
    return held


if __name__ == "__main__":
    sys.exit(main())
