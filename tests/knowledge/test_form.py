"""The form of the fact files, and that the tests of the facts do refute facts that are wrong."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import facts as fact_files  # noqa: E402
import pytest  # noqa: E402
import test_facts  # noqa: E402
from facts import Fact  # noqa: E402

FILES = sorted(fact_files.ROOT.rglob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_schema(path: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads((fact_files.ROOT / "schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(
        tomllib.loads(path.read_text("ascii")), schema, jsonschema.Draft202012Validator
    )


def test_no_fact_stands_twice() -> None:
    places: dict[str, set[str]] = {}
    for fact in test_facts.FACTS:
        places.setdefault(fact.key, set()).add(fact.file)
    keys = [fact.key for fact in test_facts.FACTS]
    twice = sorted({key for key in keys if keys.count(key) > 1})
    assert not twice


def test_every_class_that_a_type_names_has_a_table() -> None:
    known = set(test_facts.KNOWLEDGE.classes) | {"property", "memoryview", "module"}

    def check(type_, where: str) -> None:
        assert type_.kind != "class" or type_.name in known, f"{where}: no class {type_.name}"
        for each in type_.args:
            check(each, where)

    for fact in test_facts.FACTS:
        for parameter in fact.parameters:
            check(parameter.type, fact.key)
        check(fact.result, fact.key)


def test_exceptions_that_facts_list_exist() -> None:
    for fact in test_facts.FACTS:
        for name in set(fact.raises) - {"*"}:
            assert issubclass(fact_files.resolve(name), BaseException), f"{fact.key}: {name}"


def wrong(name: str, sig: str, *, effects=(), raises=(), origins=("fresh",)) -> Fact:
    fact = Fact(name, "", 0, sig, effects=list(effects), raises=list(raises), origins=list(origins))
    fact_files.parse_signature(fact, None)
    return fact


WRONG = [
    wrong("math.sqrt", "(x: real, /) -> int", raises=["ValueError", "OverflowError"]),
    wrong("math.sqrt", "(x: real, /) -> float", raises=["OverflowError"]),
    wrong("list.append", "(self: list[T], x: any, /) -> None"),
    wrong("list.append", "(self: list[T], x: any, /) -> None", effects=["write self append"]),
    wrong(
        "list.insert",
        "(self: list[T], i: bool, x: any, /) -> None",
        effects=["write self append", "escape x into self.items"],
    ),
    wrong("list.index", "(self: list[T], x: any, /) -> int", raises=["ValueError"]),
    wrong(
        "builtins.sorted",
        "(iterable: iterable[T], /) -> list[T]",
        effects=["consume iterable"],
        raises=["TypeError"],
        origins=["fresh", "holds iterable.items"],
    ),
    wrong("builtins.sum", "[T: int|bool](iterable: iterable[T], /) -> int"),
    wrong("list", "(iterable: iterable[T], /) -> list[T]", effects=["consume iterable"]),
    wrong("tuple", "(x: tuple[T, ...], /) -> tuple[T, ...]", origins=["x.items"]),
    wrong(
        "dict.get", "[K: frozen](self: dict[K, V], key: frozen, /) -> V", origins=["self.values"]
    ),
    wrong(
        "dict.get", "(self: dict[K, V], key: any, /) -> V|None", origins=["self.values", "fresh"]
    ),
    wrong(
        "set.pop",
        "(self: set[T], /) -> T",
        effects=["read self", "write self delete"],
        origins=["self.items"],
    ),
    wrong("random.random", "() -> float"),
    wrong("builtins.print", "(*args: scalar) -> None"),
    wrong(
        "builtins.max",
        "[T: plain](iterable: iterable[T], /) -> T",
        raises=["ValueError", "TypeError"],
        effects=["consume iterable"],
        origins=["fresh"],
    ),
    wrong("builtins.iter", "(iterable: iterator[T], /) -> iterator[T]"),
    wrong("copy.copy", "(x: list[T]) -> list[T]"),
    wrong(
        "decimal.Decimal.__truediv__",
        "(self: decimal.Decimal, other: decimal.Decimal, /) -> decimal.Decimal",
        raises=["ArithmeticError", "TypeError", "ValueError"],
    ),
    wrong("re.compile", "(pattern: str) -> re.Pattern", raises=["ValueError"]),
    wrong("os.chdir", "(path: str) -> None", raises=["OSError", "ValueError"]),
    wrong("os.path.exists", "(path: any) -> bool"),
]


@pytest.mark.parametrize("fact", WRONG, ids=lambda fact: f"{fact.name} {fact.sig}")
def test_wrong_facts_are_refuted(fact: Fact, tmp_path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    function = fact_files.resolve(fact.name)
    with pytest.raises(AssertionError):
        for seed in range(200):
            test_facts.try_once(fact, function, seed)
