"""Runs a sanitized executable over a fixed sample of CPython's standard library and its tests.

Findings about the sampled files are of no interest here; a sanitizer's report, a failed check, a
signal, a time-out or exit code 2 (which says that the command could not do its work) is a failure.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pathlib
import subprocess
import sys

from repository import ROOT, files

LIBRARY = pathlib.Path("/usr/lib/python3.11")
COMMANDS = [["debug", "parse", "--threads", "2"], ["check"]]
SINGLE = [["debug", "ast"], ["debug", "loops", "--output-format", "json"]]
ALARMS = ("Sanitizer", "runtime error:", "check failed")


def sample(count: int) -> list[str]:
    every = [p for p in LIBRARY.rglob("*.py") if p.stat().st_size < 200_000]
    every.sort(key=lambda p: hashlib.sha256(str(p.relative_to(LIBRARY)).encode()).digest())
    return [str(p) for p in every[:count]] + [str(ROOT / n) for n in files(".py", under="examples")]


def run(executable: str, arguments: list[str], paths: list[str], timeout: float) -> str | None:
    """What went wrong, or None."""
    environment = dict(os.environ)
    environment["ASAN_OPTIONS"] = "exitcode=99:detect_stack_use_after_return=1"
    environment["UBSAN_OPTIONS"] = "halt_on_error=1:exitcode=99:print_stacktrace=1"
    try:
        done = subprocess.run(
            [executable, *arguments, *paths],
            capture_output=True,
            timeout=timeout,
            env=environment,
            stdin=subprocess.DEVNULL,
        )
    except subprocess.TimeoutExpired:
        return f"no end within {timeout:.0f} s"
    errors = done.stderr.decode(errors="replace")
    if done.returncode < 0 or done.returncode > 1 or any(alarm in errors for alarm in ALARMS):
        return f"exit {done.returncode}\n{errors[-4000:]}"
    return None


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev asan", description=__doc__)
    parser.add_argument("executable")
    parser.add_argument("--files", type=int, default=150)
    options = parser.parse_args()
    paths = sample(options.files)
    failed = 0
    runs = [(command, paths) for command in COMMANDS]
    runs += [(command, [path]) for command in SINGLE for path in paths[:: max(1, len(paths) // 25)]]
    for command, some in runs:
        problem = run(options.executable, command, some, timeout=30 + 4 * len(some))
        if problem:
            failed += 1
            names = some[0] if len(some) == 1 else f"{len(some)} files"
            print(f"FAILED unspool {' '.join(command)} {names}: {problem}")
    print(f"{len(runs) - failed} passed, {failed} failed (sanitized runs over {len(paths)} files)")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
