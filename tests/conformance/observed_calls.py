"""Calls that runs showed against the engine's call graph: `./dev conformance callgraph [WORKLOAD...]`.

The engine is asked `unspool debug callgraph --output-format json PATH...` and answers as
record/schema/callgraph.schema.json says, an array with an object for each file:

    {"filename": "pkg/a.py", "sites": [
      {"kind": "call", "line": 3, "column": 8, "end_line": 3, "end_column": 12, "caller": "C.f",
       "targets": ["pkg.b.g", "pkg.b.D", "builtins.len"], "unknown": false},
      {"kind": "implicit", ..., "targets": [], "unknown": true, "cause": "operand of unknown type"}]}

A site of kind `call` is where `ast` has the Call; `implicit` is an operator, attribute, iteration,
`with`, decorator or the like, at the expression concerned, or what library code that is called there
calls back. `caller` is as in `__qualname__`, "" for the
module. A target is the module and `__qualname__` of a function, with `@LINE` (of its first decorator or
`def`) where more than one has the name; a class is named for its instantiation, or its `__init__` or
`__new__` for it. `unknown` says that there may be other targets.

Recorded are the objects called, and the functions entered without a call that is written. Over all
workloads, at least 99.5 % of these edges have to be there, or the site unknown; of the sites that ran, at
least 60 % with at most three targets and at most 25 % unknown.

Counted by themselves, since the record cannot tell whether the answer is right: methods in C that the
recorder could not name, where the answer has some method of a library; and code from outside of the program
and its library, which tests have put into its modules or derived from its classes (assumption A1).
"""

from __future__ import annotations

import os
import pathlib
import sys
from dataclasses import dataclass, field

import observed
import type_terms
from implicit_places import Places
from observed import Examples, position_of, share
from record import store
from type_terms import Classes, Term

PRESENT, FEW, UNKNOWN = 0.995, 0.60, 0.25
FEW_TARGETS = 3
MAKERS = ("__init__", "__new__")
LIBRARY = "@" + type_terms.STUB


@dataclass
class Tally:
    edges: int = 0
    present: int = 0
    at_unknown: int = 0
    missing: list[str] = field(default_factory=list)
    unnamed: int = 0
    outside: list[str] = field(default_factory=list)
    sites: int = 0
    few: int = 0
    unknown: int = 0
    causes: Examples = field(default_factory=Examples)
    # Entered functions that no callee of the site accounts for: callbacks and implicit calls.
    entries: int = 0
    entries_present: int = 0
    entries_unknown: int = 0
    entries_missing: list[str] = field(default_factory=list)


def tally(
    record: store.Record, files: list[store.File], answers: list[dict], base: pathlib.Path
) -> Tally:
    classes = observed.classes_of(record)
    sites, beginning = {}, {}
    for answer in answers:
        path = os.path.realpath(base / answer["filename"])
        for site in answer["sites"]:
            sites[path, site.get("kind", "call"), position_of(site)] = site
            if site.get("kind") == "implicit":
                beginning[path, site["line"], site["column"]] = site
    result = Tally()
    own = {file.module.partition(".")[0] for file in record.files}
    for file in files:
        path = os.path.realpath(base / file.path)
        called = {}
        for call in file.calls:
            called[call.position] = [type_terms.parse(one) for one in call.callees]
            site = sites.get((path, "call", call.position))
            where = f"{file.path}:{call.position[0]}:{call.position[1]}"
            _call(called[call.position], site, where, _Known(classes, file.module, own), result)
        places = Places((base / file.path).read_bytes()) if file.entries else None
        for position, opcode, function in file.entries:
            seen = Term("function " + type_terms.canonical(function))
            direct = called.get(tuple(position), [])
            if opcode.startswith("CALL") and any(
                _accounts_for(one, function, classes) for one in direct
            ):
                continue
            there = [sites.get((path, "implicit", place)) for place in places.of(tuple(position))]
            there += [beginning.get((path, *start)) for start in places.formatted(tuple(position))]
            if opcode.startswith("CALL"):
                there.append(sites.get((path, "call", tuple(position))))
            where = f"{file.path}:{position[0]}:{position[1]} {opcode} -> {function}"
            _entry(seen, [site for site in there if site], where, classes, result)
    return result


@dataclass
class _Known:
    classes: Classes
    module: str
    own: set[str]  # packages that ran recorded

    def is_outside(self, callee: Term) -> bool:
        """Neither of the program nor of the standard library: of tests, or a stand-in that they made."""
        kind, space, name = callee.name.partition(" ")
        if callee.name == "type" and callee.arguments:
            name = callee.arguments[0][0].name
        elif not space:
            kind, name = "object", callee.name
        package, dot, _ = name.partition(".")
        if name.startswith("unittest.mock."):
            return True
        known = package in self.own or package in sys.stdlib_module_names
        return kind != "builtin" and bool(dot) and not known


