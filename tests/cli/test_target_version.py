"""Facts about the library that the target version does not have are not used."""

import json

import pytest
from commands import Folder

PROGRAM = """import itertools
import re


def work(numbers):
    {work}


def main():
    rows = [list(range(n)) for n in range(40)]
    print([work(row) for row in rows])


if __name__ == "__main__":
    main()
"""
PAIRS = "return [b - a for a, b in itertools.pairwise(numbers)]"
BY_PLACE = 'return re.sub("1", "2", str(len(numbers)), 1)'
BY_NAME = 'return re.sub("1", "2", str(len(numbers)), count=1)'


def reasons(tmp_path, work, *options):
    """What the check says of the loop over the rows: its rewrite, or why there is none."""
    (tmp_path / "program.py").write_text(PROGRAM.format(work=work))
    command = ["check", "--entry", "--exit-zero", "--show-refusals", "--output-format", "json"]
    answer = Folder(tmp_path).run(*command, *options, "program.py")
    assert answer.status == 0, answer.err
    return json.dumps(json.loads(answer.out))


@pytest.mark.parametrize(
    ("work", "target", "reason"),
    [
        (PAIRS, "3.8", "holds from Python 3.10 on; the target version is 3.8"),
        (PAIRS, "3.9", "holds from Python 3.10 on; the target version is 3.9"),
        (PAIRS, "3.10", None),
        (PAIRS, "3.14", None),
        (BY_PLACE, "3.12", None),
        (BY_PLACE, "3.13", "held before Python 3.13; the target version is 3.13"),
        (BY_NAME, "3.13", None),
    ],
)
def test_facts_of_the_target_only(tmp_path, work, target, reason):
    said = reasons(tmp_path, work, "--isolated", "--target-version", target)
    if reason:
        assert reason in said
    else:
        assert "the target version is" not in said
        assert "UNS102" in said


def test_the_version_that_the_project_requires(tmp_path):
    project = tmp_path / "pyproject.toml"
    project.write_text('[project]\nrequires-python = ">=3.9"\n[tool.unspool]\n')
    assert "the target version is 3.9" in reasons(tmp_path, PAIRS)
    project.write_text('[project]\nrequires-python = ">=3.10"\n[tool.unspool]\n')
    assert "the target version is" not in reasons(tmp_path, PAIRS)


def test_without_a_version_it_is_the_one_facts_are_tried_on(tmp_path):
    assert "the target version is" not in reasons(tmp_path, PAIRS, "--isolated")
    batched = "return list(itertools.batched(numbers, 2))"
    assert "the target version is 3.11" in reasons(tmp_path, batched, "--isolated")
