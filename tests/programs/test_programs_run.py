"""Every program runs with each of its argument lists, twice alike, and its sidecar is sound.

A program `name.py` holds one main loop in one dress; `name.toml` beside it says what a correct
tool does with that loop:

- `arguments`: argument lists to run it with, ugly ones included; `exit-codes`: one for each
- `loop`: the line on which the main loop or comprehension begins (it occurs once in the file)
- `verdict`: the words any of which is right for that loop
- `rewrite`: whether UNS101 or UNS102 rewrites it; `rule`: which of the two, where it does
- `reason`: why

What stands in `name.module.py` is the module `module` beside the program.
"""

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parent
PROGRAMS = sorted(
    path
    for path in FOLDER.glob("*.py")
    if not path.name.startswith("test_") and "." not in path.stem
)
VERDICTS = {
    "parallel", "reduction", "scan", "search", "pipeline", "vectorizable", "io", "sequential",
    "unknown",
}  # fmt: skip
KEYS = {"arguments", "exit-codes", "loop", "verdict", "rewrite", "reason"}
LOOPS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def sidecar(program):
    with open(program.with_suffix(".toml"), "rb") as file:
        return tomllib.load(file)


def loop_line(program):
    """1-based number of the line on which the main loop begins."""
    source = program.read_bytes().splitlines()
    wanted = sidecar(program)["loop"].encode()
    lines = [number for number, line in enumerate(source, 1) if line.strip() == wanted]
    assert len(lines) == 1, (program.name, lines)
    return lines[0]


def installed(program, folder):
    """A copy with the modules beside it."""
    folder.mkdir()
    for beside in FOLDER.glob(f"{program.stem}.*.py"):
        shutil.copyfile(beside, folder / beside.name.removeprefix(f"{program.stem}."))
    return shutil.copyfile(program, folder / program.name)


def run(program, arguments, folder, hash_seed):
    folder.mkdir()
    done = subprocess.run(
        [sys.executable, str(program)] + arguments,
        cwd=folder,
        env=dict(os.environ, PYTHONHASHSEED=str(hash_seed), PYTHONIOENCODING="utf-8"),
        capture_output=True,
        timeout=60,
    )
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    return done.returncode, done.stdout, done.stderr, files


def test_there_are_enough_of_both():
    wanted = [sidecar(program)["rewrite"] for program in PROGRAMS]
    assert wanted.count(True) >= 24
    assert wanted.count(False) >= 10


def test_every_sidecar_has_its_program():
    assert {p.stem for p in FOLDER.glob("*.toml")} == {p.stem for p in PROGRAMS}


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_sidecar(program):
    facts = sidecar(program)
    assert set(facts) - {"rule"} == KEYS
    assert len(facts["arguments"]) == len(facts["exit-codes"]) >= 2
    assert 0 in facts["exit-codes"]
    assert all(isinstance(text, str) for arguments in facts["arguments"] for text in arguments)
    assert facts["verdict"] and set(facts["verdict"]) <= VERDICTS
    assert facts["reason"].endswith(".")
    if facts["rewrite"]:
        assert facts["verdict"] == ["parallel"]
    assert ("rule" in facts) == facts["rewrite"]

    line = loop_line(program)
    tree = ast.parse(program.read_bytes(), feature_version=(3, 8))
    begun = [node for node in ast.walk(tree) if isinstance(node, LOOPS) and node.lineno == line]
    assert begun
    if facts["rewrite"]:
        is_for = isinstance(begun[0], ast.For)
        assert facts["rule"] == ("UNS101" if is_for else "UNS102")


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.stem)
def test_runs_alike(program, tmp_path):
    facts = sidecar(program)
    copy = installed(program, tmp_path / "program")
    outputs = set()
    for number, arguments in enumerate(facts["arguments"]):
        first = run(copy, arguments, tmp_path / ("first%d" % number), 1)
        second = run(copy, arguments, tmp_path / ("second%d" % number), 2)
        assert first == second
        code, output, errors, files = first
        assert code == facts["exit-codes"][number], (arguments, errors)
        assert (code == 1) == (b"Traceback" in errors)
        outputs.add((code, output))
    assert len(outputs) > 1, "all argument lists give the same output"
