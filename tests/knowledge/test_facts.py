"""Tries every fact of data/effects that can be tried against the real library of this interpreter.

Arguments of exactly the types that a fact asks for are made at random (odd values among them; objects that
notice whatever is run on them where the fact says that nothing is). Then the result must have the stated type
and origin, only what is stated as written may have changed, only listed exceptions may come, and neither the
random stream, the output, the environment nor the warnings may have been touched unless the fact says so.
"""

from __future__ import annotations

import contextlib
import decimal
import gc
import hashlib
import io
import itertools
import json
import locale
import os
import pickle
import random
import subprocess
import sys
import warnings
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import facts as fact_files  # noqa: E402
import pytest  # noqa: E402
import samples  # noqa: E402
from facts import Fact, Type  # noqa: E402
from values import (  # noqa: E402
    HIDDEN,
    HITS,
    IMMUTABLE,
    Maker,
    Untriable,
    children,
    conforms,
    is_mutable,
    picture,
    reachable,
)

KNOWLEDGE = fact_files.load()
FACTS = KNOWLEDGE.calls
CASES = int(os.environ.get("UNSPOOL_FACT_CASES", "60"))
IMMUTABLE.update(
    fact_files.resolve(name)
    for name, fact in KNOWLEDGE.classes.items()
    if not fact.table.get("mutable", True)
)
ENDLESS = (MemoryError, RecursionError)
TRIED: dict[str, str] = {}  # fact -> "" or why it was not tried


class Case:
    """One call of a fact with made-up arguments."""

    def __init__(self, fact: Fact, seed, *, sets: bool) -> None:
        self.fact = fact
        big = not any(fact.key.startswith(each) for each in samples.SMALL_INTEGERS)
        self.maker = Maker(
            KNOWLEDGE, samples.SAMPLES, f"{fact.key} {seed}", fact.bounds, big=big, sets=sets
        )
        self.values: dict[str, object] = {}
        self.args: list = []
        self.kwargs: dict = {}
        for parameter in fact.parameters:
            self.add(parameter, sets or parameter.name in fact.order_free)
        self.result = None
        self.error: BaseException | None = None
        self.drained: list = []

    def add(self, parameter, sets: bool) -> None:
        maker = self.maker
        maker.sets = sets
        if parameter.kind == "star":
            # Named arguments before it must be given by position.
            self.values[parameter.name] = tuple(maker.several(parameter.type, parameter.name))
            self.args += self.values[parameter.name]
        elif parameter.kind == "starstar":
            count = maker.rng.randrange(3)
            made = {f"key{i}": maker.make(parameter.type, parameter.name) for i in range(count)}
            self.values[parameter.name] = made
            self.kwargs.update(made)
        elif not parameter.optional or maker.rng.random() < 0.5:
            if parameter.optional and parameter.kind == "positional" and self.skipped:
                return
            special = samples.ARGUMENTS.get((self.fact.name, parameter.name))
            value = special(maker.rng) if special else maker.make(parameter.type, parameter.name)
            self.values[parameter.name] = value
            if parameter.kind == "positional" or (
                parameter.kind == "normal"
                and not self.skipped
                and (not parameter.optional or maker.rng.random() < 0.5)
            ):
                self.args.append(value)
            else:
                self.kwargs[parameter.name] = value
                self.skipped = True
        else:
            self.skipped = True

    skipped = False

    def run(self, function) -> None:
        try:
            self.result = function(*self.args, **self.kwargs)
            if self.fact.result.kind == "iterator":
                self.drained = list(itertools.islice(self.result, 20))
        except ENDLESS:
            raise
        except BaseException as error:  # noqa: BLE001 - which ones may come is what is tested
            self.error = error

    def close(self) -> None:
        if hasattr(type(self.result), "close"):
            self.result.close()

    def place(self, text: str) -> list:
        """The objects at a place of the fact language."""
        name, _, part = text.partition(".")
        if name.endswith("()"):
            return list(self.maker.returned.get(name[:-2], []))
        if name not in self.values:
            return []
        value = self.values[name]
        if part == "":
            return [value]
        if part == "**":
            return list(reachable(value).values())
        if part == "values":
            return list(value.values()) if issubclass(type(value), dict) else children(value)
        if part == "keys" or issubclass(type(value), dict):
            return list(value)
        if type(value) is str:
            return list(value)
        if type(value) in (bytes, bytearray, range):
            return list(value)
        return children(value)


