"""What the interpreter has under a name by which a stub of the standard library describes something. Stubs do
not say whether a function is written in Python or C or is what a table has under another name
(`keyword.iskeyword` is the `__contains__` of a frozenset), and some of their classes are there for type
checkers only."""

from __future__ import annotations

import functools
import importlib
import inspect
import sys

from record import names

MISSING = object()


@functools.cache
def thing(target: str) -> object:
    """Of `module.Class.name`; MISSING where there is none."""
    parts = target.split(".")
    if parts[0] not in sys.stdlib_module_names:
        return MISSING
    for length in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:length]))
        except ImportError:
            continue
        for part in parts[length:]:
            found = inspect.getattr_static(found, part, MISSING)
        return found
    return MISSING


@functools.cache
def called(target: str) -> str | None:
    """What the recorder calls it, where it is a callable with a name of its own."""
    found = thing(target)
    return None if found is MISSING else names.callable_name(found)


@functools.cache
def is_handed_on(target: str) -> bool:
    """Whether the class has no such method, and asks another object for it."""
    owner, _, _ = target.rpartition(".")
    cls = thing(owner)
    return (
        isinstance(cls, type)
        and thing(target) is MISSING
        and inspect.getattr_static(cls, "__getattr__", MISSING) is not MISSING
    )


@functools.cache
def is_for_checkers_only(name: str) -> bool:
    """A class of a stub that the module does not have."""
    module, dot, _ = name.rpartition(".")
    known = bool(dot) and module.partition(".")[0] in sys.stdlib_module_names
    return known and thing(name) is MISSING and thing(module) is not MISSING
