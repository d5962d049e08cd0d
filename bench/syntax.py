"""Speed and memory of parsing, as ratios measured in one run.

usage: ./dev bench syntax [--rounds N] [--binary PATH] [--quick]

Over the standard library of the running interpreter, on one core: our parser, CPython's ast.parse,
the tree-sitter wheel and ruff; peak memory for each byte of source; growth up to a file of 100 MB;
inputs that break parsers. Exits with 1 where a figure to hold is missed.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Callable

ROOT = pathlib.Path(__file__).resolve().parents[1]
TIMES_CPYTHON = 25.0
BYTES_PER_BYTE = 12.0
# A file ten times as long may take this many times ten as long.
GROWTH = 1.35
LONGEST = 20.0

IN_PROCESS = """
import ast, pathlib, sys, time, warnings
warnings.simplefilter("ignore")
sources = [pathlib.Path(line).read_bytes() for line in sys.stdin.read().splitlines()]
if sys.argv[1] == "tree-sitter":
    import tree_sitter, tree_sitter_python
    parse = tree_sitter.Parser(tree_sitter.Language(tree_sitter_python.language())).parse
else:
    parse = ast.parse
start = time.process_time()
for source in sources:
    try:
        parse(source)
    except (SyntaxError, ValueError):
        pass
print(time.process_time() - start)
"""


def main() -> int:
    options = options_of("syntax", __doc__, quick="10 MB instead of 100 MB")
    print(f"{options.binary}, CPython {sys.version.split()[0]}, {os.cpu_count()} cores")
    held = speed(options)
    with tempfile.TemporaryDirectory(prefix="unspool-bench-") as folder:
        held &= memory(options, pathlib.Path(folder))
        held &= growth(options, pathlib.Path(folder))
        held &= hard_inputs(options, pathlib.Path(folder))
    return 0 if held else 1


def options_of(name: str, description: str, quick: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"./dev bench {name}", description=description)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--binary", type=pathlib.Path, default=default_binary())
    parser.add_argument("--quick", action="store_true", help=quick)
    options = parser.parse_args()
    options.binary = options.binary.absolute()
    return options


def default_binary() -> pathlib.Path:
    return pathlib.Path(
        os.environ.get("UNSPOOL_BIN", ROOT / "build" / "release" / "bin" / "unspool")
    )


def standard_library() -> list[pathlib.Path]:
    folder = pathlib.Path(sysconfig.get_path("stdlib"))
    return sorted(path for path in folder.rglob("*.py") if path.is_file())


# ---- speed ------------------------------------------------------------------------------------


def speed(options: argparse.Namespace) -> bool:
    files = standard_library()
    size = sum(path.stat().st_size for path in files)
    contenders: dict[str, Callable[[], float]] = {
        "unspool debug parse": lambda: ours(options.binary, files),
        "CPython ast.parse": lambda: in_process("ast", files),
        "tree-sitter wheel": lambda: in_process("tree-sitter", files),
        "ruff analyze graph *": ruff,
    }
    seconds: dict[str, list[float]] = {name: [] for name in contenders}
    # Interleaved, so that a slow minute of the machine hits all alike.
    for _ in range(options.rounds):
        for name, run in contenders.items():
            try:
                seconds[name].append(run())
            except (OSError, subprocess.CalledProcessError) as error:
                print(f"{name}: {error}", file=sys.stderr)
    print(
        f"\nParsing {len(files)} files, {size / 1e6:.1f} MB, one thread, processor time,"
        f" median of {options.rounds}"
    )
    cpython = statistics.median(seconds["CPython ast.parse"])
    for name, runs in seconds.items():
        if runs:
            took = statistics.median(runs)
            rate = size / took / 1e6
            print(f"  {name:22} {took:8.3f} s {rate:8.1f} MB/s {cpython / took:7.1f} x ast.parse")
    print("  * the whole process, time on the wall: reads, parses and collects imports")
    ratio = cpython / statistics.median(seconds["unspool debug parse"])
    return verdict("times ast.parse", ratio, ">=", TIMES_CPYTHON)


def ours(binary: pathlib.Path, files: list[pathlib.Path]) -> float:
    done = run_ours(binary, ["--quiet", *map(str, files)])
    return float(re.search(r"^parsing +([\d.]+) s", done.stdout, re.MULTILINE)[1])


def run_ours(binary: pathlib.Path, arguments: list[str]) -> subprocess.CompletedProcess:
    done = subprocess.run([binary, "debug", "parse", *arguments], capture_output=True, text=True)
    if done.returncode not in (0, 1):
        raise subprocess.CalledProcessError(done.returncode, done.args, done.stdout, done.stderr)
    return done


def in_process(which: str, files: list[pathlib.Path]) -> float:
    done = subprocess.run(
        [sys.executable, "-c", IN_PROCESS, which],
        input="\n".join(map(str, files)), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return float(done.stdout)


def ruff() -> float:
    command = [ROOT / ".venv" / "bin" / "ruff", "analyze", "graph", "--isolated", "--no-cache"]
    if (
        "--no-cache"
        not in subprocess.run([*command[:3], "--help"], capture_output=True, text=True).stdout
    ):
        command.remove("--no-cache")
    start = time.perf_counter()
    subprocess.run(
        [*command, sysconfig.get_path("stdlib")],
        capture_output=True, check=True, env={**os.environ, "RAYON_NUM_THREADS": "1"},
    )  # fmt: skip
    return time.perf_counter() - start


# ---- memory -----------------------------------------------------------------------------------


def peak(command: list[str]) -> tuple[int, int]:
    """Peak resident bytes and exit code (negative: a signal) of a process."""
    pid = os.posix_spawn(
        command[0], command, os.environ,
        file_actions=[
            (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
            (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        ],
    )  # fmt: skip
    _, status, usage = os.wait4(pid, 0)
    return usage.ru_maxrss * 1024, os.waitstatus_to_exitcode(status)


def memory(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    parse = [str(options.binary), "debug", "parse", "--quiet"]
    empty = folder / "empty.py"
    empty.touch()
    base, _ = peak([*parse, str(empty)])
    files = standard_library()
    size = sum(path.stat().st_size for path in files)
    all_kept, _ = peak([*parse, "--keep", *map(str, files)])
    largest = max(files, key=lambda path: path.stat().st_size)
    one, _ = peak([*parse, str(largest)])
    print(f"\nPeak memory above an empty process ({base / 1e6:.1f} MB), for each byte of source")
    kept = (all_kept - base) / size
    alone = (one - base) / largest.stat().st_size
    print(f"  all files, trees and texts kept   {kept:6.2f}")
    print(f"  {largest.name + ' alone':33} {alone:6.2f}")
    return verdict("bytes per byte", kept, "<=", BYTES_PER_BYTE)


# ---- growth and hard inputs -------------------------------------------------------------------


def growth(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    unit = b"".join(
        path.read_bytes() + b"\n"
        for path in standard_library()
        if path.parent.name != "test" and is_plain(path.read_bytes())
    )[:1_000_000]
    unit = unit[: unit.rindex(b"\n\ndef ")] + b"\n"
    print("\nGrowth: one file")
    rates = []
    for megabytes in (1, 10) if options.quick else (1, 10, 100):
        path = folder / "long.py"
        path.write_bytes(unit * megabytes)
        took = min(ours(options.binary, [path]) for _ in range(3 if megabytes < 100 else 1))
        rates.append(took / megabytes)
        bytes_used, _ = peak([str(options.binary), "debug", "parse", "--quiet", str(path)])
        size = path.stat().st_size
        print(f"  {size / 1e6:7.1f} MB {took:8.3f} s {size / took / 1e6:8.1f} MB/s"
              f" {bytes_used / size:6.2f} bytes per byte")  # fmt: skip
    return verdict("slowest share over fastest", max(rates) / min(rates), "<=", GROWTH)


def is_plain(source: bytes) -> bool:
    return source.isascii() and b"from __future__" not in source


def hard_inputs(options: argparse.Namespace, folder: pathlib.Path) -> bool:
    n = 100_000
    inputs = {
        "10,000 nested parentheses": "(" * 10_000 + ")" * 10_000,
        "150 nested parentheses": "(" * 150 + "1" + ")" * 150,
        "a line of 10 MB": "x = [" + "1234567, " * 1_100_000 + "]",
        "a string of 10 MB": "x = '''" + "abc \\n é\n" * 1_000_000 + "'''",
        "a comment of 10 MB": "#" + "x" * 10_000_000,
        "100,000 elif": "if a: pass\n" + "elif b: pass\n" * n,
        "100,000 terms": "x = " + " + ".join(["a"] * n),
        "100,000 not": "x = " + "not " * n + "a",
        "100,000 minus": "x = " + "-" * n + "a",
        "100,000 powers": "x = " + " ** ".join(["a"] * n),
        "100,000 attributes": "x = a" + ".b" * n,
        "100,000 calls": "x = a" + "()" * n,
        "100,000 lambdas": "x = " + "lambda: " * n + "a",
        "100,000 conditionals": "x = " + "a if b else " * n + "c",
        "100,000 targets": "a = " * n + "1",
        "100,000 comparisons": "x = " + " < ".join(["a"] * n),
        "100,000 brackets open": "[" * n,
        "100,000 decorators": "@a\n" * n + "def f(): pass",
        "99 levels of indentation": "".join(" " * i + "if a:\n" for i in range(99)) + " " * 99 + "a",
        "200 levels of indentation": "".join(" " * i + "if a:\n" for i in range(200)),
        "100,000 f-strings": "x = " + "f'{a}' " * n,
        "f-string with 100,000 fields": "x = f'" + "{a}" * n + "'",
        "100,000 stray brackets": ")\n" * n,
        "100,000 half strings": "'\n" * n,
        "100,000 colons": ":" * n,
        "100,000 def without body": "def f():\n" * n,
        "10 MB of zeros": "x = " + "0" * 10_000_000,
        "10 MB of nonsense": "".join(chr(33 + i * i * 7 % 90) for i in range(10_000_000)),
        "1,000,000 empty lines": "\n" * 1_000_000 + "a",
        "100,000 joined lines": "x = " + "1 + \\\n" * n + "1",
    }  # fmt: skip
    print("\nHard inputs")
    held = True
    for name, text in inputs.items():
        path = folder / "hard.py"
        path.write_text(text)
        start = time.perf_counter()
        try:
            done = subprocess.run(
                [options.binary, "debug", "parse", str(path)],
                capture_output=True, text=True, timeout=LONGEST,
            )  # fmt: skip
            outcome = "accepted" if done.returncode == 0 else done.stderr.partition("Error: ")[2]
            fine = done.returncode in (0, 1)
            if not fine:
                outcome = f"ended with code {done.returncode}"
        except subprocess.TimeoutExpired:
            outcome, fine = "takes too long", False
        held &= fine
        took = time.perf_counter() - start
        rate = path.stat().st_size / took / 1e6
        print(f"  {name:30} {took:7.3f} s {rate:7.1f} MB/s  {outcome.strip()[:60]}")
    return held


def verdict(what: str, value: float, relation: str, bound: float) -> bool:
    held = value >= bound if relation == ">=" else value <= bound
    print(f"  {'held' if held else 'MISSED'}: {what} {value:.2f} {relation} {bound}")
    return held


if __name__ == "__main__":
    sys.exit(main())
