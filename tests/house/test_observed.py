"""The comparisons with recorded runs find what is wrong in an answer, and only that."""

import json
import pathlib

import jsonschema
import pytest

CONFORMANCE = pathlib.Path(__file__).resolve().parents[1] / "conformance"
SCHEMA = CONFORMANCE / "record" / "schema"
BASE = pathlib.Path("/nowhere")


@pytest.fixture(autouse=True)
def _conformance(monkeypatch):
    monkeypatch.syspath_prepend(str(CONFORMANCE))


def classes():
    from type_terms import Classes

    return Classes(
        {
            "pkg.Base": ["pkg.Base", "object"],
            "pkg.C": ["pkg.C", "pkg.Base", "object"],
            "bool": ["bool", "int", "object"],
            "collections.OrderedDict": ["collections.OrderedDict", "dict", "object"],
        },
        {"pkg.C": ["__iter__", "__next__", "__hash__"], "list": ["__iter__", "__len__"]},
        {"pkg.C": "pkg.Meta"},
    )


@pytest.mark.parametrize(
    "text",
    [
        "int",
        "list[int | str]",
        "tuple[int, list[str | None], dict[str, pkg.C]]",
        "tuple[int, ...]",
        "pkg.C+",
        "list[pkg.C+ | None]",
        "function pkg.f.<locals>.<lambda>@12",
        "type[pkg.C]",
        "tuple[function pkg.f@1, builtin len]",
        "dict[]",
    ],
)
def test_terms_are_read_as_written(text):
    from type_terms import parse

    assert str(parse(text)) == text


@pytest.mark.parametrize("text", ["", "list[int", "list[int]]", "int | str", "list[,]", "[int]"])
def test_malformed_terms(text):
    from type_terms import Malformed, parse

    with pytest.raises(Malformed):
        parse(text)


@pytest.mark.parametrize(
    ("inferred", "observed", "within"),
    [
        # A class is exact: no subclass of it.
        ("int", "int", True),
        ("int", "bool", False),
        ("int+", "bool", True),
        ("pkg.Base", "pkg.C", False),
        ("pkg.Base+", "pkg.C", True),
        ("pkg.C+", "pkg.Base", False),
        ("dict", "collections.OrderedDict", False),
        ("dict+", "collections.OrderedDict", True),
        ("object+", "pkg.C", True),
        ("None", "NoneType", True),
        ("float+", "int", True),
        ("float", "int", False),
        # What is inside counts where both tell.
        ("list", "list[int]", True),
        ("list[int]", "list", True),
        ("list[int]", "list[]", True),
        ("list[int]", "list[int | str]", False),
        ("list[int | str]", "list[str]", True),
        ("list[int]", "list[bool]", False),
        ("list[list[int]]", "list[list[str]]", False),
        ("dict[str, int]", "dict[str, int]", True),
        ("dict[str, int]", "dict[int, str]", False),
        ("dict[str, int]", "dict[]", True),
        ("dict[]", "dict[str, int]", False),
        ("tuple[int, str]", "tuple[int, str]", True),
        ("tuple[int, str]", "tuple[str, int]", False),
        ("tuple[int, str]", "tuple[int]", False),
        ("tuple[int, str]", "tuple[]", False),
        ("tuple[int, ...]", "tuple[int, int, int]", True),
        ("tuple[int, ...]", "tuple[int, str]", False),
        ("tuple[int, ...]", "tuple[]", True),
        ("tuple[int, str]", "tuple[int | str, ...]", True),
        ("tuple[int, int]", "tuple[int | str, ...]", False),
        ("list[pkg.Base+]", "list[pkg.C]", True),
        # Protocols and abstract classes go by methods.
        ("typing.Iterator+", "pkg.C", True),
        ("collections.abc.Sized+", "pkg.C", False),
        ("collections.abc.Sequence+", "list[int]", True),
        ("collections.abc.Mapping+", "collections.OrderedDict", True),
        ("collections.abc.Mapping+", "list", False),
        ("collections.abc.Iterable", "list", False),
        # Functions, classes and modules as values.
        ("function pkg.f", "function pkg.f@3", True),
        ("function pkg.f@3", "function pkg.f@9", False),
        ("function pkg.f", "function pkg.g@3", False),
        ("function", "function pkg.g@3", True),
        ("types.FunctionType", "function pkg.g@3", True),
        ("method pkg.C.f", "function pkg.C.f@1", False),
        ("typing.Callable+", "method pkg.C.f@1", True),
        ("typing.Callable+", "type[pkg.C]", True),
        ("type[pkg.C]", "type[pkg.C]", True),
        ("type[pkg.Base]", "type[pkg.C]", False),
        ("type[pkg.Base+]", "type[pkg.C]", True),
        ("type", "type[pkg.C]", True),
        ("module os.path", "module posixpath", True),
        ("builtin math.sqrt", "builtin math.sin", False),
        ("builtin operator.add", "builtin _operator.add", True),
        ("numpy.ndarray[float64, 2]", "numpy.ndarray[float64, 2]", True),
        ("numpy.ndarray[float64, 2]", "numpy.ndarray[float64, 1]", False),
    ],
)
def test_containment(inferred, observed, within):
    from type_terms import contains, parse

    assert contains([parse(inferred)], parse(observed), classes()) is within


