"""The programs of tests/programs: what each says of its loop is what the engine says, and a rewrite
does what the program did, with each list of arguments.

Beside each program NAME.py stands NAME.toml: `loop` (a line of the program, which the loop begins in),
`verdict` (the words that are right), `rewrite`, `rule`, `arguments` with their `exit-codes`. What
stands in NAME.MODULE.py is the module MODULE beside it.
"""

import json
import pathlib
import shutil
import tempfile
import tokenize
import tomllib

import pytest
from commands import Folder

PROGRAMS = pathlib.Path(__file__).resolve().parents[1] / "programs"
CASES = sorted(PROGRAMS.glob("*.toml"))
# Every start method is one more run of each; for these few of different shapes.
ALL_METHODS = {
    "module_beside_class",
    "append_in_function",
    "comprehension_nested",
    "dict_items",
    "dataclass_items",
}


@pytest.fixture
def program(request, tmp_path):
    case = request.param
    shutil.copyfile(case.with_suffix(".py"), tmp_path / "program.py")
    for beside in PROGRAMS.glob(f"{case.stem}.*.py"):
        shutil.copyfile(beside, tmp_path / beside.name.removeprefix(f"{case.stem}."))
    folder = Folder(tmp_path)
    folder.case = tomllib.loads(case.read_text(encoding="utf-8"))
    folder.name = case.stem
    return folder


def loop_of(folder):
    answer = folder.run("debug", "loops", "--output-format", "json", "program.py")
    assert answer.status == 0, answer.err
    with tokenize.open(folder.path / "program.py") as source:
        lines = source.read().splitlines()
    rows = [row for row, line in enumerate(lines, 1) if folder.case["loop"].strip() in line]
    assert rows, "the .toml names a line that is not there"
    found = [loop for loop in json.loads(answer.out) if loop["line"] == rows[0]]
    assert found, "no loop begins there"
    return found[0]


# What the engine does not do yet, and what it says instead. A program that begins to pass fails here
# until its line is taken out.
NOT_YET = {
    "test_verdict": {
        "input_kinds": "a subclass of list with its own iteration is not modelled",
    },
    "test_what_can_be_rewritten_is": {
        "input_kinds": "a subclass of list with its own iteration is not modelled",
    },
}


def each_program(function):
    known = NOT_YET.get(function.__name__, {})
    programs = [
        pytest.param(
            case,
            id=case.stem,
            marks=pytest.mark.xfail(strict=True, reason=known[case.stem])
            if case.stem in known
            else (),
        )
        for case in CASES
    ]
    return pytest.mark.parametrize("program", programs, indirect=True)(function)


def why(loop):
    return [(item["code"], item["message"]) for item in loop["obstacles"]]


@each_program
def test_verdict(program):
    loop = loop_of(program)
    assert loop["verdict"] in program.case["verdict"], why(loop)


@each_program
def test_what_must_not_be_rewritten_is_not(program):
    loop = loop_of(program)
    if not program.case["rewrite"]:
        assert loop["applicability"] != "safe"


@each_program
def test_what_can_be_rewritten_is(program):
    if not program.case["rewrite"]:
        pytest.skip("stays as it is")
    loop = loop_of(program)
    assert loop["applicability"] == "safe", why(loop)
    assert loop["rule"] == program.case["rule"]


@each_program
def test_the_rewritten_program_does_the_same(program):
    """Whatever is rewritten in it, also loops that the .toml does not speak of."""
    originals = [fresh_run(program, "original", words) for words in program.case["arguments"]]
    assert [answer.status for answer in originals] == program.case["exit-codes"]
    fixed = program.run("check", "--fix", "program.py")
    assert fixed.status == 0, fixed.out
    for words, original in zip(program.case["arguments"], originals, strict=True):
        rewritten = fresh_run(program, "rewritten", words)
        assert (rewritten.status, rewritten.out) == (original.status, original.out), words
        assert last_line(rewritten.err) == last_line(original.err), words
    again = program.run("check", "--diff", "program.py")
    assert again.status == 0, "a second fix finds more: " + again.out


def fresh_run(program, name, words):
    """Runs the program as it is now in a copy: some write files."""
    with tempfile.TemporaryDirectory(dir=program.path) as folder:
        copy = Folder(pathlib.Path(folder) / name)
        copy.path.mkdir()
        for file in program.path.glob("*.py"):
            shutil.copyfile(file, copy.path / file.name)
        answer = copy.python("program.py", *words)
        answer.out = answer.out.replace(str(copy.path), "FOLDER")
        answer.err = answer.err.replace(str(copy.path), "FOLDER")
        return answer


@each_program
@pytest.mark.slow
def test_under_every_start_method(program):
    if program.name not in ALL_METHODS or not program.case["rewrite"]:
        pytest.skip("a few are enough")
    answer = program.run(
        "verify", "--no-measure", "--workers", "1,3", "program.py", *program.case["arguments"][0]
    )
    assert answer.status == 0, answer.out + answer.err
    assert "6 of 6 ways to run equal" in answer.out


def last_line(text):
    return text.strip().rpartition("\n")[2]
