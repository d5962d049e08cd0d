"""Loops that are hard to keep: each case is a pure task and an input, run as a loop and by ordered_map.

The module is importable, so that workers of every start method find the tasks in it.
"""

import decimal
import functools
import itertools
import os
import signal
import sys
import warnings


class Case:
    """`items` makes a new input; `stop` leaves the loop after so many results.

    `hires` tells whether ordered_map must start workers for it (None: either way is right).
    `needs_clean_parent` keeps a case that would end its own process out of the in-process run.
    """

    def __init__(
        self, task, items, stop=None, hires=True, options=None, prepare=None, compare_read=False
    ):
        self.task = task
        self.items = items
        self.stop = stop
        self.hires = hires
        self.options = options or {}
        self.prepare = prepare
        self.compare_read = compare_read


class Point:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return type(other) is Point and other.x == self.x

    def __hash__(self):
        return hash(self.x)


class BadRow(Exception):
    """Cannot be rebuilt from its args: unpickling it raises TypeError."""

    def __init__(self, row, why):
        super().__init__(why)
        self.row = row


class Unpicklable:
    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return type(other) is Unpicklable and other.x == self.x

    def __reduce__(self):
        raise RuntimeError("not for travel")


def _refuse():
    raise ValueError("cannot be rebuilt")


class Unloadable:
    """Can be pickled, but not unpickled."""

    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return type(other) is Unloadable and other.x == self.x

    def __reduce__(self):
        return _refuse, ()


def square(x):
    return x * x


def scaled(x, factor, table):
    return x * factor + table[x % len(table)]


def fail_at(x, where, error):
    if x == where:
        raise error
    return -x


def fail_from(x, where):
    """Every item from `where` on fails, each with its own message."""
    if x >= where:
        raise ValueError("bad item", x)
    return x


def fail_with_cause(x):
    if x == 7:
        try:
            {}[x]
        except KeyError as error:
            raise ValueError("bad row") from error
    if x == 9:
        raise AssertionError("later")
    return x


def fail_with_context(x):
    if x == 5:
        try:
            [][x]
        except IndexError:
            raise BadRow(x, "gone wrong")  # noqa: B904 (the context is the point)
    return x


def fail_with_note(x):
    if x == 3:
        error = OSError(2, "No such file", "a.txt")
        if hasattr(error, "add_note"):
            error.add_note("while reading")
        raise error
    return x


def next_of(source):
    return next(iter(source))


def exit_at(x, code):
    if x == 11:
        sys.exit(code)
    return x


def interrupt_at(x):
    if x == 6:
        raise KeyboardInterrupt("from the body")
    return x


def generator_exit_at(x):
    if x == 6:
        raise GeneratorExit("from the body")
    return x


def make_unpicklable(x):
    return (lambda: x) if x == 13 else x


def length_of(value):
    return value if isinstance(value, int) else value() if callable(value) else len(value)


def unwrap(thing):
    return thing.x if not isinstance(thing, int) else thing


def wrap_unloadable(x):
    return Unloadable(x) if x == 8 else x


def wrap_unpicklable(x):
    return Unpicklable(x)


def deep(x):
    return 0 if x == 0 else 1 + deep(x - 1)


def nest(depth):
    value = ()
    for _ in range(depth):
        value = (value,)
    return value


def nest_at(x):
    return depth_of(nest(100_000)) if x == 9 else x


def return_nested(x):
    return Nested(nest(20_000)) if x == 9 else x


class Nested:
    """A result too deep for pickle; compared without recursion."""

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return type(other) is Nested and depth_of(self.value) == depth_of(other.value)


def depth_of(value):
    depth = 0
    while value:
        value, depth = value[0], depth + 1
    return depth


def thirds(x):
    return str(decimal.Decimal(x) / 3)


def digits(x):
    return len(str(7 ** (x * 400)))


def environment(name):
    return os.environ.get(name)


def warn_at(x):
    if x == 10:
        warnings.warn("odd value", UserWarning, stacklevel=1)
    return x


def warn_caught(x):
    with warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        warnings.warn("inside", UserWarning, stacklevel=1)
    return x, len(seen)


def warn_swallowed(x):
    """A warning that is an error in the parent only must not be taken for a result."""
    try:
        warnings.warn("odd", DeprecationWarning, stacklevel=1)
    except DeprecationWarning:
        return "error"
    return "shown"


def cwd_name(_):
    return os.path.basename(os.getcwd())


def big(x):
    return bytes([x % 256]) * 3_000_000


def size_of(data):
    return len(data), data[:1], data[-1:]


def first_of(pair):
    (index, (left, right)) = pair
    return index * 1000 + left - right


def where_it_runs(_):
    return os.getpid()


def stdin_text(_):
    return sys.stdin.read()


