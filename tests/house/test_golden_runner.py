"""The reader and writer of literate golden tests."""

import pathlib

import pytest

GOLDEN = pathlib.Path(__file__).resolve().parents[1] / "golden"

TEXT = """# Title

```python name=in.py
x = 1
```

## First

```console
$ unspool check in.py
old
[1]
# select: .[0]
$ unspool debug loops in.py
```

## Second

No commands here.
"""


@pytest.fixture(autouse=True)
def _golden(monkeypatch):
    monkeypatch.syspath_prepend(str(GOLDEN))


def test_sections_share_the_preamble():
    import golden_document as document

    (section,) = document.parse(TEXT)
    file, check, loops = section.steps
    assert (section.title, file.name, file.text) == ("First", "in.py", "x = 1\n")
    assert (check.text, check.expected, check.status) == ("unspool check in.py", ["old"], 1)
    assert (loops.select, loops.expected, loops.status) == (".[0]", [], 0)


def test_rewriting_changes_only_expectations():
    import golden_document as document

    (section,) = document.parse(TEXT)
    _, check, loops = section.steps
    new = document.rewritten(TEXT, {check.begin: (["a", "b"], 0), loops.begin: (["c"], 2)})
    assert new == TEXT.replace("old\n[1]\n", "a\nb\n").replace(
        "in.py\n```\n\n## S", "in.py\nc\n[2]\n```\n\n## S"
    )
    same = document.rewritten(TEXT, {check.begin: (["old"], 1), loops.begin: ([], 0)})
    assert same == TEXT


@pytest.mark.parametrize(
    "text",
    [
        "```console\n$ a\n",
        "```console\nno prompt\n```\n",
        "```py nam=x\n```\n",
        "```console\n$ a\n```\n## B\n",
    ],
)
def test_malformed(text):
    import golden_document as document

    with pytest.raises(document.Malformed):
        document.parse(text)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        (".", ['[{"a": 1, "b": {"c": [2, 3]}}, {"a": "x"}]']),
        (".[].a", ["1", "x"]),
        (".[0].b.c[]", ["2", "3"]),
        (".[-1] {a,none}", ['{"a": "x", "none": null}']),
    ],
)
def test_select(path, expected):
    from golden_select import select

    assert select(path, [{"a": 1, "b": {"c": [2, 3]}}, {"a": "x"}]) == expected


def test_select_refuses_what_it_cannot_read():
    from golden_select import select

    with pytest.raises(ValueError, match="cannot read"):
        select(".a|b", {})
