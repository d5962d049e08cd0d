"""Runs in the interpreter that is the oracle: for each line of standard input, a JSON list of units
as `unspool debug classes` prints them, imports each module in a process of its own and answers with
what differs, a JSON object a line. Standard library only."""

from __future__ import annotations

import collections.abc
import importlib
import json
import os
import signal
import sys
import types
import typing

SECONDS = 20
ABSTRACT = {getattr(collections.abc, name) for name in collections.abc.__all__}
# What typeshed writes as bases for the sake of types, and the run does not have (or has, where a
# class only looks like one): for classes that stubs declare, these say nothing about the order.
STRUCTURAL = ABSTRACT | {typing.Generic, typing.Protocol}
MISSING = object()


def find(place: str) -> object:
    """The object that "module:Outer.Inner" names, or MISSING."""
    module, _, qualname = place.partition(":")
    try:
        found = sys.modules.get(module) or importlib.import_module(module)
    except BaseException:
        return MISSING
    for part in qualname.split("."):
        found = (
            found.__dict__.get(part, MISSING)
            if isinstance(found, type)
            else getattr(found, part, MISSING)
        )
        if found is MISSING:
            return MISSING
    origin = getattr(found, "__origin__", None)
    return origin if isinstance(origin, type) and not isinstance(found, type) else found


def kind_of(value: object) -> str:
    if isinstance(value, types.FunctionType):
        return "function"
    # Their subclasses in abc are the same but for the abstract flag.
    for kind in (classmethod, staticmethod, property):
        if isinstance(value, kind):
            return kind.__name__
    if isinstance(value, types.DynamicClassAttribute):
        return "property"
    return "class" if isinstance(value, type) else "other"