def rows_until_corrupt(count, error):
    yield from range(count)
    raise error


def squares_then_stop(count):
    yield from range(count)
    return "value"


class OldSequence:
    """Iterates by __getitem__ only."""

    def __getitem__(self, index):
        if index >= 20:
            raise IndexError
        return index


class Shifty:
    """Its length lies; a loop never asks for it."""

    def __len__(self):
        raise AssertionError("len() was called")

    def __iter__(self):
        return iter(range(20))

    def __length_hint__(self):
        raise AssertionError("length_hint() was called")


class Resumes:
    """Goes on after its end, if it is asked; a loop does not ask."""

    def __init__(self, end):
        self.end = end
        self.asked = 0

    def __iter__(self):
        return self

    def __next__(self):
        self.asked += 1
        if self.asked == self.end:
            raise StopIteration
        return self.asked


class BadIterable:
    def __iter__(self):
        raise LookupError("no iterator today")


def small_precision():
    decimal.getcontext().prec = 5
    return lambda: setattr(decimal.getcontext(), "prec", 28)


def high_limit():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(4000)
    return lambda: sys.setrecursionlimit(before)


def low_limit():
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(300)
    return lambda: sys.setrecursionlimit(before)


def many_digits():
    if not hasattr(sys, "set_int_max_str_digits"):
        return lambda: None
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(0)
    return lambda: sys.set_int_max_str_digits(before)


def few_digits():
    if not hasattr(sys, "set_int_max_str_digits"):
        return lambda: None
    before = sys.get_int_max_str_digits()
    sys.set_int_max_str_digits(700)
    return lambda: sys.set_int_max_str_digits(before)


def late_variable():
    os.environ["SUPPORT_TEST_LATE"] = "b"
    return lambda: os.environ.pop("SUPPORT_TEST_LATE")


def warnings_are_errors():
    saved = warnings.filters[:]
    warnings.simplefilter("error")

    def undo():
        warnings.resetwarnings()
        warnings.filters.extend(saved)

    return undo


def warnings_are_ignored():
    undo = warnings_are_errors()
    warnings.simplefilter("ignore")
    return undo


def handlers_of_the_parent():
    before = signal.signal(signal.SIGTERM, lambda *_: print("handler of the parent"))
    return lambda: signal.signal(signal.SIGTERM, before)


ERROR = ValueError("one object for all")
FOUR = lambda: 4  # noqa: E731 (cannot be pickled)
partial = functools.partial

