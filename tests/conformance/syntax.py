"""Our parser against CPython's: same dumps, same files rejected, on real, damaged and generated
programs. See `run` for the options; ./dev conformance syntax runs everything."""

from __future__ import annotations

import argparse
import os
import pathlib
import sys

import corpora
import generate_programs
import interpreters
import mutate
from comparison import Comparison, Tally

ROOT = pathlib.Path(__file__).resolve().parents[2]
ALIKE_ROWS = 0.95
# More than that, and it is the oracle that is broken.
MAY_GIVE_UP = 0.02
SHOWN = 20


def main(arguments: list[str]) -> int:
    return run("syntax", __doc__, ["files", "mutations", "programs"], arguments)


def run(what: str, description: str, all_modes: list[str], arguments: list[str], *flags) -> int:
    """The comparison called `what`; `flags` are for both engines."""
    parser = argparse.ArgumentParser(prog=f"./dev conformance {what}", description=description)
    parser.add_argument(
        "--sample",
        type=int,
        nargs="?",
        const=250,
        metavar="N",
        help="only N files, and as many damaged ones (default 250)",
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--corpus",
        type=pathlib.Path,
        nargs="+",
        metavar="DIR",
        help="instead of the standard library and the corpus packages",
    )
    parser.add_argument(
        "--python",
        default=sys.executable,
        help="the CPython to compare with: a path, or a version like 3.14 (fetched; see "
        "interpreters.py)",
    )
    parser.add_argument("--binary", type=pathlib.Path, default=default_binary())
    parser.add_argument("--mode", choices=all_modes, action="append")
    parser.add_argument("--mutations", type=int, default=20_000, metavar="N")
    parser.add_argument("--programs", type=int, default=2_000, metavar="N")
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    options = parser.parse_args(arguments)  # fmt: skip
    options.python = interpreters.named(options.python)
    if not options.binary.exists():
        parser.error(f"{options.binary} is not there: build it, or name it with --binary")
    modes = options.mode or all_modes
    if options.sample is not None:
        options.mutations = options.sample
        modes = [mode for mode in modes if options.mode or mode != "programs"]

    comparison = Comparison(options.binary, options.python, options.processes, *flags)
    folders = options.corpus or [comparison.standard_library, corpora.PACKAGES]
    files = corpora.python_files(folders)
    if not files:
        parser.error("the corpus has no Python file")
    chosen = (
        files if options.sample is None else corpora.sample(files, options.sample, options.seed)
    )

    tallies: list[Tally] = []
    if "files" in modes:
        requests = ((str(path), path) for path in chosen)
        tallies.append(comparison.run("files", requests, len(chosen), cached=True))
    if "mutations" in modes:
        requests = mutate.mutants(files, options.mutations, options.seed)
        tallies.append(comparison.run("mutations", requests, options.mutations, cached=False))
    if "insertions" in modes:
        requests = mutate.insertions(files, options.mutations, options.seed)
        tallies.append(comparison.run("insertions", requests, options.mutations, cached=False))
    if "scopes" in modes:
        requests = mutate.insertions(files, options.mutations, options.seed, scopes=True)
        tallies.append(comparison.run("scopes", requests, options.mutations, cached=False))
    if "programs" in modes:
        requests = generate_programs.programs(options.programs, options.seed)
        tallies.append(comparison.run("programs", requests, options.programs, cached=False))
    comparison.close()
    print(f"CPython {comparison.tag}, {options.binary}, seed {options.seed}")
    return 1 if sum([report(tally) for tally in tallies]) else 0


def default_binary() -> pathlib.Path:
    if named := os.environ.get("UNSPOOL_BIN"):
        return pathlib.Path(named)
    built = [ROOT / "build" / preset / "bin" / "unspool" for preset in ("release", "dev")]
    return max(built, key=lambda path: path.stat().st_mtime if path.exists() else 0)


def report(tally: Tally) -> int:
    """Prints one mode's table; 1 where it fails."""
    rows = tally.same_row / tally.rejected if tally.rejected else 1.0
    too_few_rows = tally.name in ("mutations", "insertions", "scopes") and rows < ALIKE_ROWS
    words = tally.same_message / tally.rejected if tally.rejected else 1.0
    print(f"\n{tally.name}: {tally.inputs} inputs in {tally.seconds:.1f} s")
    print(f"  accepted by both      {tally.accepted}")
    print(f"  rejected by both      {tally.rejected}")
    print(f"  CPython gives up      {tally.gave_up}")
    print(f"  same line of error    {rows:.2%}")
    print(f"  same words of error   {words:.2%}")
    print(f"  differences           {len(tally.failures)}")
    for failure in tally.failures[:SHOWN]:
        print(f"    {failure}")
    if len(tally.failures) > SHOWN:
        print(f"    and {len(tally.failures) - SHOWN} more")
    if too_few_rows or os.environ.get("UNSPOOL_SHOW_ROWS"):
        for other in tally.other_rows[:SHOWN]:
            print(f"    {other}")
    if broken_oracle := tally.gave_up > MAY_GIVE_UP * tally.inputs + 1:
        print("    CPython gives up too often to be believed")
    return 1 if tally.failures or too_few_rows or broken_oracle else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
