"""What two independent processes reach at all on this machine, for a given program.

A parallel version cannot beat two processes that share nothing: each does half of the work, they
start together, and the later end counts. Their gain over one process doing the whole is the bound
that the share of a rewrite is computed against. It is below 2 wherever cores share caches,
memory or clock with each other or with somebody else.

    python two_processes.py [--runs N] [EXAMPLE ...]

The halves are sizes for the same program (see WORK), not halves of its input list: what is
measured is processor time side by side, start of the interpreter included, communication not.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

# name: (folder and script, arguments for the whole, arguments for each of the two halves).
# Two halves together do the work of the whole: half the photos, half the days, half the files.
# The picture is split by area, as rows differ in cost and cannot be picked from outside.
WORK = {
    "photo_filter": ("photo_filter/photo_filter.py", ["--photos", "80"], ["--photos", "40"]),
    "raytracer": ("raytracer/raytracer.py", ["--size", "660"], ["--size", "467"]),
    "log_stats": ("log_stats/log_stats.py", ["logs"], ["half"]),
    "monte_carlo": ("monte_carlo/clinic.py", ["--days", "5500"], ["--days", "2750"]),
}


def prepare(name, folder):
    """Write what the program reads, so that generating it is not part of any measurement."""
    if name != "log_stats":
        return
    make = [sys.executable, str(ROOT / "examples/log_stats/make_data.py")]
    subprocess.run(make + ["logs"], cwd=folder, check=True)
    half = Path(folder) / "half"
    half.mkdir()
    for path in sorted((Path(folder) / "logs").glob("*.log"))[::2]:
        os.link(path, half / path.name)


def timed(command, folder, copies=1):
    """Seconds until the last of `copies` simultaneous runs of the command has ended."""
    start = time.perf_counter()
    running = [
        subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL) for _ in range(copies)
    ]
    codes = [process.wait() for process in running]
    seconds = time.perf_counter() - start
    if any(codes):
        raise SystemExit("%s ended with %s" % (" ".join(command), codes))
    return seconds


def commands(name, python=sys.executable):
    """The command for the whole work, for one half alone."""
    script, whole, half = WORK[name]
    path = str(ROOT / "examples" / script)
    return [python, path] + whole, [python, path] + half


def possible_gain(one, half_alone, halves):
    """Gain of two processes over one, from times of the whole, of a half alone, of two halves.

    A half alone may take a little more or less than half of the whole (start-up, uneven work);
    the ratio of two halves to one half says how far the processes disturb each other.
    """
    return {"measured": one / halves, "disturbance": halves / half_alone}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="*", metavar="EXAMPLE", help="default: all of them")
    parser.add_argument("--runs", type=int, default=5)
    args = parser.parse_args()
    for name in args.names:
        if name not in WORK:
            parser.error("no example %s; there are %s" % (name, ", ".join(WORK)))
    print("%-14s %8s %8s %8s %10s %12s" % (
        "example", "whole", "half", "2 halves", "possible", "disturbance"))
    for name in args.names or WORK:
        with tempfile.TemporaryDirectory() as folder:
            prepare(name, folder)
            whole, half = commands(name)
            rounds = [
                (timed(whole, folder), timed(half, folder), timed(half, folder, copies=2))
                for _ in range(args.runs)
            ]
        one, alone, both = (statistics.median(column) for column in zip(*rounds))
        gain = possible_gain(one, alone, both)
        print("%-14s %7.2fs %7.2fs %7.2fs %9.2fx %11.2fx" % (
            name, one, alone, both, gain["measured"], gain["disturbance"]), flush=True)


if __name__ == "__main__":
    main()
