"""Values of the types that facts speak of: makes them, checks them, takes pictures of them."""

from __future__ import annotations

import builtins
import collections
import itertools
import operator
import random

from facts import SCALARS, Cursor, Knowledge, Type, parse_type

HITS: list[str] = []
IMMUTABLE: set[type] = set()  # classes whose identity means nothing
HIDDEN: dict[int, tuple[object, list]] = {}  # iterators made here, with what they will give


def _tripped(name):
    def method(self, *args, **kwargs):
        HITS.append(name)
        raise RuntimeError(f"user code was run: {name}")

    return method


class Tripwire:
    """Stands for an object of the user: notes whatever is run on it."""

    __slots__ = ("__weakref__",)


_DUNDERS = """__eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __len__ __iter__ __next__ __contains__
__getitem__ __setitem__ __delitem__ __call__ __str__ __repr__ __format__ __bytes__ __int__ __float__ __complex__
__index__ __add__ __radd__ __iadd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __rtruediv__ __floordiv__ __mod__
__rmod__ __pow__ __neg__ __pos__ __abs__ __invert__ __and__ __or__ __xor__ __ror__ __round__ __trunc__ __floor__
__ceil__ __divmod__ __enter__ __exit__ __reduce__ __reduce_ex__ __copy__ __deepcopy__ __getattribute__ __setattr__
__reversed__ __length_hint__ __instancecheck__ __get__ __set__ __fspath__ __sizeof__ __dir__""".split()
for _name in _DUNDERS:
    setattr(Tripwire, _name, _tripped(_name))


class Untriable(Exception):
    """No value of this type can be made here."""


STRINGS = [
    "",
    "a",
    "abc",
    "Hello World",
    "  x ",
    "0",
    "-12",
    "3.5",
    "nan",
    "1e400",
    "\0",
    "\u00df\u0130",
    "\ud800",
    "a,b;c",
    "%d %s",
    "{0} {}",
    "{:>10}",
    "{a.b}",
    "((",
    "[a-z]+",
    "x" * 50,
    "\n\r\x0b\u2028",
    "\U0001f600",
    "utf-8",
    "ascii",
    "strict",
    "ignore",
    "big",
    "little",
    "2020-01-02",
    "12:30:00",
    "deadbeef",
    "YWJj",
]
INTS = [0, 1, 2, 3, 5, 7, -1, -2, 10, 16, 36, 64, 97, 255, 256, 1000, -7]
BIG_INTS = [2**31, -(2**31), 2**63, 2**64 + 1, -(2**70), 10**30, 2**2000]
FLOATS = [
    0.0,
    -0.0,
    1.0,
    0.5,
    -1.5,
    3.25,
    1e-9,
    1e300,
    -1e308,
    float("inf"),
    float("-inf"),
    float("nan"),
    1e-320,
    100.0,
]
BYTES = [
    b"",
    b"a",
    b"abc",
    b"\x00\xff",
    b"hello world",
    b"12",
    b"YWJj",
    b"deadbeef",
    b"x" * 100,
    b" z ",
]


