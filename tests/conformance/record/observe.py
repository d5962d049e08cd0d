"""The probes: what a running program calls, and the books they keep.

A place remembers the classes it has seen by their `id`; an observed class tells when it dies, so that
another one in the same memory is not taken for it. What is remembered of values is text. Sets are
bounded: a place with `KINDS` different descriptions is marked capped and takes no more.
"""

from __future__ import annotations

import dis
import functools
import sys
import types
import weakref

from . import names
from .replaced import Originals

KINDS = 24  # descriptions of one place
EDGES = 2_000_000  # pairs of caller's instruction and function
CODES = 200_000  # code objects held
# Containers and functions are told apart at each of the first visits of a place, then at one in
# sixteen, then no more: the loops that come here a million times bring the same kinds every time.
VISITS = 48
LAST_VISIT = 2_000

NOTHING: frozenset = frozenset()
CACHE = dis.opmap["CACHE"]


class _Class:
    """What is known of a class that has been observed; `sites` are where to forget it."""

    __slots__ = ("deep", "name", "reference", "sites")

    def __init__(self, cls: type, name: str, deep: bool, forget) -> None:
        self.name = name
        self.deep = deep
        self.sites: set[int] = set()
        self.reference = weakref.ref(cls, forget)


class Observer:
    def __init__(self) -> None:
        self.seen: list[set | frozenset] = []  # by site: ids of classes, or keys of callables
        self.kinds: list[dict[str, None] | None] = []  # by site: descriptions
        self.visits: dict[int, int] = {}
        self.first_site: list[int] = []  # by function: its first parameter
        self.entered: list[bool] = []
        self.classes: dict[int, _Class] = {}
        self.class_records: dict[str, tuple[list[str], list[str], str]] = {}
        self.codes: dict[int, tuple[types.CodeType, int]] = {}  # of instrumented files: file number
        self.kept: dict[int, object] = {}  # codes whose ids serve as keys
        self.edges: dict[tuple[int, int, int], None] = {}
        self.found_edges: dict[tuple, None] = {}
        self.failures: dict[str, int] = {}  # how often, by what went wrong
        self.lost_edges = False
        self.originals = Originals()

    # ---- what the hook announces ----

    def add_file(self, number: int, sites: int, first_parameters: list[int]) -> None:
        self.seen.extend([NOTHING] * sites)
        self.kinds.extend([None] * sites)
        self.first_site.extend(first_parameters)
        self.entered.extend([False] * len(first_parameters))

    def add_code(self, code: types.CodeType, number: int) -> None:
        self.codes[id(code)] = (code, number)
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                self.add_code(constant, number)

    # ---- the probes, in closures: they run at every expression ----

    def probes(self):
        seen, record, record_callee = self.seen, self.record, self.record_callee
        edges, add_edge, first_site = self.edges, self.add_edge, self.first_site
        entered, frame_of = self.entered, sys._getframe
        Function, Method, Module = types.FunctionType, types.MethodType, types.ModuleType
        Builtin = types.BuiltinFunctionType

        def probe(site, value):
            if id(type(value)) not in seen[site]:
                record(site, value)
            return value

        def callee(site, value):
            cls = type(value)
            if cls is Function:
                key = id(value.__code__)
            elif cls is Method:
                inner = value.__func__
                key = id(inner.__code__) if type(inner) is Function else None
            elif cls is Builtin:
                owner = value.__self__
                if owner is None or type(owner) is Module:
                    key = id(value)
                elif issubclass(type(owner), type):
                    key = None  # `dict.fromkeys` and `int.from_bytes`: each class its own
                else:
                    key = (id(type(owner)), value.__name__)
            else:
                key = id(value)
            if key not in seen[site]:
                record_callee(site, value, key)
            return value

        def enter_later(function, *values):
            entered[function] = True
            site = first_site[function]
            for value in values:
                if id(type(value)) not in seen[site]:
                    record(site, value)
                site += 1

        def enter(function, *values):
            entered[function] = True
            back = frame_of(1).f_back
            if back is not None:
                key = (id(back.f_code), back.f_lasti, function)
                if key not in edges:
                    add_edge(key, back)
            site = first_site[function]
            for value in values:
                if id(type(value)) not in seen[site]:
                    record(site, value)
                site += 1

        return probe, callee, enter, enter_later

    # ---- the first time, or each time where one class says too little ----

    def record(self, site: int, value: object) -> None:
        try:
            known = self.class_of(type(value))
            if not known.deep:
                self.note(site, known.name)
                self.remember(site, id(type(value)), known)
                return
            if not self.worth_a_visit(site, known, id(type(value))):
                return
            self.note(site, names.describe(value))
            self.note_classes_within(value)
        except Exception as error:
            # Too deep in the stack, or a container that another thread changes: one value less.
            self.failed(error)

    def record_callee(self, site: int, value: object, key: object) -> None:
        try:
            cls = type(value)
            known = self.class_of(cls)
            name = names.callable_name(value)
            if name is not None and cls in (types.FunctionType, types.MethodType):
                self.note(site, name)
                code = getattr(getattr(value, "__func__", value), "__code__", None)
                if type(code) is types.CodeType and self.keep(code):
                    self.remember(site, key)
            elif name is not None and cls is types.BuiltinFunctionType:
                self.note(site, name)
                if key is not None:
                    self.remember(site, key, self.class_of(type(value.__self__)))
            elif name is not None and names.is_metaclass(cls):
                self.note(site, name)
                self.remember(site, key, self.class_of(value))
            else:
                # An instance: its id says nothing once it is gone.
                self.note(site, name or known.name)
        except Exception as error:
            self.failed(error)

    def keep(self, code: types.CodeType) -> bool:
        """Its id is a key from now on, and must not become another's; it holds constants only."""
        if len(self.kept) < CODES:
            self.kept[id(code)] = code
        return id(code) in self.kept

    def failed(self, error: Exception) -> None:
        text = f"{type(error).__name__}: {error}"[:100]
        if text in self.failures or len(self.failures) < KINDS:
            self.failures[text] = self.failures.get(text, 0) + 1

    def worth_a_visit(self, site: int, known: _Class, key: int) -> bool:
        count = self.visits.get(site, 0) + 1
        self.visits[site] = count
        if count > LAST_VISIT:
            self.remember(site, key, known)
        return count <= VISITS or count % 16 == 0

    def note(self, site: int, description: str) -> None:
        kinds = self.kinds[site]
        if kinds is None:
            kinds = self.kinds[site] = {}
        if len(kinds) < KINDS and description not in kinds:
            kinds[description] = None
            self.originals.look()

    def remember(self, site: int, key: object, known: _Class | None = None) -> None:
        if known is not None:
            known.sites.add(site)
        seen = self.seen[site]
        if seen is NOTHING:
            seen = self.seen[site] = set()
        seen.add(key)

    def class_of(self, cls: type) -> _Class:
        known = self.classes.get(id(cls))
        if known is None:
            name = names.class_name(cls)
            deep = id(cls) in names.CONTAINERS or id(cls) in names.TOLD_APART
            deep = deep or names.is_metaclass(cls) or name == "numpy.ndarray"
            known = _Class(cls, name, deep, functools.partial(self.forget, id(cls)))
            self.classes[id(cls)] = known
            if name not in self.class_records:
                # A metaclass may decide what calling the class does.
                meta = self.class_of(type(cls)).name if cls is not type else "type"
                self.class_records[name] = (names.bases(cls), names.methods(cls), meta)
        return known

    def note_classes_within(self, value: object) -> None:
        """The classes of elements: the record is to say what they derive from."""
        cls = type(value)
        if names.is_metaclass(cls):
            self.class_of(value)
        elif cls is dict:
            for key, one in names.some(value.items()):
                self.class_of(type(key))
                self.class_of(type(one))
        elif id(cls) in names.CONTAINERS:
            for one in names.some(value):
                self.class_of(type(one))

    def forget(self, number: int, reference: object) -> None:
        known = self.classes.get(number)
        if known is None or known.reference is not reference:
            return
        del self.classes[number]
        for site in known.sites:
            self.seen[site] = {
                key
                for key in self.seen[site]
                if key != number and not (type(key) is tuple and key[0] == number)
            }

    def add_edge(self, key: tuple[int, int, int], back: types.FrameType) -> None:
        if len(self.edges) >= EDGES:
            self.lost_edges = True
            return
        self.edges[key] = None
        code, last, function = back.f_code, back.f_lasti, key[2]
        _, file = self.codes.get(id(code), (None, None))
        if file is None or last < 0:
            self.keep(code)
            return
        try:
            line, end_line, column, end_column = next(
                found for index, found in enumerate(code.co_positions()) if index == last // 2
            )
            instructions = code.co_code
            while last > 0 and instructions[last] == CACHE:
                last -= 2
            # PRECALL makes some calls itself.
            opcode = dis.opname[instructions[last]].removeprefix("PRE")
            position = (line, column, end_line, end_column)
            self.found_edges[(file, position, opcode, function)] = None
        except Exception as error:
            self.failed(error)
