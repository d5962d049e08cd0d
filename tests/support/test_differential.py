"""The loop and its ordered_map form side by side: nothing that the program can see may differ."""

import json
import os

import pytest
from support_project import HERE, METHODS

FEW = [
    "list",
    "chunk of one",
    "endless",
    "task fails later",
    "source raises",
    "unpicklable item",
    "stop iteration",
]


def differences(project, method, workers, names=()):
    project.environment["PYTHONPATH"] = os.pathsep.join([str(HERE), str(project.folder)])
    code, output, errors = project.run(
        HERE / "programs" / "differential.py", method, workers, *names
    )
    assert code == 0, errors
    report = json.loads(output.splitlines()[-1])
    assert report["cases"] > 5
    assert report["descriptors"] <= 3, (
        "open files left"
    )  # those that stay are the tracker's and the fork server's
    return report["problems"], errors


@pytest.mark.parametrize("method", METHODS)
def test_all_cases(project, method):
    assert differences(project, method, 2) == ([], "")


@pytest.mark.parametrize("workers", [1, 3, 8])
def test_all_cases_with_other_numbers_of_workers(project, workers):
    assert differences(project, "fork", workers) == ([], "")


@pytest.mark.parametrize("workers", [1, 3, 8])
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_some_cases_with_other_numbers_of_workers(project, method, workers):
    assert differences(project, method, workers, FEW) == ([], "")


@pytest.mark.slow
@pytest.mark.parametrize("workers", [3, 8])
@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_all_cases_with_all_numbers_of_workers(project, method, workers):
    assert differences(project, method, workers) == ([], "")
