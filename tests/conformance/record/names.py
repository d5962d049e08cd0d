"""Names of what values are, as text. Nothing here runs code of the program under observation, and
nothing keeps its objects: classes are read through `type`'s own descriptors.

    int, pkg.Class, list[int | str], tuple[int, str], dict[str, int]     exact classes
    type[pkg.Class], module pkg.name                                     classes and modules as values
    function pkg.f@12, method pkg.C.f@12                 in Python, line 12 is `code.co_firstlineno`
    builtin builtins.len, builtin builtins.list.append                   in C; of bound ones the class
    functools.partial[function pkg.f@12]                                 what these two call
    numpy.ndarray[float64, 2]                                            element type and rank
"""

from __future__ import annotations

import functools
import itertools
import types
from collections import deque

FIRST, LAST = 8, 2  # elements of a container that are looked at
DEPTH = 2  # of containers within containers
SHORT = 6  # tuples up to this length are told position by position

_order = type.__dict__["__mro__"].__get__
_module = type.__dict__["__module__"].__get__
_name = type.__dict__["__qualname__"].__get__
_namespace = type.__dict__["__dict__"].__get__
_descriptors = (
    *(type((1).__add__), type(str.upper), type(int.__add__)),
    type(dict.__dict__["fromkeys"]),
)
_cached = type(functools.lru_cache(lambda: None))

# Of these a class record says which it has: what protocols and the abstract classes of
# `collections.abc` ask for.
METHODS = (
    "__abs__ __aenter__ __aiter__ __anext__ __await__ __bool__ __buffer__ __bytes__ __call__ __complex__ "
    "__contains__ __delitem__ __enter__ __exit__ __float__ __fspath__ __getitem__ __hash__ __index__ __int__ "
    "__iter__ __len__ __lt__ __next__ __reversed__ __round__ __setitem__ __trunc__ close flush items keys "
    "read readline send throw values write"
).split()


def _bases(cls: type) -> tuple[type, ...]:
    # Classes that are being made, or taken apart, have none.
    return _order(cls) or (cls,)


def _written_in(cls: type) -> object:
    """The module of its text: `__module__`, unless a method that was compiled as a part of the class says
    that somebody has stored another name there."""
    module = _module(cls)
    name = _name(cls)
    for key, value in _namespace(cls).items():
        if type(value) is types.FunctionType and value.__code__.co_qualname == f"{name}.{key}":
            return value.__globals__.get("__name__", module)
    return module


def class_name(cls: type) -> str:
    module = _written_in(cls)
    name = _name(cls)
    if cls is types.NoneType:
        return "None"
    if type(module) is not str or module == "builtins":
        return name
    return f"{module}.{name}"


def bases(cls: type) -> list[str]:
    return [class_name(base) for base in _bases(cls)]


def methods(cls: type) -> list[str]:
    namespaces = [_namespace(base) for base in _bases(cls)]
    found = []
    for name in METHODS:
        for namespace in namespaces:
            if name in namespace:
                # `__hash__ = None` says that there is none.
                if namespace[name] is not None:
                    found.append(name)
                break
    return found


def is_metaclass(cls: type) -> bool:
    # Not by `in`, nor anywhere here by a dictionary of classes: metaclasses may define `==` and `hash`.
    return any(base is type for base in _bases(cls))


def code_name(function: types.FunctionType) -> str:
    module = function.__globals__.get("__name__")
    code = function.__code__
    prefix = f"{module}." if type(module) is str else ""
    return f"{prefix}{code.co_qualname}@{code.co_firstlineno}"


def _defining(cls: type, name: str) -> str:
    for base in _bases(cls):
        if name in _namespace(base):
            return f"{_in_module(base)}.{name}"
    return f"{_in_module(cls)}.{name}"


def _in_module(cls: type) -> str:
    name = class_name(cls)
    return name if "." in name else f"builtins.{name}"


