"""What the engine says of classes and annotations against the running interpreter: each module of
the standard library is imported, and each class found in its source compared with the class object:
that it is there, its order of resolution, metaclass, and the kind of each member; annotations
against typing.get_type_hints; and the classes of typeshed's stubs, whose differences are counted by
cause. Nothing may be wrong; what is unknown is counted. ./dev conformance declarations."""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import random
import subprocess
import sys
import threading

import interpreters

import syntax

ORACLE = pathlib.Path(__file__).with_name("declarations_oracle.py")
# They open a browser, print a poem, start a program or a test run, or ask for a display.
SIDE_EFFECTS = {"antigravity", "this", "idlelib", "test", "turtledemo", "lib2to3.tests"}
SHOWN = 25


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev conformance declarations", description=__doc__)
    parser.add_argument("--sample", type=int, nargs="?", const=60, metavar="N",
                        help="only N modules (default 60)")  # fmt: skip
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", default=sys.executable, help="the interpreter to compare with")
    parser.add_argument("--binary", type=pathlib.Path, default=syntax.default_binary())
    parser.add_argument("--processes", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--all-wrong", action="store_true", help="show every difference")
    options = parser.parse_args(arguments)
    options.python = interpreters.named(options.python)
    library = subprocess.run(
        [options.python, "-c", "import sysconfig; print(sysconfig.get_paths()['stdlib'])"],
        capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip

    tally = Tally()
    sources = [unit for unit in ask(options, [library]) if wanted(unit)]
    names = {unit["module"] for unit in sources}
    stubs = [
        unit
        for unit in ask(options, [part for name in sorted(names) for part in ("--module", name)])
        if unit["kind"] == "stub" and wanted(unit)
    ]
    units = sources + stubs
    if options.sample is not None:
        units = random.Random(options.seed).sample(units, min(options.sample, len(units)))
    for answer in answers(options, units):
        tally.add(answer)
    return tally.report(options.all_wrong)


def wanted(unit: dict) -> bool:
    name = unit["module"]
    if "@" in name or not unit["parsed"] or name.endswith("__main__") or name == "__main__":
        return False
    if not all(part.isidentifier() for part in name.split(".")):
        return False
    parts = name.split(".")
    return not any(".".join(parts[: end + 1]) in SIDE_EFFECTS for end in range(len(parts)))


def ask(options: argparse.Namespace, what: list[str]) -> list[dict]:
    command = [options.binary, "debug", "classes", "--output-format", "json",
               "--python", options.python, *what]  # fmt: skip
    run = subprocess.run(command, capture_output=True)
    return json.loads(run.stdout)["units"]


def answers(options: argparse.Namespace, units: list[dict]):
    oracles = []
    for index in range(options.processes):
        share = units[index :: options.processes]
        text = "".join(json.dumps(unit) + "\n" for unit in share)
        oracle = subprocess.Popen(
            # Without site: what is installed beside the library may replace parts of it.
            [options.python, "-S", "-W", "ignore", ORACLE],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        oracles.append((oracle, text))
    results: list[dict] = []

    def serve(oracle: subprocess.Popen, text: str) -> None:
        output, _ = oracle.communicate(text)
        results.extend(json.loads(line) for line in output.splitlines())

    threads = [threading.Thread(target=serve, args=each) for each in oracles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(results) != len(units):
        results.append({"module": "?", "broken": f"{len(results)} answers for {len(units)} units"})
    return results


class Tally:
    def __init__(self) -> None:
        self.modules = 0
        self.skipped: dict[str, list[str]] = {}
        self.broken: list[str] = []
        self.counts: dict[str, int] = {}
        self.wrong: list[str] = []
        self.unknown: dict[str, list[str]] = {}

    def add(self, answer: dict) -> None:
        if "skipped" in answer:
            self.skipped.setdefault(answer["skipped"], []).append(answer["module"])
            return
        if "broken" in answer:
            self.broken.append(f"{answer['module']}: {answer['broken']}")
            return
        self.modules += 1
        for what, count in answer["counts"].items():
            self.counts[what] = self.counts.get(what, 0) + count
        self.wrong += answer["wrong"]
        for cause, names in answer["unknown"].items():
            self.unknown.setdefault(cause, []).extend(names)

    def report(self, all_wrong: bool) -> int:
        print(f"declarations: {self.modules} units compared")
        for reason, names in sorted(self.skipped.items()):
            print(f"  not importable, {reason}: {len(names)}")
        for what, count in sorted(self.counts.items()):
            print(f"  {what:28} {count}")
        for cause, names in sorted(self.unknown.items()):
            print(f"  unknown, {cause:34} {len(names):6}  {', '.join(sorted(names)[:3])}")
        for text in self.broken:
            print(f"  the oracle broke: {text}")
        print(f"  wrong                        {len(self.wrong)}")
        for text in sorted(self.wrong)[: None if all_wrong else SHOWN]:
            print(f"    {text}")
        if not self.counts.get("classes") and not self.counts.get("stub classes"):
            print("  nothing was compared")
            return 1
        return 1 if self.wrong or self.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