def words(fact: Fact, verb: str) -> list[list[str]]:
    return [effect.split() for effect in fact.effects if effect.split()[0] == verb]


def why_untriable(fact: Fact) -> str:
    for name, reason in samples.UNTRIED.items():
        if fact.name.startswith(name):
            return reason
    if fact.has("unknown"):
        return "states that nothing is known"
    if any(effect.startswith("block") and effect != "block disk" for effect in fact.effects):
        return "blocks"
    for effect in fact.effects:
        if effect.startswith(
            ("write @fs", "write @stdin", "write @process", "write @env", "write @signal")
        ):
            return "changes the world outside"
    if not fact.is_present(sys.version_info[:2]):
        return "not in this version of Python"
    return ""


def world() -> dict:
    context = decimal.getcontext()
    flags = tuple(sorted(str(k) for k, v in context.flags.items() if v))
    return {
        "random": random.getstate(),
        "env": dict(os.environ),
        "cwd": os.getcwd(),
        "decimal": (context.prec, context.rounding, flags),
        "locale": locale.setlocale(locale.LC_ALL),
        "interpreter": (sys.getrecursionlimit(), sys.getswitchinterval()),
    }


def describe(case: Case) -> str:
    shown = {name: picture(value, identity=False) for name, value in case.values.items()}
    return f"{case.fact.key} {case.fact.sig} with {str(shown)[:700]}"


def check_result(case: Case, before: dict[str, dict[int, object]], places: dict[str, list]) -> None:
    fact, result = case.fact, case.result
    if fact.result.kind == "iterator":
        good = hasattr(type(result), "__next__") and all(
            conforms(each, fact.result.args[0], case.maker) for each in case.drained
        )
    else:
        good = conforms(result, fact.result, case.maker)
    shown = picture(case.drained if case.drained else result, identity=False)
    assert good, f"{describe(case)}: result {shown} is not {fact.result}"
    aliases = [o for o in fact.origins if o != "fresh" and " " not in o]
    held = [o.split()[1] for o in fact.origins if " " in o]
    alias_objects = [each for o in aliases for each in places[o] + case.place(o)]
    alias_ids = {id(each) for each in alias_objects}
    known = {key: value for each in before.values() for key, value in each.items()}
    if id(result) in reachable(result):
        if "fresh" in fact.origins:
            stale = id(result) in known and is_mutable(result) and id(result) not in alias_ids
            assert not stale, f"{describe(case)}: the result is not fresh"
        else:
            assert id(result) in alias_ids, (
                f"{describe(case)}: the result is none of {aliases}: {shown}"
            )
    elif "fresh" not in fact.origins:
        pictures = [picture(each, identity=False) for each in alias_objects]
        assert picture(result, identity=False) in pictures, (
            f"{describe(case)}: {shown} is none of {aliases}"
        )
    allowed: dict[int, object] = {}
    for place in held + aliases:
        for each in places[place] + case.place(place):
            reachable(each, allowed)
    inside = reachable(case.drained if fact.result.kind == "iterator" else result)
    for key, value in inside.items():
        if key in known and is_mutable(value) and value is not result:
            assert key in allowed, (
                f"{describe(case)}: the result refers to {picture(value, identity=False)}"
            )