class Maker:
    """Makes values; the same seed gives the same values in every process."""

    def __init__(
        self,
        knowledge: Knowledge,
        samples: dict,
        seed,
        bounds: dict[str, Type],
        *,
        big: bool,
        sets: bool,
    ):
        self.rng = random.Random(seed)
        self.knowledge = knowledge
        self.samples = samples
        self.bounds = bounds
        self.big = big
        self.sets = sets  # whether iterables may be sets, whose order differs between processes
        self.types: dict[str, Type] = {}  # what each variable stands for in this call
        self.recent: list = []
        self.returned: dict[str, list] = {}  # what the callable parameters returned

    def pick(self, items):
        return items[self.rng.randrange(len(items))]

    def variable(self, name: str) -> Type:
        if name not in self.types:
            self.types[name] = self.narrow(self.bounds.get(name, Type("any")))
        return self.types[name]

    def narrow(self, bound: Type) -> Type:
        if bound.kind == "any":
            return parse_type(Cursor(self.pick(["any", "any", "int", "str", "list[int]"])))
        if bound.kind == "plain":
            return parse_type(
                Cursor(
                    self.pick(
                        [
                            "int",
                            "str",
                            "float",
                            "real",
                            "tuple[int, str]",
                            "list[int]",
                            "plain",
                            "frozen",
                            "bytes",
                        ]
                    )
                )
            )
        if bound.kind == "frozen":
            return parse_type(
                Cursor(self.pick(["int", "str", "tuple[int, str]", "frozen", "real", "None|str"]))
            )
        if bound.kind == "union" and self.rng.random() < 0.7:
            return self.pick(bound.args)
        return bound

    def integer(self) -> int:
        if self.big and self.rng.random() < 0.15:
            return self.pick(BIG_INTS)
        return self.pick(INTS)

    def scalar(self, name: str):
        rng = self.rng
        if name == "None":
            return None
        if name == "bool":
            return rng.random() < 0.5
        if name == "int":
            return self.integer()
        if name == "float":
            return self.pick(FLOATS) if rng.random() < 0.7 else rng.uniform(-100, 100)
        if name == "complex":
            return complex(self.pick(FLOATS), self.pick(FLOATS))
        if name == "str":
            if rng.random() < 0.7:
                return self.pick(STRINGS)
            return "".join(chr(rng.randrange(32, 127)) for _ in range(rng.randrange(12)))
        return self.pick(BYTES)

    def several(self, type_: Type, parameter: str = "") -> list:
        if self.rng.random() < 0.15:
            return []
        made = [self.make(type_, parameter) for _ in range(self.rng.randrange(1, 6))]
        self.recent += [each for each in made if type(each) in (bool, int, float, str, bytes)]
        return made

    def frozen(self, depth: int = 0):
        if self.recent and depth == 0 and self.rng.random() < 0.4:
            return self.pick(self.recent)  # so that what is looked for is found now and then
        if depth < 2 and self.rng.random() < 0.3:
            items = [self.frozen(depth + 1) for _ in range(self.rng.randrange(4))]
            return tuple(items) if not self.sets or self.rng.random() < 0.7 else frozenset(items)
        return self.scalar(self.pick(SCALARS))

    def plain(self, depth: int = 0):
        if self.recent and depth == 0 and self.rng.random() < 0.4:
            return self.pick(self.recent)
        if depth >= 2 or self.rng.random() < 0.5:
            return self.scalar(self.pick(SCALARS))
        kind = self.pick(["list", "tuple", "dict", "bytearray", "range", "set"])
        count = self.rng.randrange(4)
        if kind == "bytearray":
            return bytearray(self.pick(BYTES))
        if kind == "range":
            return range(self.rng.randrange(5))
        if kind == "dict":
            return {self.frozen(1): self.plain(depth + 1) for _ in range(count)}
        if kind == "set":
            return (
                {self.frozen(1) for _ in range(count)}
                if self.sets
                else [self.frozen(1) for _ in range(count)]
            )
        items = [self.plain(depth + 1) for _ in range(count)]
        return items if kind == "list" else tuple(items)

    def hashable(self, type_: Type) -> bool:
        if type_.kind == "var":
            return self.hashable(self.variable(type_.name))
        if type_.kind == "union":
            return all(self.hashable(each) for each in type_.args)
        if type_.kind == "class" and type_.name == "tuple":
            return all(self.hashable(each) for each in type_.args)
        return type_.kind in ("frozen", "literal") or (
            type_.kind == "class" and type_.name in SCALARS
        )

    def make(self, type_: Type, parameter: str = ""):
        kind = type_.kind
        if kind == "union":
            choices = [
                each for each in type_.args if self.sets or each.name not in ("set", "frozenset")
            ]
            return self.make(self.pick(choices or type_.args), parameter)
        if kind == "var":
            return self.make(self.variable(type_.name), parameter)
        if kind == "any":
            return Tripwire()
        if kind == "plain":
            return self.plain()
        if kind == "frozen":
            return self.frozen()
        if kind == "literal":
            return type_.name
        if kind == "type":
            return self.pick([int, str, list, dict, float, Tripwire, type(None)])
        if kind == "callable":
            return self.callable(type_, parameter)
        if kind == "iterator":
            return self.hide(self.several(type_.args[0], parameter))
        if kind == "iterable":
            return self.iterable(type_.args[0], parameter)
        if kind == "class":
            return self.instance(type_, parameter)
        raise Untriable(f"no values of type {kind}")

    def hide(self, items: list):
        iterator = iter(items)
        HIDDEN[id(iterator)] = (iterator, list(items))
        return iterator

    def callable(self, type_: Type, parameter: str):
        returned = self.returned.setdefault(parameter, [])
        seed = self.rng.random()
        result = type_.args[-1]
        count = itertools.count()
        self.make(result)  # settles what the variable of the result stands for

        def function(*args):
            if len(args) != len(type_.args) - 1:
                raise AssertionError(f"callable got {len(args)} arguments")
            state = self.rng.getstate()
            self.rng.seed(f"{seed} {next(count)}")
            value = self.make(result)
            self.rng.setstate(state)
            returned.append(value)
            return value

        return function

    def iterable(self, item: Type, parameter: str):
        concrete = self.variable(item.name) if item.kind == "var" else item
        choices = ["list", "list", "tuple", "deque", "iterator"]
        if self.hashable(concrete):
            choices += ["dict", "keys"] + (["set", "frozenset"] if self.sets else [])
        if concrete == Type("class", "int"):
            choices += ["range"]
        if concrete == Type("class", "str"):
            choices += ["str"]
        kind = self.pick(choices)
        if kind == "range":
            return range(
                self.rng.randrange(-3, 4), self.rng.randrange(0, 9), self.rng.randrange(1, 3)
            )
        if kind == "str":
            return self.scalar("str")
        items = self.several(item, parameter)
        if kind == "iterator":
            return self.hide(items)
        if kind == "dict":
            return dict.fromkeys(items, 0)
        if kind == "keys":
            return dict.fromkeys(items, 0).keys()
        return {
            "list": list,
            "tuple": tuple,
            "deque": collections.deque,
            "set": set,
            "frozenset": frozenset,
        }[kind](items)

    def instance(self, type_: Type, parameter: str):
        name, args = type_.name, type_.args
        if name in SCALARS:
            return self.scalar(name)
        if name == "tuple":
            return (
                tuple(self.several(args[0]))
                if type_.variadic
                else tuple(self.make(each) for each in args)
            )
        if name in ("list", "set", "frozenset", "collections.deque"):
            if name in ("set", "frozenset") and not self.hashable(args[0]):
                self.types = {v: self.narrow(Type("frozen")) for v in self.types}
                return self.instance(type_, parameter)
            make = {
                "list": list,
                "set": set,
                "frozenset": frozenset,
                "collections.deque": collections.deque,
            }[name]
            return make(self.several(args[0]))
        if name.startswith("dict_"):
            return self.view(name.removeprefix("dict_"), args[0])
        if name in (
            "dict",
            "collections.OrderedDict",
            "collections.defaultdict",
            "collections.Counter",
        ):
            if not self.hashable(args[0]):
                self.types[args[0].name] = self.narrow(Type("frozen"))
            pairs = {key: self.make(args[1]) for key in self.several(args[0])}
            if name == "collections.defaultdict":
                return collections.defaultdict(None, pairs)
            return {
                "dict": dict,
                "collections.OrderedDict": collections.OrderedDict,
                "collections.Counter": collections.Counter,
            }[name](pairs)
        if name == "bytearray":
            return bytearray(self.pick(BYTES))
        if name == "range":
            return range(self.rng.randrange(-3, 4), self.rng.randrange(0, 9))
        if name == "slice":
            return slice(*(self.make(each) for each in args))
        if isinstance(getattr(builtins, name, None), type) and issubclass(
            getattr(builtins, name), BaseException
        ):
            return self.exception(getattr(builtins, name))
        if name in ("datetime.datetime", "datetime.time"):
            return self.zoned(name, args[0])
        if name in self.samples:
            return self.samples[name](self.rng)
        raise Untriable(f"no sample of {name}")

    def view(self, name: str, item: Type):
        if name == "values":
            return {index: self.make(item) for index in range(self.rng.randrange(5))}.values()
        pair = self.variable(item.name) if item.kind == "var" else item
        if name == "items" and not (
            pair.name == "tuple" and len(pair.args) == 2 and self.hashable(pair.args[0])
        ):
            pair = Type("class", "tuple", (Type("class", "int"), Type("frozen")))
            if item.kind != "var":
                raise Untriable("a view of items yields pairs")
            self.types[item.name] = pair
        if name == "items":
            return {
                self.make(pair.args[0]): self.make(pair.args[1])
                for _ in range(self.rng.randrange(5))
            }.items()
        if not self.hashable(pair):
            self.types[item.name] = self.narrow(Type("frozen"))
        return dict.fromkeys(self.several(item)).keys()

    def zoned(self, name: str, zone: Type):
        if zone.kind == "var" and self.bounds.get(zone.name, Type("any")).kind in ("any", "frozen"):
            zones = (Type("class", "None"), Type("class", "datetime.timezone"))
            self.types.setdefault(zone.name, self.pick(zones))
        return self.samples[name](self.rng).replace(tzinfo=self.make(zone))

    def exception(self, cls):
        if issubclass(cls, UnicodeError) and cls is not UnicodeError:
            raise Untriable("no samples of this exception")
        if cls is BaseExceptionGroup:
            return cls("group", [KeyboardInterrupt()])
        return cls("group", [ValueError(1)]) if "Group" in cls.__name__ else cls("message")