CASES = {
    "empty": Case(square, list, hires=False),
    "one": Case(square, lambda: [3], hires=False),
    "two": Case(square, lambda: [3, 4]),
    "list": Case(square, lambda: list(range(100))),
    "long": Case(square, lambda: range(20_000)),
    "duplicates": Case(square, lambda: [2, 2, 3, 2, 3] * 9),
    "chunk of one": Case(square, lambda: list(range(40)), options={"chunksize": 1}),
    "chunk of seven": Case(square, lambda: list(range(40)), options={"chunksize": 7}),
    "chunk above all": Case(
        square, lambda: list(range(40)), options={"chunksize": 1000}, hires=False
    ),
    "below the threshold": Case(square, lambda: range(9), options={"min_items": 10}, hires=False),
    "on the threshold": Case(square, lambda: range(10), options={"min_items": 10}),
    "generator below": Case(
        square, lambda: squares_then_stop(9), options={"min_items": 10}, hires=False
    ),
    "generator above": Case(square, lambda: squares_then_stop(50), options={"min_items": 10}),
    "dict": Case(str, lambda: dict.fromkeys("abcdefgh"), hires=None),
    "dict items": Case(first_of, lambda: {i: (i + 1, 2) for i in range(50)}.items()),
    "enumerate zip": Case(first_of, lambda: enumerate(zip(range(50), range(50, 100)))),  # noqa: B905
    "by getitem": Case(square, OldSequence),
    "length that raises": Case(square, Shifty),
    "text": Case(ord, lambda: "some text of letters", hires=None),
    "constants": Case(partial(scaled, factor=3, table=list(range(1000))), lambda: range(60)),
    "own classes": Case(unwrap, lambda: [Point(i) for i in range(30)]),
    "resumes after its end": Case(square, lambda: Resumes(21)),
    "resumes, above the threshold": Case(
        square, lambda: Resumes(21), options={"min_items": 30}, hires=False
    ),
    "not iterable": Case(square, lambda: 7, hires=False),
    "iter raises": Case(square, BadIterable, hires=False),
    "endless": Case(square, itertools.count, stop=30, compare_read=True),
    "endless, chunked": Case(
        square, itertools.count, stop=30, options={"chunksize": 5}, compare_read=True
    ),
    "stops at once": Case(square, lambda: range(100), stop=1),
    "task fails first": Case(partial(fail_at, where=0, error=KeyError("k")), lambda: range(50)),
    "task fails later": Case(partial(fail_at, where=17, error=KeyError("k", 2)), lambda: range(50)),
    "task fails last": Case(partial(fail_at, where=49, error=KeyError("k", 2)), lambda: range(50)),
    "same error object": Case(partial(fail_at, where=17, error=ERROR), lambda: range(50)),
    "all fail from": Case(partial(fail_from, where=5), lambda: range(50)),
    "all fail, chunk of one": Case(
        partial(fail_from, where=5), lambda: range(50), options={"chunksize": 1}
    ),
    "cause": Case(fail_with_cause, lambda: range(50)),
    "context, cannot be rebuilt": Case(fail_with_context, lambda: range(50)),
    "note": Case(fail_with_note, lambda: range(50)),
    "fails beyond the stop": Case(partial(fail_from, where=9), lambda: range(50), stop=9),
    "stop iteration": Case(next_of, lambda: [[1]] * 20 + [[]] + [[2]] * 20),
    "stop iteration first": Case(next_of, lambda: [[]] * 20),
    "stop iteration, one": Case(next_of, lambda: [[]], hires=False),
    "exit": Case(partial(exit_at, code=3), lambda: range(40)),
    "exit text": Case(partial(exit_at, code="bye"), lambda: range(40)),
    "interrupt in the body": Case(interrupt_at, lambda: range(40)),
    "generator exit in the body": Case(generator_exit_at, lambda: range(40)),
    "source raises": Case(square, lambda: rows_until_corrupt(23, OSError(5, "torn"))),
    "source raises, chunked": Case(
        square, lambda: rows_until_corrupt(23, OSError(5, "torn")), options={"chunksize": 10}
    ),
    "source raises at once": Case(square, lambda: rows_until_corrupt(0, OSError(5)), hires=False),
    "source raises early": Case(
        square, lambda: rows_until_corrupt(3, OSError(5)), options={"min_items": 10}, hires=False
    ),
    "source exits": Case(square, lambda: rows_until_corrupt(23, SystemExit(4))),
    "source raises after a failing item": Case(
        partial(fail_from, where=20), lambda: rows_until_corrupt(23, OSError(5, "torn"))
    ),
    "source raises beyond the stop": Case(
        square, lambda: rows_until_corrupt(23, OSError(5)), stop=23
    ),
    "unpicklable item": Case(length_of, lambda: [*range(20), FOUR, *range(20)]),
    "unpicklable first": Case(length_of, lambda: [FOUR, *range(20)]),
    "unpicklable last": Case(length_of, lambda: [*range(20), FOUR]),
    "item refuses": Case(unwrap, lambda: [*range(20), Unpicklable(3), *range(20)]),
    "item cannot be loaded": Case(unwrap, lambda: [*range(20), Unloadable(3), *range(20)]),
    "result refuses": Case(wrap_unpicklable, lambda: range(40)),
    "result cannot be loaded": Case(wrap_unloadable, lambda: range(40)),
    "result too deep": Case(return_nested, lambda: range(40)),
    "unpicklable task": Case(lambda x: x + 1, lambda: range(40), hires=None),
    "unpicklable constant": Case(
        partial(scaled, factor=2, table=Unpicklable), lambda: range(3), hires=None
    ),
    "big items": Case(
        size_of, lambda: [bytes([i]) * 2_000_000 for i in range(12)], options={"chunksize": 1}
    ),
    "big results": Case(big, lambda: range(12), options={"chunksize": 1}),
    "deep": Case(deep, lambda: [3000, 10, 2500], prepare=high_limit),
    "too deep for the parent only": Case(deep, lambda: [10, 400, 20], prepare=low_limit),
    "too deep": Case(deep, lambda: [10, 500, 90_000, 20]),
    "nested": Case(nest_at, lambda: range(20)),
    "decimal": Case(thirds, lambda: range(30), prepare=small_precision),
    "many digits": Case(digits, lambda: range(40), prepare=many_digits),
    "few digits": Case(digits, lambda: range(40), prepare=few_digits),
    "environment": Case(environment, lambda: ["SUPPORT_TEST_LATE"] * 9, prepare=late_variable),
    "directory": Case(cwd_name, lambda: range(9)),
    "warning": Case(warn_at, lambda: range(30)),
    "warning caught": Case(warn_caught, lambda: range(30)),
    "warning as error": Case(warn_swallowed, lambda: range(30), prepare=warnings_are_errors),
    "warning ignored": Case(warn_swallowed, lambda: range(30), prepare=warnings_are_ignored),
    "signal handlers": Case(square, lambda: range(30), prepare=handlers_of_the_parent),
}