def check_arguments(case: Case, pictures: dict, before: dict[str, dict[int, object]]) -> None:
    fact = case.fact
    changed = fact.writes() | {
        o.split()[-1].split(".")[0] for o in fact.origins if o != "fresh" and case.drained
    }
    for name, value in case.values.items():
        if name not in changed:
            now = picture(value, identity=True)
            assert now == pictures[name], (
                f"{describe(case)}: argument {name} was changed from {pictures[name]}"
            )
            continue
        gained = [v for k, v in reachable(value).items() if k not in before[name] and is_mutable(v)]
        sources = [effect[1] for effect in words(fact, "escape") if effect[3].split(".")[0] == name]
        allowed: dict[int, object] = {}
        for source in sources:
            for each in case.place(source):
                reachable(each, allowed)
        everything = {key for other in before.values() for key in other}
        for each in gained:
            good = id(each) in allowed or id(each) not in everything
            assert good, f"{describe(case)}: {name} now refers to {picture(each, identity=False)}"


def check_how(case: Case, old: dict[str, list]) -> None:
    """A write stated as append, extend, add-to-set or delete is no more than that."""
    for _, name, how in words(case.fact, "write"):
        if name not in case.values or type(case.values[name]) not in (list, set, dict):
            continue
        was, now = old[name], list(case.values[name])
        ids = [id(each) for each in now]
        if how in ("append", "extend"):
            grown = [id(each) for each in was] == ids[: len(was)]
            assert grown and (how == "extend" or len(ids) == len(was) + 1), (
                f"{describe(case)}: more than {how}"
            )
        elif how == "add-to-set":
            assert {id(each) for each in was} <= set(ids), f"{describe(case)}: more than {how}"
        elif how.startswith("delete"):
            assert set(ids) <= {id(each) for each in was}, f"{describe(case)}: more than {how}"


def check_error(case: Case) -> None:
    listed = case.fact.raises
    if "*" in listed:
        return
    if any(isinstance(case.error, fact_files.resolve(each)) for each in listed):
        return
    raise AssertionError(
        f"{describe(case)}: raises {type(case.error).__name__}: {case.error}; listed are {listed}"
    )


def check_world(case: Case, before: dict, output: str, warned: list) -> None:
    stated = {
        effect.split()[1].split("(")[0].removeprefix("@")
        for effect in case.fact.effects
        if effect.split()[0] in ("write", "draw")
    }
    now = world()
    for channel, value in before.items():
        assert channel in stated or now[channel] == value, f"{describe(case)}: changes @{channel}"
    assert not output or "stdout" in stated or "stderr" in stated, (
        f"{describe(case)}: prints {output!r}"
    )
    assert not warned or case.fact.has("warn"), f"{describe(case)}: warns {warned[0].message}"
    assert not HITS, f"{describe(case)}: runs code of the user: {HITS}"


def try_once(fact: Fact, function, seed) -> Case:
    HITS.clear()
    HIDDEN.clear()
    case = Case(fact, seed, sets=True)
    pictures = {name: picture(value, identity=True) for name, value in case.values.items()}
    before = {name: reachable(value) for name, value in case.values.items()}
    places = {o.split()[-1]: case.place(o.split()[-1]) for o in fact.origins if o != "fresh"}
    old = {
        name: list(value) for name, value in case.values.items() if type(value) in (list, set, dict)
    }
    decimal.getcontext().clear_flags()
    outside = world()
    output = io.StringIO()
    with (
        warnings.catch_warnings(record=True) as warned,
        contextlib.redirect_stdout(output),
        contextlib.redirect_stderr(output),
    ):
        warnings.simplefilter("always")
        # What earlier cases left in cycles is not to warn, as of an unclosed file, in this one.
        gc.disable()
        try:
            case.run(function)
        finally:
            gc.enable()
    if case.error is not None:
        check_error(case)
    else:
        check_result(case, before, places)
        check_how(case, old)
    check_arguments(case, pictures, before)
    check_world(case, outside, output.getvalue(), warned)
    case.close()
    return case


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").write_text("one\ntwo\n")
    (tmp_path / "abc").mkdir()