def conforms(value, type_: Type, maker: Maker) -> bool:
    """Whether an object is exactly of a type, down to its elements; draws iterators (a few items)."""
    kind, cls = type_.kind, type(value)
    if kind in ("unknown", "any"):
        return True
    if kind == "nothing":
        return False
    if kind == "union":
        return any(conforms(value, each, maker) for each in type_.args)
    if kind == "var":
        return conforms(value, maker.types.get(type_.name, Type("unknown")), maker)
    if kind == "plain":
        if cls in (list, tuple, set, frozenset):
            return all(conforms(each, type_, maker) for each in value)
        if cls is dict:
            return all(
                conforms(k, type_, maker) and conforms(v, type_, maker) for k, v in value.items()
            )
        return cls in (type(None), bool, int, float, complex, str, bytes, bytearray, range)
    if kind == "frozen":
        if cls in (tuple, frozenset):
            return all(conforms(each, type_, maker) for each in value)
        return cls in (type(None), bool, int, float, complex, str, bytes)
    if kind == "type":
        return isinstance(value, type)
    if kind == "literal":
        return cls is str and value == type_.name
    if kind == "callable":
        return callable(value)
    if kind in ("iterator", "iterable"):
        return operator.length_hint(value, -1) != -2 and cls.__iter__ is not None
    return conforms_class(value, type_, maker)


