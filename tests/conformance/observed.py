"""What both comparisons with recorded runs share: reading records, asking the engine, telling of it."""

from __future__ import annotations

import argparse
import collections
import dataclasses
import functools
import hashlib
import json
import pathlib
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from record import store
from type_terms import Classes

import syntax

ROOT = pathlib.Path(__file__).resolve().parents[2]
RECORDS = ROOT / "build" / "record"
SHOWN = 10

Position = tuple[int, int, int, int]


def base_of(record: store.Record) -> pathlib.Path:
    """The folder that the paths of a record start from."""
    library = not record.run.get("versions")
    return pathlib.Path(sysconfig.get_path("stdlib")) if library else RECORDS / "site"


def classes_of(record: store.Record) -> Classes:
    return Classes(record.bases, record.methods, record.metaclasses)


def position_of(place: dict) -> Position:
    return (place["line"], place["column"], place["end_line"], place["end_column"])


def same_files(record: store.Record, base: pathlib.Path) -> list[store.File]:
    """Those whose text is still the one that ran."""
    found = []
    for file in record.files:
        path = base / file.path
        if path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256:
            found.append(file)
        else:
            print(f"{path}: not the file that was recorded; left out", file=sys.stderr)
    return found


def ask(binary: pathlib.Path, what: str, paths: list[pathlib.Path], limit: float) -> list[dict]:
    """`unspool debug WHAT` on all of them at once: the graph is of the whole program."""
    command = [str(binary), "debug", what, "--output-format", "json", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
    if done.returncode not in (0, 1):
        raise SystemExit(f"debug {what} ended with code {done.returncode}: {done.stderr[-2000:]}")
    return json.loads(done.stdout)


def with_replaced(
    binary: pathlib.Path, what: str, paths: list[pathlib.Path], record: store.Record, limit: float
) -> list[dict]:
    """The same, of the program and a module that puts something nobody knows in the place of whatever
    tests have replaced."""
    lines = ["def replace(anything):"]
    for module, path in record.replaced:
        lines += [f"    import {module}", f"    {module}.{path} = anything"]
    with tempfile.TemporaryDirectory() as folder:
        extra = pathlib.Path(folder, "replaced_by_tests.py")
        extra.write_text("\n".join([*lines, "    return anything\n"]))
        return ask(binary, what, [extra, *paths], limit)


@dataclass
class Examples:
    """How often, by cause, with one example each."""

    count: collections.Counter[str] = field(default_factory=collections.Counter)
    first: dict[str, str] = field(default_factory=dict)

    def add(self, cause: str, example: str) -> None:
        self.count[cause] += 1
        self.first.setdefault(cause, example)

    def lines(self) -> Iterator[str]:
        for cause, count in self.count.most_common(SHOWN):
            yield f"    {count:>8}  {cause}, for example {self.first[cause]}"


def share(part: int, whole: int) -> str:
    return f"{part / whole:.2%}" if whole else "none"


def added(left, right):
    """Two tallies, or parts of them, as one."""
    if dataclasses.is_dataclass(left):
        parts = dataclasses.fields(left)
        return type(left)(
            **{one.name: added(getattr(left, one.name), getattr(right, one.name)) for one in parts}
        )
    if isinstance(left, dict) and not isinstance(left, collections.Counter):
        both = dict(left)
        for key, value in right.items():
            # Of texts, the first is kept.
            if key not in both:
                both[key] = value
            elif not isinstance(value, str):
                both[key] = added(both[key], value)
        return both
    return left + right


def main(
    what: str, description: str, arguments: list[str], tally, report, *, replaced: bool = False
) -> int:
    """`tally(record, files, answers, base)` makes the books of one workload, `report(books)` the lines to
    print and whether all is well; books are added up by `added`. With `replaced`, tally gets what
    `with_replaced` says besides."""
    parser = argparse.ArgumentParser(prog=f"./dev conformance {what}", description=description)
    parser.add_argument("workloads", nargs="*", metavar="WORKLOAD", help="default: all recorded")
    parser.add_argument("--binary", type=pathlib.Path, default=syntax.default_binary())
    parser.add_argument("--answers", type=pathlib.Path, help="a file with the engine's answer")
    parser.add_argument("--limit", type=float, default=600, help="seconds for one answer")
    options = parser.parse_args(arguments)
    names = options.workloads or sorted(
        path.name.removesuffix(".jsonl.gz") for path in RECORDS.glob("*.jsonl.gz")
    )
    if not names:
        print("nothing is recorded; ./dev record does", file=sys.stderr)
        return 2
    books = []
    for name in names:
        record = store.read(RECORDS / f"{name}.jsonl.gz")
        base = base_of(record)
        files = same_files(record, base)
        if options.answers:
            answers = json.loads(options.answers.read_text())
        else:
            paths = [base / file.path for file in files]
            answers = ask(options.binary, what, paths, options.limit)
        more = []
        if replaced and record.replaced and not options.answers:
            more = [with_replaced(options.binary, what, paths, record, options.limit)]
        books.append(tally(record, files, answers, base, *more))
        print(f"\n{name}", *report(books[-1])[0], sep="\n")
    lines, good = report(functools.reduce(added, books))
    if len(books) > 1:
        print("\nall", *lines, sep="\n")
    return 0 if good else 1
