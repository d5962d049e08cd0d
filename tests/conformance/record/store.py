"""The record as a file: lines of JSON, compressed. The first line tells of the run, one line tells of
each class, one of each source file, and one of what tests have put in the place of what there was. `write` makes it in the process that ran, `Record` reads it.

    {"kind": "run", "workload": "toolz", "tests": {...}, ...}
    {"kind": "class", "name": "pkg.C", "bases": ["pkg.C", ..., "object"], "methods": ["__iter__", ...],
     "metaclass": "type"}
    {"kind": "replaced", "names": [["pkg.module", "name"], ["pkg.module", "Class.method"], ...]}
    {"kind": "file", "path": "toolz/itertoolz.py", "module": "toolz.itertoolz", "sha256": "...",
     "functions": [[qualname, line, column, first line with decorators, entered], ...],
     "places": [[kind, name, [line, column, end line, end column], function, [types], capped], ...],
     "calls": [[position, function, [callees], capped], ...],
     "entries": [[position, opcode, name of the function entered]], ...]}

Lines count from 1, columns from 0 in bytes of UTF-8, as in `ast`. `function` is an index into
`functions`, or -1. Only places and calls that were reached stand here; `entries` are the functions that
were entered while an instruction of this file ran, for calls that no syntax shows (operators, `with`,
properties, iteration) and those that a callee in C makes.
"""

from __future__ import annotations

import gzip
import json
import os
import pathlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import hook as hooks
from . import instrument
from .observe import KINDS


def write(path: str, run: dict, hook: hooks.Hook) -> dict:
    """Returns totals."""
    observer = hook.observer
    entries: dict[int, list] = defaultdict(list)
    for number, position, opcode, function in observer.found_edges:
        entries[number].append((position, opcode, function))
    # A module that is imported afresh is the same file once more.
    same: dict[tuple[str, bytes], list[int]] = defaultdict(list)
    for number, file in enumerate(hook.files):
        same[file.path, file.source].append(number)
    names = _function_names(hook)
    totals = {"files": 0, "places": 0, "calls": 0, "edges": 0, "entries": 0, "capped": 0}
    totals["lost"] = observer.failures
    lines = []
    for numbers in same.values():
        found = [entry for number in numbers for entry in entries[number]]
        line = _file_line([hook.files[number] for number in numbers], hook, found, names)
        totals["files"] += 1
        totals["places"] += len(line["places"])
        totals["calls"] += len(line["calls"])
        totals["edges"] += sum(len(call[2]) for call in line["calls"])
        totals["entries"] += len(line["entries"])
        totals["capped"] += sum(place[5] for place in line["places"])
        lines.append(line)
    lines.sort(key=lambda line: line["path"])
    run = {"kind": "run", **run, "totals": totals, "refused": hook.refused}
    unfinished = path + ".new"
    with gzip.open(unfinished, "wt", encoding="utf-8", compresslevel=6) as out:
        out.write(json.dumps(run) + "\n")
        for name, (bases, methods, meta) in sorted(observer.class_records.items()):
            row = {"kind": "class", "name": name, "bases": bases, "methods": methods}
            row["metaclass"] = meta
            out.write(json.dumps(row) + "\n")
        replaced = {"kind": "replaced", "names": observer.originals.names()}
        out.write(json.dumps(replaced) + "\n")
        for line in lines:
            out.write(json.dumps(line, separators=(",", ":")) + "\n")
    os.replace(unfinished, path)
    return totals


def _places(file: hooks.File) -> instrument.Instrumented:
    return instrument.instrument(file.source, file.path, file.first_site, file.first_function)


def _function_names(hook: hooks.Hook) -> dict[int, str]:
    names = {}
    for file in hook.files:
        for index, function in enumerate(_places(file).functions):
            names[file.first_function + index] = (
                f"{file.module}.{function.name}@{function.first_line}"
            )
    return names


def _file_line(
    copies: list[hooks.File], hook: hooks.Hook, entries: list, names: dict[int, str]
) -> dict:
    """The copies have the same text, and so the same sites from their first one on."""
    observer = hook.observer
    file = copies[0]
    result = _places(file)

    def kinds(site: int) -> list[str]:
        found: dict[str, None] = {}
        for copy in copies:
            found.update(observer.kinds[site - file.first_site + copy.first_site] or {})
        return sorted(found)

    places = [
        [place.kind, place.name, place.position, place.function, found, len(found) >= KINDS]
        for place in result.places
        if (found := kinds(place.site))
    ]
    calls = [
        [call.position, call.function, found, len(found) >= KINDS]
        for call in result.calls
        if (found := kinds(call.site))
    ]
    functions = [
        [
            *(function.name, function.line, function.column, function.first_line),
            any(observer.entered[copy.first_function + index] for copy in copies),
        ]
        for index, function in enumerate(result.functions)
    ]
    reached = {(position, opcode, names[function]) for position, opcode, function in entries}
    return {
        "kind": "file",
        "path": os.path.relpath(file.path, hook.base),
        "module": file.module,
        "sha256": hooks.digest(file.source),
        "functions": functions,
        "places": sorted(places, key=lambda place: (place[2], place[0])),
        "calls": sorted(calls),
        "entries": sorted(reached),
    }


@dataclass
class Place:
    kind: str
    name: str
    position: tuple[int, int, int, int]
    function: str
    types: list[str]
    capped: bool


@dataclass
class Call:
    position: tuple[int, int, int, int]
    function: str
    callees: list[str]
    capped: bool


@dataclass
class File:
    path: str
    module: str
    sha256: str
    functions: list[list]
    places: list[Place]
    calls: list[Call]
    entries: list[list]


@dataclass
class Record:
    run: dict = field(default_factory=dict)
    bases: dict[str, list[str]] = field(default_factory=dict)
    methods: dict[str, list[str]] = field(default_factory=dict)
    metaclasses: dict[str, str] = field(default_factory=dict)
    replaced: list[list[str]] = field(default_factory=list)
    files: list[File] = field(default_factory=list)


def read(path: pathlib.Path) -> Record:
    record = Record()
    for line in _lines(path):
        if line["kind"] == "run":
            record.run = line
        elif line["kind"] == "class":
            record.bases[line["name"]] = line["bases"]
            record.methods[line["name"]] = line["methods"]
            record.metaclasses[line["name"]] = line["metaclass"]
        elif line["kind"] == "replaced":
            record.replaced = line["names"]
        else:
            record.files.append(_file(line))
    return record


def _lines(path: pathlib.Path) -> Iterator[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _file(line: dict) -> File:
    functions = line["functions"]

    def function(index: int) -> str:
        return functions[index][0] if index >= 0 else ""

    return File(
        *(line["path"], line["module"], line["sha256"], functions),
        [
            Place(kind, name, tuple(position), function(index), types, capped)
            for kind, name, position, index, types, capped in line["places"]
        ],
        [
            Call(tuple(position), function(index), callees, capped)
            for position, index, callees, capped in line["calls"]
        ],
        line["entries"],
    )