class Check:
    """One unit against its module as imported."""

    def __init__(self, unit: dict, module: types.ModuleType) -> None:
        self.unit, self.module = unit, module
        self.counts: dict[str, int] = {}
        self.wrong: list[str] = []
        self.unknown: dict[str, list[str]] = {}

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def fail(self, what: str, name: str, claim: object, fact: object) -> None:
        self.wrong.append(f"{what}: {self.unit['module']}.{name}: we say {claim}, it is {fact}")

    def leave(self, what: str, cause: str, name: str) -> None:
        self.unknown.setdefault(f"{what}: {cause}", []).append(f"{self.unit['module']}.{name}")

    def run(self) -> None:
        stub = self.unit["kind"] == "stub"
        for claim in self.unit["classes"]:
            name = claim["qualname"]
            if "<locals>" in name:
                continue
            if claim["replaced"] and not stub:
                self.leave("class", claim["replaced"], name)
                continue
            found = find(f"{self.unit['module']}:{name}")
            if stub:
                self.stub_class(claim, found)
            else:
                self.source_class(claim, found)
        if not stub:
            self.hints()

    def source_class(self, claim: dict, found: object) -> None:
        name = claim["qualname"]
        self.count("classes")
        if not isinstance(found, type):
            self.fail("class", name, "a class", "missing" if found is MISSING else type(found))
            return
        if found.__qualname__ != name:
            self.fail("qualname", name, name, found.__qualname__)
        self.order(claim, found)
        if not claim["metaclass"]:
            self.leave("metaclass", "unknown", name)
        else:
            self.count("metaclasses")
            metaclass = find(claim["metaclass"])
            if metaclass is not type(found):
                if self.stub_differs(claim):
                    self.leave("metaclass", "a-base's-stub-differs-from-the-run", name)
                    return
                self.fail("metaclass", name, claim["metaclass"], type(found))
        self.members(claim, found)

    def order(self, claim: dict, found: type) -> None:
        name = claim["qualname"]
        if claim["mro_state"] == "inconsistent":
            self.fail("order", name, "none", [each.__qualname__ for each in found.__mro__])
            return
        actual = list(found.__mro__)
        # Two classes may go by one name: a base made by namedtuple(), a class put in another's place.
        by_name = {f"{each.__module__}:{each.__qualname__}" for each in actual}
        claimed = [find(place) for place in claim["mro"]]
        for index, place in enumerate(claim["mro"]):
            if place in by_name and claimed[index] not in actual[index : index + 1]:
                same = [e for e in actual[index:] if f"{e.__module__}:{e.__qualname__}" == place]
                claimed[index] = same[0] if same else claimed[index]
        partial = claim["mro_state"] == "partial"
        if partial:
            self.leave("order", claim["reason"].split(" ")[0], name)
        # `object` and exceptions are declared by stubs too, and exactly.
        from_stubs = [
            entry
            for entry, stub in zip(claimed, claim["mro_stub"])
            if stub and entry not in STRUCTURAL
        ]
        # Generic comes with the parameters that a stub gives a class, or is written in the source.
        structural = any(
            stub and entry in STRUCTURAL and entry is not typing.Generic
            for entry, stub in zip(claimed, claim["mro_stub"])
        ) or (typing.Generic in claimed and any(e is not object for e in from_stubs))
        if structural or any(entry is MISSING for entry in from_stubs):
            claimed = [
                entry
                for entry, stub in zip(claimed, claim["mro_stub"])
                if not (stub and (entry in STRUCTURAL or entry is MISSING))
            ]
            actual = [entry for entry in actual if entry in claimed or entry not in STRUCTURAL]
            # Implementation classes that stubs leave out.
            kept = set(claimed)
            actual = [e for e in actual if e in kept or not e.__name__.startswith("_")]
            self.count("orders by stubs")
        else:
            self.count("orders")
        if partial:
            actual = actual[: len(claimed)]
        if claimed != actual and self.stub_differs(claim):
            self.leave("order", "a-base's-stub-differs-from-the-run", name)
        elif claimed != actual:
            self.fail(
                "order",
                name,
                claim["mro"],
                [f"{e.__module__}:{e.__qualname__}" for e in found.__mro__],
            )

    def stub_differs(self, claim: dict) -> bool:
        """Whether a class that a stub declares has, when run, another order than the stub says:
        what follows from that is typeshed's word."""
        for index, stub in enumerate(claim["mro_stub"]):
            entry = find(claim["mro"][index]) if stub else MISSING
            if not isinstance(entry, type) or entry is object:
                continue
            declared = [find(place) for place in claim["mro"][index:]]
            declared = [e for e in declared if e is not MISSING and e not in STRUCTURAL]
            return declared != [e for e in entry.__mro__ if e not in STRUCTURAL]
        return False

    def members(self, claim: dict, found: type) -> None:
        name = claim["qualname"]
        for member, (kind, unbound) in claim["members"].items():
            if kind.startswith("unknown"):
                self.leave("member", kind.removeprefix("unknown "), f"{name}.{member}")
                continue
            if kind in ("variable", "absent"):
                continue
            if unbound:
                self.leave("member", "may-be-unbound", f"{name}.{member}")
                continue
            self.count("members")
            fact = found.__dict__.get(member, MISSING)
            if fact is MISSING:
                self.fail("member", f"{name}.{member}", kind, "missing")
            elif kind_of(fact) != kind:
                self.fail("member", f"{name}.{member}", kind, f"{kind_of(fact)} {type(fact)}")
        for member, value in found.__dict__.items():
            code = getattr(getattr(value, "__func__", value), "__code__", None)
            written = (
                code is not None
                and code.co_filename == getattr(self.module, "__file__", None)
                and code.co_qualname == f"{name}.{code.co_name}"
                and code.co_name == member
            )
            if written and member not in claim["members"]:
                self.fail("member", f"{name}.{member}", "nothing", "a function written there")

    def stub_class(self, claim: dict, found: object) -> None:
        name = claim["qualname"]
        if "check-only" in claim["flags"] or name.startswith("_"):
            return
        if not isinstance(found, type):
            self.leave(
                "stub class", "not-a-class-when-run" if found is not MISSING else "missing", name
            )
            return
        self.count("stub classes")
        claimed = [find(place) for place in claim["mro"]]
        if any(entry is MISSING for entry in claimed):
            self.leave("stub order", "helper-class-of-the-stub", name)
        claimed = [entry for entry in claimed if entry is not MISSING and entry not in STRUCTURAL]
        known = set(claimed)
        actual = [e for e in found.__mro__ if e not in STRUCTURAL]
        public = [e for e in actual if e in known or not e.__name__.startswith("_")]
        if claimed == public:
            self.count("stub orders alike")
        elif [e for e in public if e in known] == claimed:
            self.leave("stub order", "stub-leaves-out-a-base", name)
        elif set(public) <= known:
            self.leave("stub order", "stub-adds-a-base", name)
        else:
            self.leave("stub order", "differs", name)

    def hints(self) -> None:
        for claim in self.unit["functions"]:
            name = claim["qualname"]
            if "<locals>" in name or "overload" in claim["flags"]:
                continue
            function = find(f"{self.unit['module']}:{name}")
            function = getattr(function, "__func__", function)
            if not isinstance(function, types.FunctionType):
                continue
            code = function.__code__
            if code.co_qualname != name or not hasattr(function, "__annotations__"):
                continue
            try:
                facts = typing.get_type_hints(function)
            except Exception:
                continue
            for parameter, text in claim["hints"].items():
                if "Unknown(" in text:
                    cause = text.partition("Unknown(")[2].partition(")")[0]
                    self.leave("annotation", cause, f"{name}({parameter})")
                    continue
                if parameter not in facts or "..." in text and len(text) > 3000:
                    continue
                self.count("annotations")
                ours = canonical(evaluate(text))
                theirs = canonical(facts[parameter])
                if ours != theirs and erased(ours) != erased(theirs):
                    self.fail("annotation", f"{name}({parameter})", text, facts[parameter])