def conforms_class(value, type_: Type, maker: Maker) -> bool:
    from facts import resolve

    name, args = type_.name, type_.args
    if type(value) is not resolve(name):
        return False
    if name == "tuple":
        if type_.variadic:
            return all(conforms(each, args[0], maker) for each in value)
        return len(value) == len(args) and all(map(lambda v, t: conforms(v, t, maker), value, args))
    if not args:
        return True
    if name in (
        "list",
        "set",
        "frozenset",
        "collections.deque",
        "dict_keys",
        "dict_values",
        "dict_items",
    ):
        return all(conforms(each, args[0], maker) for each in value)
    if name in ("datetime.datetime", "datetime.time"):
        return conforms(value.tzinfo, args[0], maker)
    if isinstance(value, dict):
        second = args[1] if len(args) > 1 else Type("any")
        return all(
            conforms(k, args[0], maker) and conforms(v, second, maker) for k, v in value.items()
        )
    return True


CONTAINERS = (
    list,
    tuple,
    set,
    frozenset,
    dict,
    collections.deque,
    collections.OrderedDict,
    collections.Counter,
    collections.defaultdict,
    collections.ChainMap,
    type({}.keys()),
    type({}.values()),
    type({}.items()),
)


def children(value) -> list:
    cls = type(value)
    if id(value) in HIDDEN and HIDDEN[id(value)][0] is value:
        return list(HIDDEN[id(value)][1])
    if cls in (type({}.items()),):
        return [part for pair in value for part in pair]
    if cls is collections.ChainMap:
        return list(value.maps)
    if issubclass(cls, BaseException):
        return list(value.args)
    if cls not in CONTAINERS:
        return []
    if isinstance(value, dict):
        return [*value.keys(), *value.values()]
    return list(value)


def picture(value, *, identity: bool, depth: int = 6):
    """What a value looks like, as nested tuples that compare without running code of the value."""
    cls = type(value)
    if cls is float or cls is complex:
        return (cls.__name__, repr(value))
    if cls in (type(None), bool, int, str, bytes):
        return (cls.__name__, value)
    head = (cls.__name__, id(value) if identity else None)
    if depth == 0 or cls is Tripwire:
        return head
    if cls is bytearray:
        return (*head, bytes(value))
    if cls in (set, frozenset):
        return (
            *head,
            tuple(
                sorted(
                    (picture(each, identity=identity, depth=depth - 1) for each in value), key=repr
                )
            ),
        )
    if cls is slice:
        return (
            *head,
            *(
                picture(p, identity=identity, depth=depth - 1)
                for p in (value.start, value.stop, value.step)
            ),
        )
    if cls in CONTAINERS:
        if cls is type({}.items()) or isinstance(value, dict):
            pairs = value if cls is type({}.items()) else value.items()
            inner = tuple(
                (
                    picture(k, identity=identity, depth=depth - 1),
                    picture(v, identity=identity, depth=depth - 1),
                )
                for k, v in pairs
            )
        else:
            inner = tuple(picture(each, identity=identity, depth=depth - 1) for each in value)
        return (*head, inner)
    if issubclass(cls, BaseException):
        return (
            *head,
            tuple(picture(each, identity=identity, depth=depth - 1) for each in value.args),
        )
    if cls is range:
        return (*head, repr(value))
    if hasattr(cls, "__next__"):
        return (*head, operator.length_hint(value, -1))
    if cls.__module__ != "__main__" and cls.__repr__ is not object.__repr__:
        text = repr(value)
        return head if " 0x" in text else (*head, text)
    return head


def reachable(value, seen: dict[int, object] | None = None) -> dict[int, object]:
    """Objects with identity that can be reached, by id."""
    seen = {} if seen is None else seen
    if type(value) in (type(None), bool, int, float, complex, str, bytes) or id(value) in seen:
        return seen
    seen[id(value)] = value
    for child in children(value):
        reachable(child, seen)
    return seen


def is_mutable(value) -> bool:
    return type(value) not in IMMUTABLE
