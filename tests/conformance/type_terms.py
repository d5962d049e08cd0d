"""Type terms, as the engine answers and the recorder writes them, and when one contains the other.

    term      name [ "[" terms "]" ] [ "+" ]       a "|" joins alternatives inside brackets
    name      int, pkg.mod.Class, function pkg.mod.f@12, builtin builtins.len, module pkg.mod, type

`pkg.Class` is exactly that class; `pkg.Class+` is a declared one: it or a subclass, or for protocols and
the classes of `collections.abc` and `typing`, whatever has their methods. `tuple[int, str]` has these
two elements, `tuple[int, ...]` any number. A name without brackets says nothing of what is inside.
Brackets with nothing in them, `list[]`, are an empty container. The `@12` of a function may be left out;
`@stub` says that only a stub describes it, whose class may be another than where the method really is.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import stub_names

# Names of one thing: what modules in C call themselves, and where stubs have it.
SAME_MODULE = {
    "_abc": "abc",
    "_asyncio": "asyncio",
    "_bisect": "bisect",
    "_collections": "collections",
    "_collections_abc": "collections.abc",
    "_csv": "csv",
    "_datetime": "datetime",
    "_decimal": "decimal",
    "_functools": "functools",
    "_hashlib": "hashlib",
    "_heapq": "heapq",
    "_io": "io",
    "_json": "json",
    "_operator": "operator",
    "_pickle": "pickle",
    "_pydecimal": "decimal",
    "_random": "random",
    "_re": "re",
    "_sre": "re",
    "_statistics": "statistics",
    "_string": "string",
    "_struct": "struct",
    "_thread": "threading",
    "_warnings": "warnings",
    "_weakref": "weakref",
    "_weakrefset": "weakref",
    "ntpath": "os.path",
    "posix": "os",
    "posixpath": "os.path",
    "typing": "collections.abc",
    "typing_extensions": "collections.abc",
}
# What the recorder names by module and stubs by another name, or the other way round.
SAME_NAME = {
    "NoneType": "None",
    "types.NoneType": "None",
    "types.FunctionType": "function",
    "types.BuiltinFunctionType": "builtin",
    "builtin_function_or_method": "builtin",
    "collections.abc.AbstractSet": "collections.abc.Set",
    "open": "io.open",
    "os._fscodec.<locals>.fsdecode": "os.fsdecode",
    "os._fscodec.<locals>.fsencode": "os.fsencode",
    "sys._version_info": "sys.version_info",
    "threading.LockType": "threading.lock",
    "threading.allocate_lock": "threading.lock",
    "types.MethodType": "method",
    "types.ModuleType": "module",
    "types.EllipsisType": "ellipsis",
    "types.NotImplementedType": "NotImplementedType",
    "types.GeneratorType": "generator",
    "types.CoroutineType": "coroutine",
    "types.AsyncGeneratorType": "async_generator",
    "types.MappingProxyType": "mappingproxy",
    "types.CodeType": "code",
    "types.FrameType": "frame",
    "types.TracebackType": "traceback",
    "collections.abc.dict_keys": "dict_keys",
    "collections.abc.dict_values": "dict_values",
    "collections.abc.dict_items": "dict_items",
}
# Stands for the line of what only a stub describes.
STUB = "stub"
KINDS = ("function", "method", "builtin", "module")
# Methods by which a class counts as one of these without deriving from it.
PROTOCOLS = {
    "AsyncIterable": ("__aiter__",),
    "AsyncIterator": ("__aiter__", "__anext__"),
    "Awaitable": ("__await__",),
    "Callable": ("__call__",),
    "Collection": ("__len__", "__iter__", "__contains__"),
    "Container": ("__contains__",),
    "Coroutine": ("__await__", "send", "throw", "close"),
    "Generator": ("__iter__", "__next__", "send", "throw", "close"),
    "Hashable": ("__hash__",),
    "Iterable": ("__iter__",),
    "Iterator": ("__iter__", "__next__"),
    "Reversible": ("__reversed__",),
    "Sized": ("__len__",),
    "SupportsAbs": ("__abs__",),
    "SupportsBytes": ("__bytes__",),
    "SupportsComplex": ("__complex__",),
    "SupportsFloat": ("__float__",),
    "SupportsIndex": ("__index__",),
    "SupportsInt": ("__int__",),
    "SupportsRound": ("__round__",),
}
# Registered with these, not deriving from them, and not told by their methods.
REGISTERED = {
    "Buffer": ("bytes", "bytearray", "memoryview", "array.array", "mmap.mmap"),
    "ByteString": ("bytes", "bytearray"),
    "ItemsView": ("dict_items", "odict_items"),
    "KeysView": ("dict_keys", "odict_keys"),
    "Mapping": ("dict", "mappingproxy"),
    "MappingView": ("dict_keys", "dict_values", "dict_items"),
    "MutableMapping": ("dict",),
    "MutableSequence": ("list", "bytearray", "collections.deque", "array.array"),
    "MutableSet": ("set",),
    "Sequence": (
        *("list", "tuple", "str", "range", "bytes", "bytearray", "memoryview", "array.array"),
        "collections.deque",
    ),
    "Set": ("set", "frozenset", "dict_keys", "dict_items"),
    "ValuesView": ("dict_values",),
}
TOWER = {
    "numbers.Number": ("int", "float", "complex", "bool", "decimal.Decimal"),
    "numbers.Complex": ("int", "float", "complex", "bool"),
    "numbers.Real": ("int", "float", "bool"),
    "numbers.Rational": ("int", "bool"),
    "numbers.Integral": ("int", "bool"),
    # What an annotation says by PEP 484.
    "float": ("int", "bool"),
    "complex": ("int", "float", "bool"),
    "os.PathLike": (),
}
OPEN = {"object", "Any", "typing.Any", "collections.abc.Any"}


class Malformed(ValueError):
    pass


@dataclass(frozen=True)
class Term:
    name: str
    # Alternatives for each argument; None where there are no brackets.
    arguments: tuple[tuple[Term, ...], ...] | None = None
    repeated: bool = False  # "..." at the end
    subclasses: bool = False

    def __str__(self) -> str:
        text = self.name
        if self.arguments is not None:
            inner = [" | ".join(map(str, one)) for one in self.arguments]
            text += f"[{', '.join([*inner, '...'] if self.repeated else inner)}]"
        return text + "+" * self.subclasses


@dataclass
class Classes:
    """What the record knows of classes, by name."""

    bases: dict[str, list[str]] = field(default_factory=dict)
    methods: dict[str, list[str]] = field(default_factory=dict)
    metaclasses: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bases = {
            canonical(name): [canonical(base) for base in bases]
            for name, bases in self.bases.items()
        }
        self.methods = {canonical(name): methods for name, methods in self.methods.items()}
        self.metaclasses = {
            canonical(name): canonical(meta) for name, meta in self.metaclasses.items()
        }

    def is_subclass(self, name: str, of: str) -> bool:
        if name == of or of == "object":
            return True
        bases = self.bases.get(name, [name])
        if of in bases:
            return True
        if any(base in TOWER.get(of, ()) for base in bases):
            return True
        module, _, last = of.rpartition(".")
        if of == "os.PathLike":
            return "__fspath__" in self.methods.get(name, ())
        if module != "collections.abc":
            return False
        if last in PROTOCOLS and set(PROTOCOLS[last]) <= set(self.methods.get(name, ())):
            return True
        return any(base in REGISTERED.get(last, ()) for base in bases)


def canonical(name: str) -> str:
    """One name for what has several."""
    kind, space, rest = name.partition(" ")
    if kind == "module" and space:
        return f"module {SAME_MODULE[rest]}" if rest in ("ntpath", "posixpath") else name
    if space and kind in KINDS:
        return f"{kind} {canonical(rest)}"
    name, at, line = name.partition("@")
    name = name.removeprefix("builtins.") if not space else name
    name = SAME_NAME.get(name, name)
    module, dot, _ = name.partition(".")
    if dot and module in SAME_MODULE:
        name = SAME_MODULE[module] + name[len(module) :]
    return SAME_NAME.get(name, name) + at + line


def parse(text: str) -> Term:
    parser = _Parser(text)
    term = parser.term()
    if parser.at != len(text):
        raise Malformed(f"{text!r}: nothing was expected from character {parser.at} on")
    return term


class _Parser:
    def __init__(self, text: str) -> None:
        self.text, self.at = text, 0

    def peek(self, token: str) -> bool:
        return self.text.startswith(token, self.at)

    def take(self, token: str) -> bool:
        found = self.peek(token)
        self.at += len(token) * found
        return found

    def term(self) -> Term:
        start = self.at
        while self.at < len(self.text) and self.text[self.at] not in "[],|+":
            self.at += 1
        name = self.text[start : self.at]
        if self.peek("|"):  # the space before it
            name = name.rstrip()
            self.at = start + len(name)
        if not name or name != name.strip():
            raise Malformed(f"{self.text!r}: a name was expected at character {start}")
        arguments, repeated = None, False
        if self.take("["):
            arguments, repeated = self.arguments()
        return Term(canonical(name), arguments, repeated, self.take("+"))

    def arguments(self) -> tuple[tuple[tuple[Term, ...], ...], bool]:
        found: list[tuple[Term, ...]] = []
        if self.take("]"):
            return (), False
        while True:
            if self.take("..."):
                self.close()
                return tuple(found), True
            alternatives = [self.term()]
            while self.take(" | "):
                alternatives.append(self.term())
            found.append(tuple(alternatives))
            if not self.take(", "):
                self.close()
                return tuple(found), False

    def close(self) -> None:
        if not self.take("]"):
            raise Malformed(f"{self.text!r}: ']' was expected at character {self.at}")


def contains(inferred: list[Term], observed: Term, classes: Classes) -> bool:
    return any(_contains(one, observed, classes) for one in inferred)


def _contains(inferred: Term, observed: Term, classes: Classes) -> bool:
    if inferred.name in OPEN or is_shape(inferred):
        return True
    if not _same_or_below(inferred, observed, classes):
        return False
    if inferred.arguments is None or observed.arguments is None:
        return True
    if inferred.name == "type":
        # The class itself is the value here.
        return _all_within(inferred.arguments[0], observed.arguments[0], classes)
    if inferred.name != observed.name:
        # Another class may mean something else by its arguments.
        return True
    if not observed.arguments:
        return inferred.name != "tuple" or inferred.repeated or not inferred.arguments
    if inferred.name == "tuple":
        return _tuple_contains(inferred, observed, classes)
    return len(inferred.arguments) == len(observed.arguments) and all(
        _all_within(ours, seen, classes)
        for ours, seen in zip(inferred.arguments, observed.arguments, strict=True)
    )


def _tuple_contains(inferred: Term, observed: Term, classes: Classes) -> bool:
    if inferred.repeated:
        return all(_all_within(inferred.arguments[0], seen, classes) for seen in observed.arguments)
    if observed.repeated:
        # The record merges the elements of long ones: each must be somewhere.
        anywhere = tuple(one for alternatives in inferred.arguments for one in alternatives)
        return _all_within(anywhere, observed.arguments[0], classes)
    return len(inferred.arguments) == len(observed.arguments) and all(
        _all_within(ours, seen, classes)
        for ours, seen in zip(inferred.arguments, observed.arguments, strict=True)
    )


def _all_within(ours: tuple[Term, ...], seen: tuple[Term, ...], classes: Classes) -> bool:
    return all(contains(list(ours), one, classes) for one in seen)


def _same_or_below(inferred: Term, observed: Term, classes: Classes) -> bool:
    """By the name alone."""
    if inferred.name == observed.name:
        return True
    kind, _, target = observed.name.partition(" ")
    if kind in KINDS:
        if inferred.name == kind:
            return True
        if inferred.subclasses and inferred.name == "collections.abc.Callable":
            return kind != "module"
        kind_of_ours, _, our_target = inferred.name.partition(" ")
        if is_what_the_stub_means(inferred, observed):
            return True
        if inferred.subclasses and kind_of_ours == kind == "method":
            return same_target(our_target, target) or overrides(our_target, target, classes)
        return kind_of_ours == kind and (
            same_target(our_target, target) or same_method(our_target, target, classes)
        )
    if observed.name == "builtin_method":
        # One that the recorder could not name.
        return inferred.name.startswith("builtin ")
    if observed.name == "type" and inferred.subclasses:
        if inferred.name in ("collections.abc.Callable", "collections.abc.Hashable"):
            return True
        cls = observed.arguments[0][0].name if observed.arguments else ""
        return classes.is_subclass(classes.metaclasses.get(cls, "type"), inferred.name)
    return inferred.subclasses and classes.is_subclass(observed.name, inferred.name)


def same_target(ours: str, seen: str) -> bool:
    """The line counts where both say one."""
    our_name, _, our_line = ours.partition("@")
    name, _, line = seen.partition("@")
    return our_name == name and (our_line in ("", STUB) or not line or our_line == line)


def same_method(ours: str, seen: str, classes: Classes) -> bool:
    """A method that only a stub describes may stand in a class below or above the one that the stub
    has it in: `dict.update` is that of MutableMapping there."""
    if not ours.endswith("@" + STUB):
        return False
    our_class, _, our_name = ours.partition("@")[0].rpartition(".")
    seen_class, _, name = seen.partition("@")[0].rpartition(".")
    if our_name != name or not our_class or not seen_class:
        return False
    our_class, seen_class = canonical(our_class), canonical(seen_class)
    return classes.is_subclass(seen_class, our_class) or classes.is_subclass(our_class, seen_class)


def is_what_the_stub_means(ours: Term, seen: Term) -> bool:
    """What only a stub describes, by what the interpreter has under that name."""
    if ours.name == "type" and ours.arguments and len(ours.arguments[0]) == 1:
        # Some of what stubs call classes are functions.
        return canonical(stub_names.called(ours.arguments[0][0].name) or "") == seen.name
    _, _, target = ours.name.partition(" ")
    target, _, line = target.partition("@")
    if line != STUB:
        return False
    if canonical(stub_names.called(target) or "") == seen.name:
        return True
    method = seen.name.partition("@")[0].rpartition(".")[2]
    return target.rpartition(".")[2] == method and stub_names.is_handed_on(target)


def overrides(ours: str, seen: str, classes: Classes) -> bool:
    """A method of a subclass by the same name, in the place of ours."""
    our_class, _, our_name = ours.partition("@")[0].rpartition(".")
    seen_class, _, name = seen.partition("@")[0].rpartition(".")
    return our_name == name and classes.is_subclass(canonical(seen_class), canonical(our_class))


def is_shape(one: Term) -> bool:
    """A class that says what an object can do, and not what it is: it is in stubs only."""
    return one.name.startswith("_typeshed.") or (
        " " not in one.name and stub_names.is_for_checkers_only(one.name)
    )


def is_known(inferred: list[Term]) -> bool:
    """At most four concrete classes: no `object`, no `Any`, no abstract class that anything may be."""
    return 0 < len(inferred) <= 4 and not any(
        one.name in OPEN
        or one.subclasses
        and one.name.startswith("collections.abc.")
        or is_shape(one)
        for one in inferred
    )