def builtin_name(value: object) -> str:
    """Of a function or bound method in C."""
    owner = value.__self__
    if value.__name__ == "__new__":
        return f"{_in_module(owner)}.__new__"
    if owner is None or type(owner) is types.ModuleType:
        module = value.__module__
        return f"{module}.{value.__qualname__}" if type(module) is str else value.__qualname__
    if is_metaclass(type(owner)) and value.__name__ not in _namespace(type):
        return _defining(owner, value.__name__)
    return _defining(type(owner), value.__name__)


def callable_name(value: object) -> str | None:
    """None for what is not one of the callables that have names of their own."""
    cls = type(value)
    if cls is types.FunctionType:
        return "function " + code_name(value)
    if cls is types.MethodType:
        inner = value.__func__
        if type(inner) is types.FunctionType:
            return "method " + code_name(inner)
        return callable_name(inner) or f"method {class_name(type(inner))}"
    if cls is types.BuiltinFunctionType:
        return "builtin " + builtin_name(value)
    if any(cls is one for one in _descriptors):
        return f"builtin {_in_module(value.__objclass__)}.{value.__name__}"
    if cls is functools.partial:
        return f"functools.partial[{callable_or_class(value.func)}]"
    if cls is _cached:
        inner = getattr(value, "__wrapped__", None)
        return f"functools._lru_cache_wrapper[{callable_or_class(inner)}]"
    if is_metaclass(cls):
        return f"type[{class_name(value)}]"
    return None


def callable_or_class(value: object) -> str:
    return callable_name(value) or class_name(type(value))


def union(names: list[str]) -> str:
    return " | ".join(dict.fromkeys(names))


def some(values: object) -> list[object]:
    return list(itertools.islice(iter(values), FIRST))


def _ends(values: list | tuple | deque) -> list[object]:
    if len(values) <= FIRST + LAST:
        return list(values)
    return [*itertools.islice(values, FIRST), values[-2], values[-1]]


def describe(value: object, depth: int = DEPTH) -> str:
    """The exact class, with what is inside where that class is a container of Python's own."""
    cls = type(value)
    container = CONTAINERS.get(id(cls))
    if container is not None:
        return class_name(cls) if depth == 0 else container(value, depth - 1)
    if cls is types.ModuleType:
        name = value.__dict__.get("__name__")
        return f"module {name}" if type(name) is str else "module"
    named = callable_name(value)
    if named is not None:
        return named
    name = class_name(cls)
    return f"numpy.ndarray[{value.dtype}, {value.ndim}]" if name == "numpy.ndarray" else name


def _sequence(value: list | deque, depth: int) -> str:
    inner = union([describe(one, depth) for one in _ends(value)])
    return f"{class_name(type(value))}[{inner}]"


def _set(value: set | frozenset, depth: int) -> str:
    inner = union([describe(one, depth) for one in some(value)])
    return f"{class_name(type(value))}[{inner}]"


def _tuple(value: tuple, depth: int) -> str:
    inner = [describe(one, depth) for one in _ends(value)]
    if len(value) <= SHORT:
        return f"tuple[{', '.join(inner)}]"
    return f"tuple[{union(inner)}, ...]"


def _dict(value: dict, depth: int) -> str:
    items = some(value.items())
    keys = union([describe(key, depth) for key, _ in items])
    values = union([describe(one, depth) for _, one in items])
    return f"dict[{keys}, {values}]" if items else "dict[]"


# By `id` of the class.
CONTAINERS = {
    id(list): _sequence,
    id(deque): _sequence,
    id(set): _set,
    id(frozenset): _set,
    id(tuple): _tuple,
    id(dict): _dict,
}
# The other classes of which a name alone says too little.
TOLD_APART = {
    id(types.FunctionType),
    id(types.MethodType),
    id(types.BuiltinFunctionType),
    id(types.ModuleType),
    id(functools.partial),
    id(_cached),
    *map(id, _descriptors),
}