class Names(dict):
    """Names in the text of a type: modules, builtins, or type parameters."""

    def __missing__(self, name: str) -> object:
        if name in ("Any", "Callable", "Literal", "Never", "Concatenate", "Self"):
            return getattr(typing, name)
        try:
            return importlib.import_module(name)
        except BaseException:
            return typing.TypeVar(name)


def evaluate(text: str) -> object:
    try:
        return eval(text, Names(vars(__import__("builtins"))))
    except Exception as error:
        return f"{text}: {error}"


def canonical(hint: object) -> object:
    if hint is type(None) or hint is None:
        return "None"
    if hint is ...:
        return "..."
    if isinstance(hint, typing.TypeVar):
        return f"TypeVar {hint.__name__}"
    if isinstance(hint, list):
        return [canonical(each) for each in hint]
    if hint is typing.NoReturn:
        hint = typing.Never
    if hint is typing.Callable:
        hint = collections.abc.Callable
    if hint in (tuple, typing.Tuple):  # noqa: UP006
        return ["tuple", [canonical(typing.Any), "..."]]
    origin = typing.get_origin(hint)
    arguments = typing.get_args(hint)
    if origin is None:
        if isinstance(hint, type) or hint is typing.Any:
            return hint.__module__ + "." + hint.__qualname__
        return repr(hint)
    if origin in (typing.Union, types.UnionType):
        return ["union", sorted((canonical(each) for each in arguments), key=repr)]
    if origin is typing.Literal:
        return (
            ["union", sorted((["literal", repr(each)] for each in arguments), key=repr)]
            if len(arguments) > 1
            else ["literal", repr(arguments[0])]
        )
    if not arguments or not getattr(hint, "__args__", ()):
        return origin.__module__ + "." + origin.__qualname__
    head = "tuple" if origin is tuple else origin.__module__ + "." + origin.__qualname__
    return [head, [canonical(each) for each in arguments]]


def erased(hint: object) -> object:
    """Without the arguments of classes that take some by __class_getitem__ alone: their source
    declares no parameters, so there is nothing that the arguments could be for."""
    if not isinstance(hint, list):
        return hint
    if hint and isinstance(hint[0], str) and "." in hint[0] and len(hint) == 2:
        module, _, name = hint[0].rpartition(".")
        found = find(f"{module}:{name}")
        if isinstance(found, type) and typing.Generic not in found.__mro__:
            getters = [each.__dict__.get("__class_getitem__") for each in found.__mro__]
            if types.GenericAlias in [getattr(getter, "__func__", None) for getter in getters]:
                return hint[0]
    return [erased(each) for each in hint]


def check(unit: dict) -> dict:
    name = unit["module"]
    try:
        module = importlib.import_module(name)
    except BaseException as error:
        return {"module": name, "skipped": type(error).__name__}
    run = Check(unit, module)
    run.run()
    return {"module": name, "counts": run.counts, "wrong": run.wrong, "unknown": run.unknown}


def main() -> None:
    answers = os.fdopen(os.dup(1), "w")
    for line in sys.stdin:
        unit = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            null = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(null, stream)
            signal.alarm(SECONDS)
            try:
                answer = check(unit)
            except BaseException as error:
                answer = {"module": unit["module"], "broken": repr(error)}
            with os.fdopen(write, "w") as out:
                json.dump(answer, out)
            os._exit(0)
        os.close(write)
        with os.fdopen(read) as source:
            text = source.read()
        os.waitpid(child, 0)
        answers.write((text or json.dumps({"module": unit["module"], "skipped": "died"})) + "\n")
        answers.flush()


if __name__ == "__main__":
    main()