def _call(callees: list[Term], site: dict | None, where: str, known: _Known, result: Tally) -> None:
    result.sites += 1
    result.edges += len(callees)
    if site is None:
        result.missing += [
            f"{where}: {callee}, at a site the answer does not have" for callee in callees
        ]
        return
    targets = site["targets"]
    if site["unknown"]:
        result.unknown += 1
        result.causes.add(site.get("cause") or "no cause given", where)
    elif len(targets) <= FEW_TARGETS:
        result.few += 1
    for callee in callees:
        if is_target(callee, targets, known.classes) or _is_here(callee, targets, known.module):
            result.present += 1
        elif site["unknown"]:
            result.at_unknown += 1
        elif callee.name == "builtin_method" and any(one.endswith(LIBRARY) for one in targets):
            result.unnamed += 1
        elif known.is_outside(callee):
            result.outside.append(f"{where}: {callee}, not among {', '.join(targets) or 'none'}")
        else:
            result.missing.append(f"{where}: {callee}, not among {', '.join(targets) or 'none'}")


def _entry(seen: Term, sites: list[dict], where: str, classes: Classes, result: Tally) -> None:
    result.entries += 1
    if any(is_target(seen, site["targets"], classes) for site in sites):
        result.entries_present += 1
    elif any(site["unknown"] for site in sites):
        result.entries_unknown += 1
    else:
        result.entries_missing.append(where)


def is_target(callee: Term, targets: list[str], classes: Classes) -> bool:
    named = [type_terms.canonical(target) for target in targets]
    return any(_means(callee, target, classes) for target in named)


def _means(callee: Term, target: str, classes: Classes) -> bool:
    kind, space, name = callee.name.partition(" ")
    if space and kind in type_terms.KINDS:
        return type_terms.same_target(target, name) or type_terms.same_method(target, name, classes)
    if callee.name == "type" and callee.arguments:
        made = callee.arguments[0][0].name
        meta = classes.metaclasses.get(made, "type")
        return (
            target == made
            or _is_method(made, target, MAKERS, classes)
            or _is_method(meta, target, ("__call__",), classes)
        )
    inner = callee.arguments[0] if callee.arguments else ()
    if callee.name in ("functools.partial", "functools._lru_cache_wrapper") and any(
        _means(one, target, classes) for one in inner
    ):
        return True
    return target == callee.name or _is_method(callee.name, target, ("__call__",), classes)


def _is_here(callee: Term, targets: list[str], module: str) -> bool:
    """A class in a function that gives it the name of another module."""
    if callee.name != "type" or not callee.arguments:
        return False
    name = callee.arguments[0][0].name
    for target in targets:
        inner = target.partition("@")[0].removeprefix(module + ".").removesuffix(".__init__")
        if "<locals>" in inner and name.endswith("." + inner):
            return True
    return False


def _is_method(cls: str, target: str, names: tuple[str, ...], classes: Classes) -> bool:
    """The method of the class or of one that it derives from."""
    owner, _, name = target.partition("@")[0].rpartition(".")
    return name in names and owner in (classes.bases.get(cls) or [cls])


def _accounts_for(callee: Term, function: str, classes: Classes) -> bool:
    """That this function was entered follows from the call itself."""
    return _means(callee, type_terms.canonical(function), classes)


def report(result: Tally) -> tuple[list[str], bool]:
    lost = len(result.entries_missing)
    lines = [
        f"  edges recorded     {result.edges}",
        f"    present          {result.present} ({share(result.present, result.edges)})",
        f"    at unknown sites {result.at_unknown} ({share(result.at_unknown, result.edges)})",
        f"    missing          {len(result.missing)} ({share(len(result.missing), result.edges)}, "
        f"at most {1 - PRESENT:.1%})",
        *(f"      {text}" for text in result.missing[: observed.SHOWN]),
        f"    beside these: {result.unnamed} methods in C that the recorder could not name, at sites with "
        f"some method of a library; {len(result.outside)} from outside of program and library",
        *(f"      {text}" for text in result.outside[:3]),
        f"  sites that ran     {result.sites}",
        f"    few targets      {result.few} ({share(result.few, result.sites)}, at least {FEW:.0%})",
        f"    unknown          {result.unknown} ({share(result.unknown, result.sites)}, "
        f"at most {UNKNOWN:.0%})",
        *result.causes.lines(),
        f"  callbacks and implicit calls  {result.entries}",
        f"    present          {result.entries_present} ({share(result.entries_present, result.entries)})",
        f"    at unknown sites {result.entries_unknown} ({share(result.entries_unknown, result.entries)})",
        f"    missing          {lost} ({share(lost, result.entries)}, at most {1 - PRESENT:.1%})",
        *(f"      {text}" for text in result.entries_missing[: observed.SHOWN]),
    ]
    well = not result.sites or (
        len(result.missing) <= (1 - PRESENT) * result.edges
        and lost <= (1 - PRESENT) * result.entries
        and result.few >= FEW * result.sites
        and result.unknown <= UNKNOWN * result.sites
    )
    return lines, well


def main(arguments: list[str]) -> int:
    return observed.main("callgraph", __doc__.splitlines()[0], arguments, tally, report)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