@pytest.mark.parametrize(
    ("terms", "known"),
    [
        (["int"], True),
        (["a.A", "a.B", "a.C", "a.D"], True),
        (["a.A", "a.B", "a.C", "a.D", "a.E"], False),
        (["pkg.Base+"], True),
        (["object"], False),
        (["int", "typing.Any"], False),
        (["typing.Iterable+"], False),
        ([], False),
    ],
)
def test_what_is_called_known(terms, known):
    from type_terms import is_known, parse

    assert is_known([parse(term) for term in terms]) is known


# ---- types ----


def record_of(places=(), calls=(), entries=()):
    from record import store

    made = store.Record({"versions": {"pkg": "1"}}, classes().bases, classes().methods)
    made.metaclasses = {"pkg.C": "pkg.Meta"}
    file = store.File(
        *("pkg/a.py", "pkg.a", "", []),
        [store.Place(kind, "x", position, "f", types, False) for kind, position, types in places],
        [store.Call(position, "f", callees, False) for position, callees in calls],
        list(entries),
    )
    made.files.append(file)
    return made


def at(line: int) -> dict:
    return {"line": line, "column": 4, "end_line": line, "end_column": 5}


def compare_types(seen: dict[int, list[str]], answered: dict[int, dict], kind="local"):
    import observed_types

    record = record_of(places=[(kind, (line, 4, line, 5), types) for line, types in seen.items()])
    places = [{"kind": "local", "name": "x", **at(line), **one} for line, one in answered.items()]
    answers = [{"filename": "pkg/a.py", "function": "f", "places": places}]
    schema = json.loads((SCHEMA / "types.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(answers)
    tally = observed_types.tally(record, record.files, answers, BASE)
    return tally, *observed_types.report(tally)


def test_types_that_agree():
    tally, lines, well = compare_types(
        {1: ["int", "None"], 2: ["str"]},
        {
            1: {"types": ["int", "None"], "provenance": "proved"},
            2: {"types": "unknown", "cause": "parameter of a public function"},
        },
    )
    assert well and not tally.contradictions
    assert (tally.places.total(), tally.known.total()) == (2, 1)
    assert any(
        "1  parameter of a public function, for example pkg/a.py:2:4" in one for one in lines
    )


def test_a_proved_type_contradicted_fails():
    tally, lines, well = compare_types(
        {1: ["int", "float"]}, {1: {"types": ["int"], "provenance": "proved"}}
    )
    assert not well and tally.contradicted == 1
    assert "    pkg/a.py:1:4 local x: inferred int, observed float" in lines


def test_a_wide_proved_type_contradicted_fails_too():
    answer = {"types": ["a.A", "a.B", "a.C", "a.D", "a.E"], "provenance": "proved"}
    tally, _, well = compare_types({1: ["int"]}, {1: answer})
    assert not well and tally.known.total() == 0


def test_what_is_said_not_to_be_reached_must_not_run():
    _, _, well = compare_types({1: ["int"]}, {1: {"types": [], "provenance": "proved"}})
    assert not well


def test_declared_types_may_be_wrong_once_in_a_thousand():
    right = {"types": ["int"], "provenance": "declared"}
    seen = {line: ["int"] for line in range(1, 1001)}
    answers = dict.fromkeys(seen, right)
    seen[7] = ["str"]
    assert compare_types(seen, answers)[2]
    seen[8] = ["str"]
    tally, _, well = compare_types(seen, answers)
    assert not well and len(tally.contradictions["declared"]) == 2


def test_places_are_matched_by_kind_and_position():
    tally, *_ = compare_types({2: ["int"]}, {1: {"types": ["str"], "provenance": "proved"}})
    assert tally.unknown.count == {"no answer for this place": 1}
    tally, *_ = compare_types(
        {1: ["int"]}, {1: {"types": ["str"], "provenance": "proved"}}, kind="expression"
    )
    assert tally.unknown.count == {"no answer for this place": 1}


# ---- calls ----


def compare_calls(seen: dict[int, list[str]], answered: dict[int, dict], entries=(), base=BASE):
    import observed_calls

    record = record_of(
        calls=[((line, 4, line, 5), callees) for line, callees in seen.items()],
        entries=[[(line, 4, line, 5), opcode, name] for line, opcode, name in entries],
    )
    sites = [
        {"kind": "call", "caller": "f", "unknown": False, "targets": [], **at(line), **one}
        for line, one in answered.items()
    ]
    answers = [{"filename": "pkg/a.py", "sites": sites}]
    schema = json.loads((SCHEMA / "callgraph.schema.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(answers)
    tally = observed_calls.tally(record, record.files, answers, base)
    return tally, *observed_calls.report(tally)


@pytest.mark.parametrize(
    ("callee", "target", "is_one"),
    [
        ("function pkg.a.f@3", "pkg.a.f", True),
        ("function pkg.a.f@3", "pkg.a.f@3", True),
        ("function pkg.a.f@3", "pkg.a.f@4", False),
        ("function pkg.a.f@3", "pkg.a.g", False),
        ("method pkg.Base.f@3", "pkg.Base.f", True),
        ("method pkg.Base.f@3", "pkg.C.f", False),
        ("builtin builtins.len", "len", True),
        ("builtin builtins.list.append", "builtins.list.append", True),
        ("builtin posix.stat", "os.stat", True),
        ("type[pkg.C]", "pkg.C", True),
        ("type[pkg.C]", "pkg.Base.__init__", True),
        ("type[pkg.C]", "pkg.C.__new__", True),
        ("type[pkg.C]", "pkg.Meta.__call__", True),
        ("type[pkg.C]", "pkg.Other.__call__", False),
        ("type[pkg.C]", "pkg.Other.__init__", False),
        ("type[pkg.C]", "pkg.Base", False),
        ("pkg.C", "pkg.Base.__call__", True),
        ("pkg.C", "pkg.Base.__init__", False),
        ("functools.partial[function pkg.a.f@3]", "pkg.a.f", True),
        ("functools.partial[function pkg.a.f@3]", "functools.partial.__call__", True),
        ("functools.partial[function pkg.a.f@3]", "pkg.a.g", False),
    ],
)
def test_targets(callee, target, is_one):
    import observed_calls
    from type_terms import parse

    assert observed_calls.is_target(parse(callee), [target], classes()) is is_one


def test_calls_that_agree():
    tally, _, well = compare_calls(
        {1: ["function pkg.a.g@1", "type[pkg.C]"], 2: ["builtin builtins.len"]},
        {1: {"targets": ["pkg.a.g", "pkg.C", "pkg.a.h"]}, 2: {"targets": ["builtins.len"]}},
    )
    assert well
    assert (tally.edges, tally.present, tally.few, tally.missing) == (3, 3, 2, [])


def test_a_missing_edge_is_found():
    tally, lines, well = compare_calls(
        {1: ["function pkg.a.g@1", "function pkg.a.h@2"]}, {1: {"targets": ["pkg.a.g"]}}
    )
    assert not well and tally.present == 1
    assert "      pkg/a.py:1:4: function pkg.a.h@2, not among pkg.a.g" in lines


def test_a_site_the_answer_does_not_have_is_not_an_unknown_one():
    tally, _, well = compare_calls({1: ["function pkg.a.g@1"]}, {})
    assert not well and len(tally.missing) == 1 and tally.unknown == 0


def test_unknown_sites_excuse_edges_but_are_counted():
    unknown = {"unknown": True, "cause": "attribute of an unknown value"}
    seen = {line: ["function pkg.a.g@1"] for line in range(1, 5)}
    known = {line: {"targets": ["pkg.a.g"]} for line in seen}
    tally, lines, well = compare_calls(seen, {**known, 1: unknown})
    assert well and (tally.at_unknown, tally.unknown) == (1, 1)
    assert any("attribute of an unknown value, for example pkg/a.py:1:4" in one for one in lines)
    assert not compare_calls(seen, {**known, 1: unknown, 2: unknown})[2]


def test_many_targets_are_not_few():
    seen = {1: ["function pkg.a.g@1"]}
    answer = {"targets": ["pkg.a.g", "pkg.a.h", "pkg.a.i", "pkg.a.j"]}
    tally, _, well = compare_calls(seen, {1: answer})
    assert not well and tally.few == 0 and tally.present == 1


def test_entries_that_the_callee_accounts_for_are_not_counted_again(tmp_path):
    # What stands at the places is read.
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "a.py").write_text("a = (b)\n" * 3)
    tally, *_ = compare_calls(
        {1: ["type[pkg.C]"], 2: ["builtin builtins.map"]},
        {1: {"targets": ["pkg.C"]}, 2: {"targets": ["builtins.map"]}},
        [
            (1, "CALL", "pkg.Base.__init__@4"),
            (2, "CALL", "pkg.a.g@1"),
            (1, "BINARY_OP", "pkg.C.__add__@9"),
        ],
        tmp_path,
    )
    assert tally.entries == 2 and len(tally.entries_missing) == 2


def test_books_add_up():
    import observed
    import observed_calls
    import observed_types

    answer = {1: {"types": ["int"], "provenance": "proved"}}
    unknown = {1: {"types": "unknown", "cause": "why"}}
    types = [compare_types({1: ["str"]}, one)[0] for one in (answer, unknown, answer, unknown)]
    both = observed.added(observed.added(types[0], types[1]), observed.added(types[2], types[3]))
    assert both.places == {"local": 4} and both.contradicted == 2
    assert len(both.contradictions["proved"]) == 2
    assert both.unknown.count == {"why": 2} and "a.py" in both.unknown.first["why"]
    assert not observed_types.report(both)[1]
    right = {1: {"targets": ["len"]}}
    calls = [compare_calls({1: ["builtin builtins.len"]}, one)[0] for one in (right, {})]
    whole = observed.added(*calls)
    assert (whole.edges, whole.present, whole.sites, len(whole.missing)) == (2, 1, 2, 1)
    assert not observed_calls.report(whole)[1]


def test_records_are_compared_from_the_command_line(tmp_path, monkeypatch, capsys):
    import gzip
    import hashlib

    import observed
    import observed_types

    (tmp_path / "site").mkdir()
    source = b"x = 1\n"
    (tmp_path / "site" / "a.py").write_bytes(source)
    place = ["local", "x", [1, 0, 1, 1], -1, ["int"], False]
    rows = [
        {"kind": "run", "versions": {"a": "1"}},
        {"kind": "class", "name": "int", "bases": ["int"], "methods": [], "metaclass": "type"},
        {
            **{"kind": "file", "path": "a.py", "module": "a", "functions": [], "calls": []},
            **{"sha256": hashlib.sha256(source).hexdigest(), "places": [place], "entries": []},
        },
    ]
    with gzip.open(tmp_path / "a.jsonl.gz", "wt") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)
    monkeypatch.setattr(observed, "RECORDS", tmp_path)
    answers = tmp_path / "answers.json"
    for types, status in ((["int"], 0), (["str"], 1)):
        seen = {
            "kind": "local",
            "name": "x",
            "line": 1,
            "column": 0,
            "end_line": 1,
            "end_column": 1,
        }
        seen |= {"types": types, "provenance": "proved"}
        path = str(tmp_path / "site" / "a.py")
        answers.write_text(json.dumps([{"filename": path, "function": "", "places": [seen]}]))
        assert observed_types.main(["a", "--answers", str(answers)]) == status
    assert "inferred str, observed int" in capsys.readouterr().out
