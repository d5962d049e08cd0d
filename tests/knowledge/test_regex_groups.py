"""Groups that the engine takes to be part of every match, against `re` itself.

Random expressions become programs in which a group's text goes to a function that takes no None; the
engine's verdict on each tells whether it believes that the group may be None. What it believes never to be
None must stand where nothing goes round it in the tree that `re` makes of the expression, and must be a
text in every match found.
"""

from __future__ import annotations

import os
import pathlib
import random
import re
import subprocess
import warnings

import pytest

try:
    from re import _constants as constants
    from re import _parser as parser
except ImportError:  # before 3.11
    import sre_constants as constants
    import sre_parse as parser

UNSPOOL = pathlib.Path(
    os.environ.get("UNSPOOL_BIN", pathlib.Path(__file__).parents[2] / "build/dev/bin/unspool")
).absolute()
ATOMS = [
    "a", "b", "c", ".", r"\w", r"\(", r"\)", r"\|", "[ab]", "[^c]", "[]a]", "[^]a]", "[(]", "[|)]", r"[\]a(]",
    "{", "}", "{a", "#", " ", "^", "$", r"\b", "-",
]  # fmt: skip
REPEATS = [
    "",
    "",
    "",
    "",
    "",
    "",
    "?",
    "*",
    "+",
    "{0,2}",
    "{1}",
    "{,1}",
    "{2}",
    "*?",
    "??",
    "+?",
    "{a",
]


def expression(rng: random.Random, names: list[str], depth: int) -> str:
    def part() -> str:
        kind = rng.random()
        if depth <= 0 or kind < 0.45:
            return rng.choice(ATOMS) + rng.choice(REPEATS)
        if kind < 0.8:
            name = f"g{len(names)}"
            names.append(name)
            opening = f"(?P<{name}>"
        else:
            opening = rng.choice(["(", "(?:", "(?=", "(?!", "(?i:", "(?s-i:", "(?<=a", "(?x:"])
            if names and rng.random() < 0.3:
                opening = f"(?({rng.choice(names)})"
        # Names are numbered as their groups open.
        return opening + expression(rng, names, depth - 1) + ")" + rng.choice(REPEATS)

    bar = "|" if rng.random() < 0.25 else ""
    return bar.join(
        "".join(part() for _ in range(rng.randrange(1, 4))) for _ in range(2 if bar else 1)
    )


def sure_groups(pattern: str) -> set[int]:
    """Numbers of the groups that nothing in the expression can go round."""
    found = set()

    def walk(items) -> None:
        for operator, argument in items:
            if operator is constants.SUBPATTERN:
                if argument[0] is not None:
                    found.add(argument[0])
                walk(argument[3])

    walk(parser.parse(pattern))
    return found


def believed(cases: list[tuple[str, str]], folder) -> list[bool]:
    lines = ["import re", "from urllib.parse import urlsplit", ""]
    lines += [f"P{number} = re.compile({pattern!r})" for number, (pattern, _) in enumerate(cases)]
    lines += ["", "def main(items):"]
    first = len(lines) + 1
    for number, (_, name) in enumerate(cases):
        lines.append(f"    print([urlsplit(P{number}.search(item)[{name!r}]) for item in items])")
    lines += ["", 'if __name__ == "__main__":', '    main(["a"])', ""]
    (folder / "program.py").write_text("\n".join(lines))
    done = subprocess.run(
        [UNSPOOL, "debug", "loops", "program.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    verdicts = {int(line.split(":")[1]): line for line in done.stdout.splitlines()}
    assert len(verdicts) == len(cases)
    texts = [verdicts[first + number] for number in range(len(cases))]
    for text in texts:
        assert "parallel" in text or "(None" in text or "|None" in text, text
    return ["parallel" in text for text in texts]


def test_groups_of_every_match(tmp_path) -> None:
    rng = random.Random(5)
    cases = []
    while len(cases) < 1200:
        names: list[str] = []
        pattern = expression(rng, names, 3)
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("error")
                compiled = re.compile(pattern)
        except (re.error, Warning):
            continue
        cases += [(pattern, name) for name in names if name in compiled.groupindex]
    subjects = ["".join(rng.choices("aabbc ()|{}#-", k=rng.randrange(8))) for _ in range(300)]
    answers = believed(cases, tmp_path)
    matches = missing = 0
    for (pattern, name), always in zip(cases, answers):
        compiled = re.compile(pattern)
        if not always:
            missing += any(m and m[name] is None for m in map(compiled.search, subjects))
            continue
        assert compiled.groupindex[name] in sure_groups(pattern), (pattern, name)
        for subject in subjects:
            match = compiled.search(subject)
            if match:
                matches += 1
                assert match[name] is not None, (pattern, name, subject)
                assert type(match.groupdict()[name]) is str
    # Both answers are given, and both were put to the test.
    assert sum(answers) > 60 and matches > 1000 and missing > 60


@pytest.mark.parametrize(
    "pattern, name, always",
    [
        (r"(?P<g>a)", "g", True),
        (r"x((?P<g>a)b)[(|)]\)(?:c|d)", "g", True),
        (r"(?i:(?P<g>a))", "g", True),
        (r"(?P<g>a)|b", "g", False),
        (r"(?:(?P<g>a))?", "g", False),
        (r"(?:b(?P<g>a)){0,3}", "g", False),
        (r"(?P<a>b)?(?(a)(?P<g>a))", "g", False),
        (r"(?!(?P<g>a))b", "g", False),
        (r"(?x)(?P<g>a) ?", "g", False),
        (r"((?P<g>a)|b)", "g", False),
    ],
)
def test_particular_groups(pattern, name, always, tmp_path) -> None:
    assert believed([(pattern, name)], tmp_path) == [always]
