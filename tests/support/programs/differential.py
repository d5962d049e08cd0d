"""Runs cases as a loop and by ordered_map in one process, and prints as JSON where they differ.

Arguments: start method, number of workers, then names of cases (none: all).
"""

import json
import multiprocessing
import os
import sys
import traceback
import warnings

import cases
import parallel_support
from parallel_support import ordered_map


class Reader:
    """Counts what is read from an iterable."""

    def __init__(self, items):
        self.items = iter(items)
        self.read = 0

    def __iter__(self):
        return self

    def __next__(self):
        item = next(self.items)
        self.read += 1
        return item


def original(task, items, stop, trace):
    for item in items:
        result = task(item)
        trace.append((item, result))
        if len(trace) == stop:
            break
    else:
        trace.append("else")


def rewritten(task, items, stop, trace, **options):
    for item, result in ordered_map(task, items, **options):
        trace.append((item, result))
        if len(trace) == stop:
            break
    else:
        trace.append("else")


def described(error):
    if error is None:
        return None
    return {
        "type": f"{type(error).__module__}.{type(error).__qualname__}",
        "args": repr(error.args),
        "state": repr({k: v for k, v in vars(error).items() if k != "__notes__"}),
        "notes": getattr(error, "__notes__", None),
        "cause": described(error.__cause__),
        "context": described(error.__context__),
        "suppressed": error.__suppress_context__,
        "frames": [
            (frame.name, frame.line)
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == cases.__file__
        ][:20],
    }


def observed(loop, case, items, **options):
    """All that the program around the loop can see of it."""
    trace, error, undo = [], None, case.prepare() if case.prepare else None
    for given in getattr(case.task, "keywords", {}).values():
        if isinstance(given, BaseException):
            given.__traceback__ = given.__context__ = None
    try:
        with warnings.catch_warnings(record=True) as seen:
            if not case.prepare:
                warnings.simplefilter("always")
            try:
                loop(case.task, items, case.stop, trace, **options)
            except BaseException as raised:
                error = described(raised)
    finally:
        if undo:
            undo()
    warned = [(str(w.message), w.category.__name__, w.lineno) for w in seen]
    return {"trace": trace, "error": error, "warned": warned}


def compare(name, case, workers):
    hired = []
    hire = parallel_support._Crew.hire

    def spy(crew, task, count):
        hired.append(hire(crew, task, count))
        assert not hired[-1] or len(crew.workers) <= workers, "too many workers"
        return hired[-1]

    parallel_support._Crew.hire = spy
    try:
        expected = observed(original, case, case.items())
        items = case.items()
        objects = list(items) if isinstance(items, (list, range)) else None
        if case.compare_read:
            items = Reader(items)
        found = observed(rewritten, case, items, workers=workers, **case.options)
    finally:
        parallel_support._Crew.hire = hire
    problems = [key for key in expected if expected[key] != found[key]]
    if type(items) is list:
        pairs = [pair for pair in found["trace"] if pair != "else"]
        if any(pair[0] is not mine for pair, mine in zip(pairs, objects)):  # noqa: B905
            problems.append("identity")
    if case.compare_read and items.read > case.stop + 8 * workers * 64:
        problems.append("read too far ahead")
    if workers > 1 and case.hires is not None and any(hired) != case.hires:
        problems.append("hired" if any(hired) else "not hired")
    if workers == 1 and hired:
        problems.append("hired although alone")
    if multiprocessing.active_children():
        problems.append("workers left")
    return [
        f"{name}: {problem}: {str(expected.get(problem))[:600]} | {str(found.get(problem))[:600]}"
        for problem in problems
    ]


def main():
    method, workers, names = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    if method != "default":
        multiprocessing.set_start_method(method)
    fds = len(os.listdir("/proc/self/fd"))
    problems = []
    for name in names or cases.CASES:
        problems += compare(name, cases.CASES[name], workers)
    left = len(os.listdir("/proc/self/fd")) - fds
    print(
        json.dumps({"problems": problems, "cases": len(names or cases.CASES), "descriptors": left})
    )


if __name__ == "__main__":
    main()
