"""Known-good rewrites come out equal, known-bad ones are caught: cases/*/case.json says why."""

import json
import pathlib

import pytest

CASES = pathlib.Path(__file__).parent / "cases"


def name_of(cell):
    workers = cell["workers"]
    return f"{cell['start_method']}, {workers} worker{'' if workers == 1 else 's'}"


@pytest.mark.parametrize("name", sorted(folder.name for folder in CASES.iterdir()))
def test_case(probe, tmp_path, name):
    folder = CASES / name
    case = json.loads((folder / "case.json").read_text(encoding="utf-8"))
    root = tmp_path / "project"
    root.mkdir()
    for path, text in case.get("files", {}).items():
        (root / path).write_text(text, encoding="utf-8")
    answer = probe.verify(
        root,
        (folder / "original.py").read_text(encoding="utf-8"),
        (folder / "rewritten.py").read_text(encoding="utf-8"),
        matrix=case.get("matrix", {}),
        options=case.get("options", {}),
    )
    comparison = answer["certificate"]["comparison"]
    assert comparison["verdict"] == case["verdict"], answer["text"]
    kinds = {difference["kind"] for difference in comparison["differences"]}
    assert set(case["kinds"]) <= kinds, answer["text"]
    if case["verdict"] != "different":
        assert not kinds
    if "places" in case:
        assert [difference["place"] for difference in comparison["differences"]] == case["places"]
    if "cells" in case:
        assert {name_of(cell): cell["equal"] for cell in comparison["cells"]} == case["cells"]
    if "advice" in case:
        assert any(case["advice"] in item["advice"] for item in comparison["instabilities"])
    assert comparison["reason"] == case.get("reason")
    expected = {"equal": 0, "different": 1, "unstable": 1, "not-runnable": 2}
    assert answer["exit_code"] == expected[case["verdict"]]
    # The user's folder is as it was.
    left = {str(path.relative_to(root)) for path in root.rglob("*")}
    assert left == {"program.py", *case.get("files", {})}


def test_whole_matrix_is_run(probe, tmp_path):
    folder = CASES / "equal_map"
    answer = probe.verify(
        tmp_path,
        (folder / "original.py").read_text(),
        (folder / "rewritten.py").read_text(),
        matrix={},
    )
    cells = answer["certificate"]["comparison"]["cells"]
    expected = {(m, w) for m in ("fork", "spawn", "forkserver") for w in (1, 2, 3, 8)}
    assert {(cell["start_method"], cell["workers"]) for cell in cells} == expected
    done = [step[1] for step in answer["progress"]]
    assert done == sorted(done)
    assert done[-1] == answer["progress"][-1][2] == 14
