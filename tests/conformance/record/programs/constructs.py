"""A program of all kinds of constructs; test_record.py runs it plainly and under recording."""

from __future__ import annotations

import abc
import asyncio
import contextlib
import enum
import functools
import gc
import inspect
import sys
import threading
import traceback
import weakref
from collections import defaultdict, namedtuple
from dataclasses import dataclass, field


def plain(a, b=1, *rest, c, d=2.0, **more):
    """Its docstring stays."""
    total = a + b
    return total, rest, c, d, more


def counting(limit):
    for number in range(limit):
        received = yield number * 2
        if received:
            print("received", received)
    return "done"


def delegating():
    result = yield from counting(2)
    print("delegated", result)


async def ticks(count):
    for number in range(count):
        await asyncio.sleep(0)
        yield number


async def gathering():
    found = [tick async for tick in ticks(3)]
    async with guarded("async") as name:
        found.append(name)
    async for tick in ticks(1):
        found.append(tick)
    return found


@contextlib.asynccontextmanager
async def guarded(name):
    yield name + "!"


def decorated(function):
    @functools.wraps(function)
    def wrapper(*args):
        return function(*args)

    return wrapper


@decorated
@decorated
def twice(x):
    return x * 2


class Meta(type):
    def __call__(cls, *args):
        made = super().__call__(*args)
        made.by_meta = True
        return made


class Wishful(type):
    def __prepare__(name, bases):
        return defaultdict(list)


class Granted(metaclass=Wishful):
    # A namespace that makes up whatever is asked for.
    unset.append(1)  # noqa: F821
    unset += [2]  # noqa: F821
    for one in [3]:
        unset.append(one)  # noqa: F821


class Base(metaclass=Meta):
    shared = ()
    made = tuple([item for item in (1, 2)])
    __secret = 5

    def __init__(self, value):
        self.value = value
        self.__hidden = [value]

    @property
    def double(self):
        return self.value * 2

    @double.setter
    def double(self, value):
        self.value = value // 2

    @classmethod
    def make(cls, value):
        return cls(value)

    @staticmethod
    def help(value):
        return -value

    def __add__(self, other):
        return type(self)(self.value + other.value)

    def __eq__(self, other):
        return isinstance(other, __class__) and self.value == other.value

    __hash__ = None

    def __getitem__(self, index):
        if index > 2:
            raise IndexError(index)
        return self.value + index

    def peek(self, __x=1):
        return self.__hidden, self.__secret, __x


class Derived(Base):
    def __init__(self, value):
        super().__init__(value)
        self.more: int = value + 1

    def __repr__(self):
        return f"{type(self).__name__}({self.value!r:>{4}}, {self.more=})"


class Colour(enum.Enum):
    RED = 1
    BLUE = enum.auto()

    @property
    def low(self):
        return self.name.lower()


@dataclass(order=True)
class Point:
    x: int
    y: float = 0.5
    tags: list[str] = field(default_factory=list)


class Shape(abc.ABC):
    @abc.abstractmethod
    def area(self): ...


class Square(Shape):
    __slots__ = ("side",)

    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side**2


Pair = namedtuple("Pair", "left right")


def closures():
    counter = 0

    def step(by=1):
        nonlocal counter
        counter += by
        return counter

    step()
    return step(by=2), [lambda x, n=n: x + n for n in range(2)][1](10)


def failing(kind):
    try:
        if kind == "raise":
            raise ValueError("wrong") from KeyError("cause")
        return {"a": 1}[kind]
    except (KeyError, ValueError) as error:
        return repr(error), repr(error.__cause__)
    else:
        return None
    finally:
        print("finally")


def matching(value):
    match value:
        case {"k": [first, *others], **remaining}:
            return first, others, remaining
        case Point(x=0) | Point(y=0.5) as point if point.x >= 0:
            return point
        case str() | None:
            return "text or nothing"
        case _:
            return


def unpacking():
    (a, *b), c = [1, 2, 3], "c"
    first, second = c, c = {**{"x": 1}}, "d"
    grid = [[0] * 2, [0] * 2]
    grid[0][1] += 5
    grid[1:2] = [[7, 8]]
    a, grid[0][0] = 4, a
    del grid[0][0]
    if (n := len(b)) > 1 and not a == n < 9:
        b.extend(x for x in range(n) if x for _ in "ab")
    return a, b, c, first, second, grid, n, {k: v for k, v in zip("ab", grid)}, {*b}


def introspecting(argument):
    here = sys._getframe().f_code.co_name
    return here, sorted(locals()), inspect.signature(plain), sys.getrefcount(object())


def lines():
    try:
        return plain(
            1,
            "text",
            c=3,
        )
    except TypeError:
        return traceback.format_exc().replace(__file__, "FILE")


def forgetting():
    class Local:
        pass

    value = Local()
    weak_value, weak_class = weakref.ref(value), weakref.ref(Local)
    items = [value, {"v": value}, (value, Local), value.__init__]
    items.append(lambda: value)  # noqa: F821
    del value, Local, items
    gc.collect()
    return weak_value() is None, weak_class() is None


def deep(n):
    return deep(n + 1)


def wandering():
    for item in Base(1):
        print(item, end=" ")
    print()


def main():
    print(plain(1, c=3), plain(1, 2, 3, c="c", e=5), plain.__doc__, Base.__doc__)
    generator = counting(3)
    print(next(generator), generator.send("hello"), list(generator), list(delegating()))
    print(asyncio.run(gathering()))
    print(twice(4), twice.__name__, closures())
    one, two = Base(1), Derived.make(2)
    two.double = 10
    print((one + two).value, one.double, one == two, Base.help(3), Base.made, two, one.peek())
    print(one.by_meta, sorted(Granted.__dict__), sorted(Base.__dict__))
    print([c.low for c in Colour], Point(1) < Point(1, 0.75), Square(3).area(), Pair(1, "r"))
    print(failing("a"), failing("b"), failing("raise"))
    print([matching(v) for v in ({"k": [1, 2], "z": 3}, Point(0), "t", 5)])
    print(unpacking(), introspecting(1))
    print(lines())
    wandering()
    threads = [threading.Thread(target=twice, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(forgetting())
    try:
        deep(0)
    except RecursionError as error:
        print(type(error).__name__)
    print(sorted(globals()), sorted(name for name in dir(__builtins__) if "unspool" in name))


main()
