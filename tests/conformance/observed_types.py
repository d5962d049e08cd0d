"""Types that runs showed against those that the engine infers: `./dev conformance types [WORKLOAD...]`.

The engine is asked `unspool debug types --output-format json PATH...` and answers as
record/schema/types.schema.json says: an array with an object for each function, and for each module,
whose `function` is "" (bodies of classes belong to the module):

    {"filename": "pkg/a.py", "function": "C.f", "places": [
      {"kind": "local", "name": "x", "line": 3, "column": 8, "end_line": 3, "end_column": 9,
       "types": ["int", "list[str]"], "provenance": "proved"},
      {"kind": "expression", "name": "", ..., "types": "unknown", "cause": "call of unknown function"}]}

No types at all say that the place is never reached.

`kind` and position name a place: lines from 1, columns from 0 in bytes, as `ast` has them.

    parameter   the `arg`; of `*args` and `**kwargs` the tuple and the dict
    local       the name that is bound: in assignments, `for`, `with`, `:=`, comprehensions; for
                `except ... as e` the handler, for patterns the pattern that captures
    attribute   the target `a.b` of an assignment of one value
    return      the value returned; a bare `return` statement; the `def`, where the end is reached
    yield       the value of `yield`
    expression  any expression that is read, but for constants, f-strings and starred ones

Tests put functions of their own in the place of the program's (replaced.py); the engine, which does not
see the tests, cannot know. It is asked once more, with a module that replaces the same names by what
nobody knows: what it does not say then is counted apart.

Terms of types are those of type_terms.py. A place contradicts its answer if something observed is in
none of the terms. That may be so at no place whose types are proved, and over all workloads at one in a
thousand of those whose types are known: at most four concrete classes.
"""

from __future__ import annotations

import collections
import os
import pathlib
import sys
from dataclasses import dataclass, field

import observed
import type_terms
from observed import Examples, position_of, share
from record import store
from type_terms import Term

CONTAINED = 0.999
NO_ANSWER = "no answer for this place"


@dataclass
class Tally:
    places: collections.Counter[str] = field(default_factory=collections.Counter)
    known: collections.Counter[str] = field(default_factory=collections.Counter)
    wide: int = 0  # answered, but by too many classes or abstract ones
    contradicted: int = 0  # of the known
    contradictions: dict[str, list[str]] = field(default_factory=dict)  # by provenance
    unknown: Examples = field(default_factory=Examples)
    replaced: list[str] = field(default_factory=list)  # contradicted by what tests put there

    def contradict(self, provenance: str, text: str) -> None:
        self.contradictions.setdefault(provenance, []).append(text)


def by_place(answers: list[dict], base: pathlib.Path) -> dict[tuple, dict]:
    """By real path, kind and position."""
    found = {}
    for answer in answers:
        path = os.path.realpath(base / answer["filename"])
        for place in answer["places"]:
            found[path, place["kind"], position_of(place)] = place
    return found


def tally(
    record: store.Record,
    files: list[store.File],
    answers: list[dict],
    base: pathlib.Path,
    with_replaced: list[dict] = (),
) -> Tally:
    classes = observed.classes_of(record)
    places = by_place(answers, base)
    otherwise = by_place(with_replaced, base)
    result = Tally()
    for file in files:
        path = os.path.realpath(base / file.path)
        for place in file.places:
            key = (path, place.kind, place.position)
            answer = places.get(key)
            where = f"{file.path}:{place.position[0]}:{place.position[1]} {place.kind} {place.name}"
            _judge(place, answer, otherwise.get(key), where.rstrip(), classes, result)
    return result


def _judge(
    place: store.Place,
    answer: dict | None,
    otherwise: dict | None,
    where: str,
    classes: type_terms.Classes,
    result: Tally,
) -> None:
    result.places[place.kind] += 1
    if answer is None:
        result.unknown.add(NO_ANSWER, where)
        return
    if answer["types"] == "unknown":
        result.unknown.add(answer.get("cause") or "no cause given", where)
        return
    inferred = [type_terms.parse(text) for text in answer["types"]]
    outside = _outside(inferred, place.types, classes)
    known = type_terms.is_known(inferred)
    if known:
        result.known[place.kind] += 1
    else:
        result.wide += 1
    if not outside:
        return
    said = " | ".join(map(str, inferred)) or "nothing: not reached"
    text = f"{where}: inferred {said}, observed {', '.join(outside[:3])}"
    if otherwise is not None and _covers(otherwise, place.types, classes):
        result.replaced.append(f"{answer['provenance']}: {text}")
        return
    result.contradicted += known
    result.contradict(answer["provenance"], text)


def _covers(answer: dict, seen: list[str], classes: type_terms.Classes) -> bool:
    if answer["types"] == "unknown":
        return True
    return not _outside([type_terms.parse(text) for text in answer["types"]], seen, classes)


def _outside(inferred: list[Term], seen: list[str], classes: type_terms.Classes) -> list[str]:
    return [
        text for text in seen if not type_terms.contains(inferred, type_terms.parse(text), classes)
    ]


def report(result: Tally) -> tuple[list[str], bool]:
    places, known = result.places.total(), result.known.total()
    unknown = result.unknown.count.total()
    proved = result.contradictions.get("proved", [])
    contained = 1 - result.contradicted / known if known else 1.0
    lines = [
        f"  places compared    {places}",
        f"  known              {known} ({share(known, places)})",
        *(
            f"    {kind:<16} {result.known[kind]} of {count} ({share(result.known[kind], count)})"
            for kind, count in sorted(result.places.items())
        ),
        f"  too wide           {result.wide} ({share(result.wide, places)})",
        f"  unknown            {unknown} ({share(unknown, places)})",
        *result.unknown.lines(),
        f"  known and right    {contained:.3%} (at least {CONTAINED:.1%})",
    ]
    lines.append(f"  replaced by tests  {len(result.replaced)} places, not counted as wrong")
    lines += [f"    {text}" for text in result.replaced[: observed.SHOWN]]
    for provenance, texts in sorted(result.contradictions.items()):
        lines.append(f"  contradictions, {provenance}: {len(texts)}")
        lines += [f"    {text}" for text in texts[: observed.SHOWN]]
    return lines, not proved and contained >= CONTAINED


def main(arguments: list[str]) -> int:
    return observed.main("types", __doc__.splitlines()[0], arguments, tally, report, replaced=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
