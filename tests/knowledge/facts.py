"""Reads the fact files of data/effects the way src/knowledge does, for the tests."""

from __future__ import annotations

import builtins
import importlib
import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2] / "data" / "effects"
SCALARS = ["None", "bool", "int", "float", "complex", "str", "bytes"]
WORDS = {
    "real": "bool|int|float",
    "number": "bool|int|float|complex",
    "scalar": "|".join(SCALARS),
    "buffer": "bytes|bytearray",
}


@dataclass(frozen=True)
class Type:
    kind: str  # class, union, var, callable, iterable, iterator, literal, or the word itself
    name: str = ""
    args: tuple[Type, ...] = ()
    variadic: bool = False


class Cursor:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0

    def skip(self) -> None:
        while self.at < len(self.text) and self.text[self.at] == " ":
            self.at += 1

    def take(self, expected: str) -> bool:
        self.skip()
        if self.text.startswith(expected, self.at):
            self.at += len(expected)
            return True
        return False

    def need(self, expected: str) -> None:
        if not self.take(expected):
            raise ValueError(f"expected {expected!r} at {self.text[self.at :]!r} in {self.text!r}")

    def word(self) -> str:
        self.skip()
        match = re.compile(r"[\w.]*").match(self.text, self.at)
        word = match[0] if not match[0].startswith(".") else ""
        self.at += len(word)
        return word

    def default(self) -> str:
        depth, quote, begin = 0, "", self.at
        while self.at < len(self.text):
            c = self.text[self.at]
            if quote:
                quote = "" if c == quote else quote
            elif c in "'\"":
                quote = c
            elif c in "([{":
                depth += 1
            elif c in ")]}":
                if depth == 0:
                    break
                depth -= 1
            elif c == "," and depth == 0:
                break
            self.at += 1
        return self.text[begin : self.at].strip()


def parse_type(cursor: Cursor) -> Type:
    members = [_parse_one(cursor)]
    while cursor.take("|"):
        members.append(_parse_one(cursor))
    flat: list[Type] = []
    for member in members:
        for each in member.args if member.kind == "union" else (member,):
            if each not in flat:
                flat.append(each)
    return flat[0] if len(flat) == 1 else Type("union", args=tuple(flat))


def _parse_one(cursor: Cursor) -> Type:
    if cursor.take("'"):
        end = cursor.text.index("'", cursor.at)
        text = cursor.text[cursor.at : end]
        cursor.at = end + 1
        return Type("literal", text)
    word = cursor.word()
    if word in WORDS:
        return parse_type(Cursor(WORDS[word]))
    if word in ("unknown", "nothing", "any", "plain", "frozen", "type"):
        return Type(word)
    if len(word) == 1 and word.isupper():
        return Type("var", word)
    kind = word if word in ("iterable", "iterator", "callable") else "class"
    if not word:
        raise ValueError(f"expected a type at {cursor.text[cursor.at :]!r} in {cursor.text!r}")
    args: list[Type] = []
    variadic = False
    if cursor.take("["):
        if kind == "callable":
            cursor.need("[")
            while not cursor.take("]"):
                args.append(parse_type(cursor))
                cursor.take(",")
            cursor.need(",")
        while not cursor.take("]"):
            if cursor.take("..."):
                variadic = True
            else:
                args.append(parse_type(cursor))
            cursor.take(",")
    elif word == "tuple":
        return Type("class", "tuple", (Type("any"),), True)
    return Type(kind, "" if kind != "class" else word, tuple(args), variadic)


@dataclass
class Parameter:
    name: str
    type: Type
    kind: str  # positional, normal, star, keyword, starstar
    optional: bool = False
    default: str = ""


@dataclass
class Fact:
    name: str
    file: str
    overload: int
    sig: str
    bounds: dict[str, Type] = field(default_factory=dict)
    parameters: list[Parameter] = field(default_factory=list)
    result: Type = Type("unknown")
    effects: list[str] = field(default_factory=list)
    raises: list[str] = field(default_factory=list)
    origins: list[str] = field(default_factory=list)
    deterministic: str = ""
    order_free: list[str] = field(default_factory=list)
    since: str = "3.0"
    until: str = "9.9"
    cost: str = ""

    @property
    def key(self) -> str:
        return f"{self.name}#{self.overload}"

    def is_present(self, version: tuple[int, int]) -> bool:
        since = tuple(map(int, self.since.split(".")))
        until = tuple(map(int, self.until.split(".")))
        return since <= version < until

    def has(self, verb: str) -> bool:
        return any(effect.split()[0] == verb for effect in self.effects)

    def writes(self) -> set[str]:
        """Parameters and channels that may be changed, by their names."""
        changed = set()
        for effect in self.effects:
            words = effect.split()
            if words[0] in ("write", "draw", "consume"):
                changed.add(re.split(r"[.(]", words[1])[0])
        return changed


@dataclass
class ClassFact:
    name: str
    table: dict
    variables: list[str]


