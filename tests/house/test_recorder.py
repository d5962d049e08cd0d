"""The recorder of types and calls: programs do the same under it, and what it writes is what happened."""

import ast
import gc
import json
import pathlib
import shutil
import subprocess
import sys

import pytest

CONFORMANCE = pathlib.Path(__file__).resolve().parents[1] / "conformance"
RECORD = CONFORMANCE / "record"


@pytest.fixture(autouse=True)
def _conformance(monkeypatch):
    monkeypatch.syspath_prepend(str(CONFORMANCE))


def run(folder: pathlib.Path, program: str, record: bool) -> str:
    """The output; the record lies in record.jsonl.gz."""
    configuration = {
        "name": "test",
        "record": record,
        "runner": "script",
        "arguments": [program],
        "base": str(folder),
        "roots": [str(folder)],
        "excluded": [],
        "path": [str(folder)],
        "folder": str(folder),
        "versions": {},
        "output": str(folder / "record.jsonl.gz"),
        "outcomes": str(folder / "outcomes.json"),
    }
    (folder / "configuration.json").write_text(json.dumps(configuration))
    done = subprocess.run(
        [sys.executable, str(RECORD / "start.py"), str(folder / "configuration.json")],
        capture_output=True,
        text=True,
        timeout=120,
        env={"PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def recorded_files(folder: pathlib.Path, text: str) -> tuple:
    from record import store

    (folder / "program.py").write_text(text)
    run(folder, "program", record=True)
    record = store.read(folder / "record.jsonl.gz")
    assert record.run["totals"]["lost"] == {}
    return record, *record.files


def recorded(folder: pathlib.Path, text: str) -> tuple:
    record, file = recorded_files(folder, text)
    return record, file


def kinds(file, kind: str, name: str = "") -> dict[int, list[str]]:
    """What was seen, by line."""
    return {
        place.position[0]: place.types
        for place in file.places
        if place.kind == kind and (not name or place.name == name)
    }


@pytest.fixture(scope="module")
def constructs(tmp_path_factory):
    folder = tmp_path_factory.mktemp("constructs")
    shutil.copy(RECORD / "programs" / "constructs.py", folder)
    return folder, run(folder, "constructs", False), run(folder, "constructs", True)


def test_a_program_does_the_same(constructs):
    _, plain, under_recording = constructs
    assert "RecursionError" in plain and "(True, True)" in plain
    assert under_recording == plain


def test_positions_are_those_of_ast(constructs):
    from record import store
    from record.instrument import position

    folder, _, _ = constructs
    (file,) = store.read(folder / "record.jsonl.gz").files
    tree = ast.parse((folder / "constructs.py").read_text())
    nodes = {}
    for node in ast.walk(tree):
        if hasattr(node, "lineno"):
            nodes.setdefault(position(node), set()).add(type(node).__name__)
    kinds_of_node = {
        "parameter": {"arg"},
        "attribute": {"Attribute"},
        "local": {"Name", "ExceptHandler", "MatchAs", "MatchStar", "MatchMapping"},
    }
    assert len(file.places) > 700
    for place in file.places:
        assert place.position in nodes, place
        assert nodes[place.position] & kinds_of_node.get(place.kind, nodes[place.position]), place
    for call in file.calls:
        assert "Call" in nodes[call.position], call
    entered = {function[0] for function in file.functions if function[4]}
    everything = {function[0] for function in file.functions}
    assert everything - entered == {"Shape.area", "forgetting.<locals>.<lambda>"}


def test_names_of_functions_are_those_of_the_compiler(tmp_path):
    from record.instrument import instrument

    text = (RECORD / "programs" / "constructs.py").read_text()
    text += "\ndef outer():\n    global late\n    def late():\n        return [lambda: 1 for _ in 'a']\n"
    text += "class C:\n    f = [lambda: 1 for _ in 'a']\n    class D:\n        def g(self): pass\n"
    names = set()

    def walk(code):
        for constant in code.co_consts:
            if hasattr(constant, "co_qualname"):
                names.add((constant.co_qualname, constant.co_firstlineno))
                walk(constant)

    walk(compile(text, "x", "exec", dont_inherit=True))
    functions = instrument(text, "x", 0, 0).functions
    assert len(functions) > 40
    for function in functions:
        assert (function.name, function.first_line) in names


def test_types(tmp_path):
    record, file = recorded(
        tmp_path,
        """\
import collections
class C:
    def __init__(self, x):
        self.x = x
class D(C): pass
def f(a, *b, c=None, **d):
    both = [a, c]
    if not d:
        return
    for key, value in d.items():
        pass
    return both
f(1, "s", c=2.5, key=C(1))
f(D([]))
def g():
    yield {1: (C, len)}
    x: str
x = collections.deque(g())
y = (f, C(1).__init__, "".join, str.upper, C.__init__, collections)
y
(lambda q: q)(y)
""",
    )
    parameters = {place.name: place.types for place in file.places if place.kind == "parameter"}
    assert parameters["a"] == ["int", "program.D"]
    assert parameters["b"] == ["tuple[]", "tuple[str]"]
    assert parameters["c"] == ["None", "float"]
    assert parameters["d"] == ["dict[]", "dict[str, program.C]"]
    assert kinds(file, "attribute", "x") == {4: ["int", "list[]"]}
    assert kinds(file, "local", "both") == {7: ["list[int | float]", "list[program.D | None]"]}
    assert kinds(file, "local", "key") == {10: ["str"]}
    assert kinds(file, "local", "value") == {10: ["program.C"]}
    returned = kinds(file, "return")
    assert returned[9] == ["None"] and returned[12] == ["list[int | float]"]
    assert returned[15] == ["None"]
    deep = "dict[int, tuple[type[program.C], builtin builtins.len]]"
    assert kinds(file, "yield") == {16: [deep]}
    (y,) = kinds(file, "expression", "y")[20]
    assert y == (
        "tuple[function program.f@6, method program.C.__init__@3, builtin builtins.str.join, "
        "builtin builtins.str.upper, function program.C.__init__@3, module collections]"
    )
    assert record.bases["program.D"] == ["program.D", "program.C", "object"]
    assert record.metaclasses["program.D"] == "type"


def test_calls(tmp_path):
    _, file = recorded(
        tmp_path,
        """\
import functools
class C:
    def __init__(self):
        pass
    def __add__(self, other):
        return self
    @property
    def p(self):
        return 1
    def __call__(self):
        return self
class L(list): pass
def f(x):
    return x
C()() + C()
C().p
for function in (f, abs, L):
    function([1] and 1) if function is not L else function([1])
list(map(f, [1]))
functools.partial(f, 1)()
L().append(2)
object.__new__(C)
import math, cmath
for function in (math.sqrt, cmath.sqrt, dict.fromkeys, int.from_bytes):
    function(b"a" if function not in (math.sqrt, cmath.sqrt) else 4, *["big"] * (function == int.from_bytes))
""",
    )
    callees = {}
    for call in file.calls:
        callees.setdefault(call.position[:2], []).extend(call.callees)
    assert callees[15, 0] == ["type[program.C]", "program.C"]
    assert callees[18, 4] == ["builtin builtins.abs", "function program.f@13"]
    assert callees[18, 50] == ["type[program.L]"]
    assert "functools.partial[function program.f@13]" in callees[20, 0]
    assert "builtin builtins.list.append" in callees[21, 0]
    assert callees[22, 0] == ["builtin builtins.object.__new__"]
    assert callees[25, 4] == [
        "builtin builtins.dict.fromkeys",
        "builtin builtins.int.from_bytes",
        "builtin cmath.sqrt",
        "builtin math.sqrt",
    ]
    assert [[15, 0, 15, 11], "BINARY_OP", "program.C.__add__@5"] in file.entries
    entries = {(position[0], opcode, function) for position, opcode, function in file.entries}
    assert (16, "LOAD_ATTR", "program.C.p@7") in entries
    assert (15, "CALL", "program.C.__call__@10") in entries
    assert (19, "CALL", "program.f@13") in entries


def test_books_are_bounded(tmp_path):
    from record import observe

    text = "def f(x): pass\nfor n in range(99):\n    f(type(f'C{n}', (), {})())\n"
    _, file = recorded(tmp_path, text)
    (parameter,) = [place for place in file.places if place.kind == "parameter"]
    assert parameter.capped and len(parameter.types) == observe.KINDS


def test_a_dead_class_is_not_taken_for_another():
    from record import observe

    observer = observe.Observer()
    observer.add_file(0, 1, [])
    probe = observer.probes()[0]
    for number in range(20):
        # One likely takes the place of the other in memory.
        value = type(f"C{number}", (), {})()
        assert probe(0, value) is value
        del value
        gc.collect()
    assert list(observer.kinds[0]) == [f"{__name__}.C{number}" for number in range(20)]
    # The last one, and `type`.
    assert len(observer.classes) <= 2


def test_nothing_of_the_program_runs():
    from record import names

    class Meta(type):
        def __hash__(cls):
            raise AssertionError

        def __eq__(cls, other):
            raise AssertionError

        def __getattribute__(cls, name):
            raise AssertionError

    class Hostile(metaclass=Meta):
        def __getattribute__(self, name):
            raise AssertionError

        __hash__ = __eq__ = __repr__ = __len__ = __iter__ = __getattribute__

    value = Hostile()
    own = f"{__name__}.test_nothing_of_the_program_runs.<locals>.Hostile"
    assert names.describe(value) == own
    assert names.describe(Hostile) == f"type[{own}]"
    assert names.describe([value, {1: value}]) == f"list[{own} | dict[int, {own}]]"


def test_a_module_imported_afresh_is_one_file(tmp_path):
    (tmp_path / "other.py").write_text("import sys\nx = sys.kind\n")
    _, *files = recorded_files(
        tmp_path,
        "import sys\nfor sys.kind in (1, 'a'):\n    sys.modules.pop('other', 0)\n    import other\n",
    )
    (other,) = [file for file in files if file.path == "other.py"]
    assert kinds(other, "local", "x") == {2: ["int", "str"]}


def test_broken_source_is_left_to_the_interpreter(tmp_path):
    (tmp_path / "broken.py").write_text("x = (\n")
    (tmp_path / "program.py").write_text(
        "try:\n    import broken\nexcept SyntaxError as error:\n    print(error)\n"
    )
    assert run(tmp_path, "program", True) == run(tmp_path, "program", False)


def test_arrays():
    numpy = pytest.importorskip("numpy")
    from record import names

    assert names.describe(numpy.zeros((2, 3))) == "numpy.ndarray[float64, 2]"