@pytest.mark.parametrize("fact", FACTS, ids=[fact.key for fact in FACTS])
def test_fact(fact: Fact) -> None:
    reason = why_untriable(fact)
    if fact.is_present(sys.version_info[:2]):
        function = fact_files.resolve(fact.name)
        assert callable(function), f"{fact.name} cannot be called"
    if not reason:
        try:
            cases = [try_once(fact, function, seed) for seed in range(CASES)]
        except Untriable as error:
            reason = str(error)
        else:
            if not any(case.error is None for case in cases):
                reason = f"no random arguments succeeded ({type(cases[0].error).__name__}: {cases[0].error})"
    TRIED[fact.key] = reason


def digest() -> dict[str, str]:
    """What each fact that claims to be deterministic did, without identities and addresses."""
    answers = {}
    for fact in FACTS:
        outside = any(effect in ("read @clock", "read @process") for effect in fact.effects)
        if fact.deterministic != "yes" or outside or why_untriable(fact):
            continue
        function = fact_files.resolve(fact.name)
        seen = hashlib.sha256()
        for seed in range(CASES // 2):
            HIDDEN.clear()
            random.seed(seed)
            try:
                case = Case(fact, seed, sets=False)
            except Untriable:
                break
            with contextlib.redirect_stdout(io.StringIO()) as output, warnings.catch_warnings():
                warnings.simplefilter("ignore")
                case.run(function)
            what = [
                type(case.error).__name__,
                picture(case.error, identity=False),
                picture(case.result, identity=False),
                picture(case.drained, identity=False),
                output.getvalue(),
                [picture(value, identity=False) for value in case.values.values()],
            ]
            text = repr(what)
            seen.update(b"?" if " 0x" in text else text.encode("utf-8", "backslashreplace"))
        answers[fact.key] = seen.hexdigest()
    return answers


def test_deterministic_across_processes(tmp_path) -> None:
    """The same calls in processes with different hash seeds and addresses do the same."""
    answers = []
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, __file__, "digest"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        answers.append(json.loads(done.stdout.splitlines()[-1]))
    differing = [key for key in answers[0] if answers[0][key] != answers[1][key]]
    assert not differing, f"not deterministic: {differing}"


@pytest.mark.parametrize("fact", KNOWLEDGE.classes.values(), ids=list(KNOWLEDGE.classes))
def test_class(fact) -> None:
    cls = fact_files.resolve(fact.name)
    table = fact.table
    if "base" in table:
        assert cls.__base__.__name__ == table["base"]
    if table.get("hash") == "none":
        assert cls.__hash__ is None
    elif table.get("hash") == "identity":
        assert cls.__hash__ is object.__hash__
    if "iter" in table:
        assert hasattr(cls, "__iter__")
    if table.get("iterator"):
        assert hasattr(cls, "__next__")
    if table.get("truth"):
        assert not hasattr(cls, "__bool__") and not hasattr(cls, "__len__")
    for name, text in table.get("constants", {}).items():
        maker = Maker(KNOWLEDGE, samples.SAMPLES, 0, {}, big=False, sets=False)
        value = getattr(cls, name)
        assert conforms(value, fact_files.parse_type(fact_files.Cursor(text)), maker), name
    arguments = tuple(Type("var", name) for name in fact.variables)
    wanted = Type("class", fact.name, arguments, fact.name == "tuple")
    for seed in range(20):
        maker = Maker(
            KNOWLEDGE,
            samples.SAMPLES,
            seed,
            {name: Type("frozen") for name in fact.variables},
            big=False,
            sets=True,
        )
        try:
            single = {"ellipsis": ..., "NotImplementedType": NotImplemented}
            value = single[fact.name] if fact.name in single else maker.make(wanted)
        except Untriable as error:
            pytest.skip(str(error))
        assert type(value) is cls
        if table.get("picklable"):
            again = pickle.loads(pickle.dumps(value))
            assert picture(again, identity=False) == picture(value, identity=False)
        for name, text in table.get("attributes", {}).items():
            attribute = getattr(value, name)
            assert conforms(attribute, fact_files.parse_type(fact_files.Cursor(text)), maker), (
                f"{fact.name}.{name} is {attribute!r}, not {text}"
            )
        if "iter" in table:
            item = fact_files.parse_type(fact_files.Cursor(table["iter"]))
            for each in itertools.islice(iter(value), 5):
                assert conforms(each, item, maker), (
                    f"{fact.name} yields {each!r}, not {table['iter']}"
                )


@pytest.mark.parametrize("module", KNOWLEDGE.modules, ids=list(KNOWLEDGE.modules))
def test_names(module: str) -> None:
    names = KNOWLEDGE.modules[module]
    maker = Maker(KNOWLEDGE, samples.SAMPLES, 0, {}, big=False, sets=False)
    for name, text in names.get("constants", {}).items():
        value = None if name == "None" else fact_files.resolve(f"{module}.{name}")
        assert conforms(value, fact_files.parse_type(fact_files.Cursor(text)), maker), (
            f"{module}.{name} is {value!r}"
        )
    for name in names.get("other", []):
        fact_files.resolve(f"{module}.{name}")


def test_importing_a_module_stated_as_pure_changes_nothing() -> None:
    pure = [name for name, names in KNOWLEDGE.modules.items() if names.get("import") == "pure"]
    code = (
        "import os, sys, random, signal, locale, decimal, threading\n"
        "def state(): return (dict(os.environ), os.getcwd(), random.getstate(), locale.setlocale(locale.LC_ALL),"
        " signal.getsignal(signal.SIGINT), threading.active_count(), sys.getrecursionlimit(), sys.stdout, sys.path[:])\n"
        "before = state()\n"
        f"for name in {pure!r}: __import__(name)\n"
        "assert state() == before\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0 and done.stdout == "", done.stderr


def test_standard_modules_exist() -> None:
    wrong = [name for name in KNOWLEDGE.standard_modules if name not in sys.stdlib_module_names]
    assert not wrong


@pytest.mark.parametrize("fact", [f for f in FACTS if f.has("write")], ids=lambda fact: fact.key)
def test_what_looks_at_what_it_writes_says_so(fact: Fact) -> None:
    """A result or an exception that depends on the content of a written parameter needs `read`."""
    parameters = {parameter.name for parameter in fact.parameters}
    written = {w[1].split(".")[0] for w in words(fact, "write")} & parameters
    read = {w[1].split(".")[0] for w in words(fact, "read")}
    silent = written - read
    if not silent:
        return
    assert str(fact.result.name) == "None", (
        f"{fact.key}: returns something and does not say that it reads {silent}"
    )
    content = {"IndexError", "KeyError", "StopIteration"}
    assert not content & set(fact.raises), (
        f"{fact.key}: raises by content and does not say that it reads {silent}"
    )
    hows = {w[2].split("(")[0] for w in words(fact, "write") if w[1].split(".")[0] in silent}
    assert hows <= {
        "append",
        "extend",
        "set-key",
        "add-to-set",
        "delete",
        "delete-key",
        "arbitrary",
    }


def test_summary(capsys) -> None:
    """Last in the file: how many facts were tried, and why others were not."""
    if len(TRIED) < len(FACTS):
        pytest.skip("not all facts ran")
    untried = {key: reason for key, reason in TRIED.items() if reason}
    reasons: dict[str, list[str]] = {}
    for key, reason in untried.items():
        reasons.setdefault(reason, []).append(key)
    with capsys.disabled():
        names = {fact.name for fact in FACTS}
        print(
            f"\nfacts: {len(names)} calls, {len(FACTS)} signatures; tried {len(FACTS) - len(untried)},"
            f" not tried {len(untried)}"
        )
        for reason, keys in sorted(reasons.items(), key=lambda item: -len(item[1])):
            print(
                f"  {len(keys):4} {reason}: {', '.join(keys[:6])}{' ...' if len(keys) > 6 else ''}"
            )
    assert len(untried) < 0.3 * len(FACTS)


if __name__ == "__main__" and sys.argv[1:] == ["digest"]:
    print(json.dumps(digest()))
