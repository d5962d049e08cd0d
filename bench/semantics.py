"""Speed, memory and growth of whole-program semantics, as ratios measured in one run.

usage: ./dev bench semantics [--rounds N] [--binary PATH] [--quick]

Over a copy of the standard library with its tests, all cores, cold, output discarded: parsing,
scopes and modules beside `ruff check --select ALL`; all that and types and call graph beside `ty
check`; peak memory; time per line from 10,000 to 2,000,000 lines of packages of one kind; the same
answer with one and with many threads. Exits with 1 where a figure to hold is missed.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time

from syntax import options_of, peak, verdict

ROOT = pathlib.Path(__file__).resolve().parents[1]
TOOLS = ROOT / ".venv" / "bin"
MEMORY = 1 << 30
GROWTH = 1.25
LINES = (10_000, 50_000, 250_000, 2_000_000)
# A package that imports relatively, so that each copy is a program of its own.
UNIT = "asyncio"


def main() -> int:
    options = options_of("semantics", __doc__, quick="growth to 250,000 lines only")
    print(f"{options.binary}, {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory(prefix="unspool-bench-") as name:
        folder = pathlib.Path(name)
        library = folder / "library"
        shutil.copytree(
            sysconfig.get_path("stdlib"), library, ignore=ignored, ignore_dangling_symlinks=True
        )
        held = speed(options, library)
        held &= threads(options, library / UNIT)
        held &= growth(options, folder)
    return 0 if held else 1


def ignored(folder: str, names: list[str]) -> list[str]:
    """What is not the library's own source."""
    return [
        name
        for name in names
        if name in ("__pycache__", "dist-packages", "site-packages")
        or not (name.endswith(".py") or os.path.isdir(os.path.join(folder, name)))
    ]


def lines_of(folder: pathlib.Path) -> int:
    return sum(path.read_bytes().count(b"\n") for path in folder.rglob("*.py"))


def took(command: list[str | pathlib.Path], folder: pathlib.Path) -> float:
    start = time.perf_counter()
    done = subprocess.run(
        list(map(str, command)), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    if done.returncode not in (0, 1):
        raise SystemExit(f"{command[0]} ended with {done.returncode}: {done.stderr[-300:]!r}")
    return time.perf_counter() - start


def speed(options: argparse.Namespace, library: pathlib.Path) -> bool:
    contenders = {
        "unspool debug modules": [options.binary, "debug", "modules", "."],
        "ruff check --select ALL": [
            TOOLS / "ruff", "check", "--isolated", "--select", "ALL", "--exit-zero", "--no-cache",
            "--quiet", ".",
        ],
        "unspool debug callgraph": [options.binary, "debug", "callgraph", "."],
        "ty check": [TOOLS / "ty", "check", "--exit-zero", "--quiet", "."],
    }  # fmt: skip
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    # Interleaved, so that a slow minute of the machine hits all alike.
    for _ in range(options.rounds):
        for name, command in contenders.items():
            seconds[name].append(took(command, library))
    lines = lines_of(library)
    print(f"\nThe standard library, {lines:,} lines, median of {options.rounds}")
    for name, runs in seconds.items():
        middle = statistics.median(runs)
        print(f"  {name:24} {middle:8.3f} s {lines / middle / 1e3:8.0f} lines/ms")
    held = True
    for ours, theirs in (
        ("unspool debug modules", "ruff check --select ALL"),
        ("unspool debug callgraph", "ty check"),
    ):
        ratios = [a / b for a, b in zip(seconds[ours], seconds[theirs])]
        held &= verdict(f"time of {ours}, of {theirs}'s", statistics.median(ratios), "<=", 1.0)
    for name in ("modules", "callgraph"):
        used, _ = peak([str(options.binary), "debug", name, str(library)])
        held &= verdict(f"GiB of debug {name}", used / MEMORY, "<=", 1.0)
    return held


def threads(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    print("\nThe same with one and with many threads")
    answers = set()
    for count in (1, 2, 8):
        done = subprocess.run(
            [options.binary, "debug", "callgraph", "--threads", str(count), "."],
            cwd=folder, capture_output=True, check=True,
        )  # fmt: skip
        answers.add(hashlib.sha256(done.stdout).hexdigest())
    return verdict("different answers", len(answers), "<=", 1)


def growth(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    unit = pathlib.Path(sysconfig.get_path("stdlib")) / UNIT
    lines = lines_of(unit)
    print(f"\nGrowth: copies of {UNIT}, {lines:,} lines each, as packages of one project")
    rates = []
    for wanted in LINES[:3] if options.quick else LINES:
        tree = folder / "growth"
        shutil.rmtree(tree, ignore_errors=True)
        copies = max(1, round(wanted / lines))
        for number in range(copies):
            shutil.copytree(unit, tree / f"package{number}", ignore=ignored)
        command = [options.binary, "debug", "callgraph", "."]
        runs = 3 if wanted <= 250_000 else 1
        # What every run costs, whatever it reads, is not growth.
        (folder / "empty").mkdir(exist_ok=True)
        base = min(took(command, folder / "empty") for _ in range(3))
        seconds = min(took(command, tree) for _ in range(runs)) - base
        rates.append(seconds / (copies * lines))
        print(f"  {copies * lines:10,} lines {seconds:8.3f} s {rates[-1] * 1e6:8.2f} µs per line")
    return verdict("slowest line over fastest", max(rates) / min(rates), "<=", GROWTH)


if __name__ == "__main__":
    sys.exit(main())
