"""Times the examples: original, version written by hand, and rewritten version if there is one.

    python bench/examples.py [--runs N] [--rewritten FOLDER] [--json FILE] [EXAMPLE ...]
    python bench/examples.py --pair original.py expert.py [rewritten.py] [-- ARGUMENTS]

All versions run in turn within each round, in fresh processes and in the same working folder, and
so does the pair of independent half-size processes that bounds what two workers can reach. Every
version must print the same and write the same files as the original, or the run ends with 1.

FOLDER holds the rewritten programs under the names they have in examples/ (raytracer/raytracer.py).

Columns: median seconds with median absolute deviation; gain over the original (median of the
ratios within each round, with a 95 % bootstrap interval); ratio to the expert (above 1: faster
than the expert); share of the gain that two independent processes reach in the same rounds.
"""

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "bench" / "expert"))

import two_processes  # noqa: E402


def run(command, folder):
    """Seconds, and a digest of exit code, output and files of one run in a fresh process."""
    start = time.perf_counter()
    done = subprocess.run(command, cwd=folder, capture_output=True)
    seconds = time.perf_counter() - start
    digest = hashlib.sha256(repr((done.returncode, done.stdout)).encode())
    for path in sorted(Path(folder).rglob("*")):
        if path.is_file():
            digest.update(str(path.relative_to(folder)).encode())
            digest.update(path.read_bytes())
    if done.returncode:
        sys.stderr.buffer.write(done.stderr)
    return seconds, digest.hexdigest()


def interval(ratios, rounds=2000):
    """95 % bootstrap interval of the median."""
    rng = random.Random(1)
    medians = sorted(statistics.median(rng.choices(ratios, k=len(ratios))) for _ in range(rounds))
    return medians[int(0.025 * rounds)], medians[int(0.975 * rounds)]


def spread(values):
    middle = statistics.median(values)
    return statistics.median(abs(value - middle) for value in values)


def measure(versions, arguments, folder, runs, halves=None):
    """Times of every version, round by round; `halves` is the command of a half-size run."""
    times = {label: [] for label in versions}
    if halves:
        times["two processes"] = []
    expected = None
    same = True
    for number in range(runs + 1):
        for label, script in versions.items():
            seconds, digest = run([sys.executable, str(script)] + arguments, folder)
            if expected is None:
                expected = digest
            if digest != expected:
                same = False
                print("  %s gives another result than the original" % label)
            if number:  # the first round warms caches and is not counted
                times[label].append(seconds)
        if halves and number:
            times["two processes"].append(two_processes.timed(halves, folder, copies=2))
    return times, same


def table(name, times):
    """Print one block of results and return it as plain data."""
    original = times["original"]
    rows = {}
    print(name)
    for label, seconds in times.items():
        ratios = [a / b for a, b in zip(original, seconds)]
        row = {"median": statistics.median(seconds), "mad": spread(seconds), "times": seconds}
        row["gain"] = statistics.median(ratios)
        row["gain_low"], row["gain_high"] = interval(ratios)
        for key, other in (("to_expert", "expert"), ("share", "two processes")):
            if other in times and label not in ("original", "two processes"):
                row[key] = statistics.median(a / b for a, b in zip(times[other], seconds))
        rows[label] = row
    for label, row in rows.items():
        line = "  %-14s %7.3f s ± %.3f" % (label, row["median"], row["mad"])
        if label != "original":
            line += "   gain %.2fx (%.2f to %.2f)" % (
                row["gain"],
                row["gain_low"],
                row["gain_high"],
            )
        if "to_expert" in row and label != "expert":
            line += "   to expert %.2f" % row["to_expert"]
        if "share" in row:
            line += "   share of possible %.2f" % row["share"]
        print(line)
    sys.stdout.flush()
    return rows


def machine():
    cpus = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else float("nan")
    return {"cpus": cpus, "load": load, "python": sys.version.split()[0]}


def example(name, runs, rewritten):
    script, whole, _ = two_processes.WORK[name]
    versions = {
        "original": ROOT / "examples" / script,
        "expert": ROOT / "bench" / "expert" / script,
    }
    if rewritten:
        path = Path(rewritten).resolve() / script
        if path.exists():
            versions["rewritten"] = path
        else:
            print("%s: no rewritten version at %s" % (name, path))
    with tempfile.TemporaryDirectory() as folder:
        two_processes.prepare(name, folder)
        _, half = two_processes.commands(name)
        return measure(versions, whole, folder, runs, half)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "names",
        nargs="*",
        metavar="EXAMPLE",
        help="default: all examples; with --pair: arguments for the scripts",
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--rewritten", metavar="FOLDER")
    parser.add_argument(
        "--pair",
        nargs="+",
        metavar="SCRIPT",
        help="original, expert and optionally rewritten script of any program",
    )
    parser.add_argument("--json", metavar="FILE")
    args = parser.parse_args()
    if args.runs < 1:
        parser.error("--runs must be at least 1")

    about = machine()
    print("%(cpus)d CPUs, load %(load).2f, Python %(python)s" % about)
    results = {}
    all_same = True
    if args.pair:
        if not 2 <= len(args.pair) <= 3:
            parser.error("--pair takes two or three scripts")
        labels = ["original", "expert", "rewritten"]
        versions = {label: Path(path).resolve() for label, path in zip(labels, args.pair)}
        with tempfile.TemporaryDirectory() as folder:
            times, all_same = measure(versions, args.names, folder, args.runs)
        results[args.pair[0]] = table(args.pair[0], times)
    else:
        for name in args.names:
            if name not in two_processes.WORK:
                parser.error("no example %s; there are %s" % (name, ", ".join(two_processes.WORK)))
        for name in args.names or two_processes.WORK:
            times, same = example(name, args.runs, args.rewritten)
            results[name] = table(name, times)
            all_same = all_same and same
    if args.json:
        with open(args.json, "w", encoding="utf-8") as out:
            json.dump({"machine": about, "results": results}, out, indent=1)
    return 0 if all_same else 1


if __name__ == "__main__":
    sys.exit(main())
