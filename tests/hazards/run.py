"""Tries every trap and twin: `run.py [--only ENTRY] [--variants N] [--jobs N] ...`.

A trap must be left alone or keep its behaviour, a twin must be rewritten and keep it. Every case runs
as it is written, in all ways (start methods times worker counts, with every argument list), and in
variants, each in one way and with one argument list, which take turns. Only what was rewritten runs.
Exits with 1 on a wrong rewrite or where fewer than 70 % of the twins are rewritten.

A full run takes half an hour on two cores: with `--resume FILE` every outcome goes to the file at
once, and a run that was broken off goes on where it stopped, as long as engine, variant and ways are
the same.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import hashlib
import json
import os
import pathlib
import sys
import threading
import time

import hazard_cases
from hazard_cases import Outcome, try_out

TWINS_AT_LEAST = 0.70


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--only", default="", help="an entry, the beginning of one, or a case")
    parser.add_argument("--variants", type=int, default=20, help="for each case (default: 20)")
    parser.add_argument("--start-methods", default=",".join(hazard_cases.START_METHODS))
    parser.add_argument("--workers", default=",".join(map(str, hazard_cases.WORKERS)))
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="cases at a time")
    parser.add_argument("--resume", type=pathlib.Path, help="file that keeps the outcomes")
    parser.add_argument("--thorough", action="store_true", help="variants in all ways, too")
    return parser.parse_args()


def tasks(chosen: argparse.Namespace):
    """The arguments of every `try_out`."""
    ways = hazard_cases.all_ways(
        chosen.start_methods.split(","), [int(count) for count in chosen.workers.split(",")]
    )
    turn = 0
    for case in hazard_cases.load_all(chosen.only):
        for place, (name, source) in enumerate(case.variants(chosen.variants)):
            if place == 0 or chosen.thorough:
                yield case, name, source, ways
            else:
                given = case.arguments[turn // len(ways) % len(case.arguments)]
                yield case, name, source, [ways[turn % len(ways)]], [given]
                turn += 1


class Memory:
    """Outcomes in a file, one a line, under what decides them."""

    def __init__(self, path: pathlib.Path | None):
        self.path = path
        self.known: dict[str, dict] = {}
        self.lock = threading.Lock()
        if path is None:
            return
        self.engine = hashlib.sha256(hazard_cases.UNSPOOL.read_bytes()).hexdigest()
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                entry = json.loads(line)
                self.known[entry.pop("key")] = entry

    def try_out(self, case, variant, source, *ways) -> Outcome:
        if self.path is None:
            return try_out(case, variant, source, *ways)
        decides = repr((self.engine, case.name, case.expect, case.arguments, source, ways))
        key = hashlib.sha256(decides.encode()).hexdigest()
        if key in self.known:
            return Outcome(case, variant, **self.known[key])
        outcome = try_out(case, variant, source, *ways)
        fields = ("rewritten", "runs", "reason", "differences", "broken")
        entry = {"key": key} | {name: getattr(outcome, name) for name in fields}
        with self.lock, self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
        return outcome


def report_trouble(outcome: Outcome) -> None:
    where = f"{outcome.case.name} ({outcome.variant})"
    if outcome.broken:
        print(f"BROKEN {where}: {outcome.broken}", flush=True)
    if outcome.rewritten and outcome.case.expect == "refuse":
        print(f"WRONG {where}: rewritten, and must not be", flush=True)
    for difference in outcome.differences[:2]:
        print(f"WRONG {where}: {difference}", flush=True)
    if not outcome.rewritten and outcome.case.expect == "rewrite":
        print(f"left alone {where}: {outcome.reason}", flush=True)


def share(part: int, whole: int) -> str:
    return f"{part} of {whole}" + (f" ({100 * part / whole:.1f} %)" if whole else "")


def print_table(outcomes: list[Outcome]) -> None:
    row = "{:8} {:>7} {:>12} {:>15} {:>9} {:>6} {:>7}"
    print(
        row.format("entry", "traps", "traps wrong", "twins rewritten", "variants", "runs", "differ")
    )
    for entry in sorted({outcome.case.entry for outcome in outcomes}):
        mine = [outcome for outcome in outcomes if outcome.case.entry == entry]
        traps = [outcome for outcome in mine if outcome.case.role == "trap"]
        twins = [outcome for outcome in mine if outcome.case.role == "twin"]
        print(
            row.format(
                entry,
                len(traps),
                sum(trap.wrong for trap in traps),
                f"{sum(twin.rewritten for twin in twins)}/{len(twins)}",
                sum(outcome.variant != "as written" for outcome in mine),
                sum(outcome.runs for outcome in mine),
                sum(len(outcome.differences) for outcome in mine),
            )
        )


def print_totals(outcomes: list[Outcome]) -> bool:
    """Prints the totals; returns whether all is well."""
    twins = [outcome for outcome in outcomes if outcome.case.role == "twin"]
    written = [twin for twin in twins if twin.variant == "as written"]
    traps = [outcome for outcome in outcomes if outcome.case.role == "trap"]
    forbidden = [trap for trap in traps if trap.rewritten and trap.case.expect == "refuse"]
    wrong = sum(outcome.wrong for outcome in outcomes)
    broken = sum(bool(outcome.broken) for outcome in outcomes)
    rewritten = sum(twin.rewritten for twin in twins)
    print(f"traps tried, with variants      {len(traps)}")
    print(f"  rewritten against the verdict {len(forbidden)}")
    print(f"  rewritten, behaviour kept     {sum(t.rewritten and not t.wrong for t in traps)}")
    print(
        f"twins rewritten, as written     {share(sum(t.rewritten for t in written), len(written))}"
    )
    print(f"twins rewritten, with variants  {share(rewritten, len(twins))}")
    print(f"runs compared                   {sum(outcome.runs for outcome in outcomes)}")
    print(f"wrong rewrites                  {wrong}")
    print(f"broken variants                 {broken}")
    enough = all(
        sum(twin.rewritten for twin in some) >= TWINS_AT_LEAST * len(some)
        for some in (written, twins)
    )
    if not enough:
        print(f"too few twins are rewritten: at least {TWINS_AT_LEAST:.0%} must be")
    return not wrong and not broken and enough


def main() -> int:
    chosen = options()
    begin = time.monotonic()
    if not hazard_cases.UNSPOOL.exists():
        print(f"run.py: no engine at {hazard_cases.UNSPOOL}; see UNSPOOL_BIN", file=sys.stderr)
        return 2
    outcomes = []
    memory = Memory(chosen.resume)
    with concurrent.futures.ThreadPoolExecutor(chosen.jobs) as pool:
        for outcome in pool.map(lambda task: memory.try_out(*task), tasks(chosen)):
            report_trouble(outcome)
            outcomes.append(outcome)
    if not outcomes:
        print(f"run.py: no case is named {chosen.only}", file=sys.stderr)
        return 2
    print_table(outcomes)
    good = print_totals(outcomes)
    print(f"in {time.monotonic() - begin:.0f} s")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