@dataclass
class Knowledge:
    calls: list[Fact] = field(default_factory=list)
    classes: dict[str, ClassFact] = field(default_factory=dict)
    modules: dict[str, dict] = field(default_factory=dict)
    standard_modules: list[str] = field(default_factory=list)


def parse_signature(fact: Fact, self_type: Type | None) -> None:
    cursor = Cursor(fact.sig)
    if cursor.take("["):
        while not cursor.take("]"):
            name = cursor.word()
            fact.bounds[name] = parse_type(cursor) if cursor.take(":") else Type("any")
            cursor.take(",")
    cursor.need("(")
    keyword_only = False
    while not cursor.take(")"):
        kind = "keyword" if keyword_only else "normal"
        if cursor.take("/"):
            for earlier in fact.parameters:
                earlier.kind = "positional"
            cursor.take(",")
            continue
        if cursor.take("**"):
            kind = "starstar"
        elif cursor.take("*"):
            keyword_only = True
            if cursor.take(","):
                continue
            kind = "star"
        name = cursor.word()
        parameter = Parameter(
            name, self_type or Type("unknown"), kind, kind in ("star", "starstar")
        )
        if cursor.take(":"):
            parameter.type = parse_type(cursor)
        elif name != "self" or self_type is None:
            raise ValueError(f"{fact.name}: {name} has no type")
        if name == "self":
            parameter.kind = "positional"
        if cursor.take("="):
            parameter.optional = True
            parameter.default = cursor.default()
        fact.parameters.append(parameter)
        cursor.take(",")
    cursor.need("->")
    fact.result = parse_type(cursor)


def load(root: Path = ROOT) -> Knowledge:
    knowledge = Knowledge()
    for path in sorted(root.rglob("*.toml")):
        _load_file(knowledge, path, tomllib.loads(path.read_text("ascii")))
    return knowledge


def _load_file(knowledge: Knowledge, path: Path, data: dict) -> None:
    module = data["module"]

    def qualify(name: str) -> str:
        return name if module == "builtins" else f"{module}.{name}"

    if "names" in data:
        knowledge.modules[module] = data["names"]
    knowledge.standard_modules += data.get("standard-modules", [])
    for name, table in data.get("class", {}).items():
        full = qualify(name)
        if "stands_for" in table:
            STANDS_FOR[full] = table["stands_for"]
        knowledge.classes[full] = ClassFact(full, table, table.get("params", []))
    for group in data.get("group", []):
        owner = qualify(group["on"]) if "on" in group else None
        self_type = None
        if owner:
            variables = tuple(Type("var", v) for v in knowledge.classes[owner].variables)
            self_type = Type("class", owner, variables, owner == "tuple")
        for name, value in group["calls"].items():
            for overload, each in enumerate(value if isinstance(value, list) else [value]):
                own = {"sig": each} if isinstance(each, str) else each
                merged = {**group, **own}
                if owner:
                    full = f"{owner}.{name}"
                else:
                    is_class = name in data.get("class", {})
                    full = qualify(name) if is_class else f"{module}.{name}"
                origins = merged["result"]
                fact = Fact(
                    full,
                    path.relative_to(ROOT).as_posix(),
                    overload,
                    merged["sig"],
                    effects=merged["effects"],
                    raises=merged["raises"],
                    origins=[origins] if isinstance(origins, str) else origins,
                    deterministic=merged.get("deterministic", ""),
                    order_free=merged.get("order_free", []),
                    since=merged.get("since", "3.0"),
                    until=merged.get("until", "9.9"),
                    cost=merged.get("cost", ""),
                )
                parse_signature(fact, self_type)
                knowledge.calls.append(fact)


# Classes of the fact files that Python does not know -> the class it knows.
STANDS_FOR: dict[str, str] = {}


def resolve(name: str):
    """The real object of a full name; raises if there is none."""
    for ours, real in STANDS_FOR.items():
        if name == ours or name.startswith(ours + "."):
            return resolve(real + name.removeprefix(ours))
    if name in ("None", "ellipsis", "NotImplementedType"):
        return type({"None": None, "ellipsis": ..., "NotImplementedType": NotImplemented}[name])
    if name == "hashlib.hash" or name.startswith("hashlib.hash."):
        import hashlib

        found = type(hashlib.new("sha256"))
        return getattr(found, name.rpartition(".")[2]) if name.count(".") == 2 else found
    if name == "pathlib.Path":
        import pathlib

        return type(pathlib.Path())
    if name.startswith("dict_"):
        view, _, method = name.removeprefix("dict_").partition(".")
        found = type(getattr({}, view)())
        return getattr(found, method) if method else found
    parts = name.split(".")
    if hasattr(builtins, parts[0]) and parts[0] != "copyright":
        found = builtins
        rest = parts
    else:
        for count in range(len(parts), 0, -1):
            try:
                found = importlib.import_module(".".join(parts[:count]))
            except ImportError:
                continue
            rest = parts[count:]
            break
        else:
            raise LookupError(name)
    for part in rest:
        found = getattr(found, part)
    return found
