"""`unspool explain`, `rule` and `debug loops`: what they find and say."""

import json

import pytest
from commands import CARRIED, HEAVY, LOOP


def test_explains_a_rewrite(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("explain", "a.py:11")
    assert answer.status == 0
    assert answer.out.startswith("a.py:11:5: for loop in `main`")
    for words in (
        "parallel: no iteration",
        "no-carried-dependence",
        "proved",
        "+    for _, result",
        "unspool check --fix --only a.py:11",
    ):
        assert words in answer.out


def test_explains_an_obstacle_with_both_ends(folder):
    folder.write("a.py", CARRIED)
    answer = folder.run("explain", "a.py:12")
    assert answer.status == 0
    assert "sequential" in answer.out
    assert "`state`" in answer.out
    assert "carried" in answer.out
    assert "The rewrite" not in answer.out


@pytest.mark.parametrize(("row", "first"), [(4, 4), (5, 4), (11, 11), (12, 11)])
def test_a_line_inside_a_loop_means_the_innermost(folder, row, first):
    folder.write("a.py", LOOP)
    assert folder.run("explain", f"a.py:{row}").out.startswith(f"a.py:{first}:")


def test_nested_loops(folder):
    folder.write(
        "a.py", "for i in range(3):\n    for j in range(3):\n        print(i)\n    x = i\n"
    )
    assert folder.run("explain", "a.py:3").out.startswith("a.py:2:5")
    assert folder.run("explain", "a.py:4").out.startswith("a.py:1:1")


def test_no_loop_there(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("explain", "a.py:1")
    assert answer.status == 2
    assert "nearest one is in line 4" in answer.err
    folder.write("b.py", "x = 1\n")
    assert "the file has none" in folder.run("explain", "b.py:1").err


def test_json_of_a_place(folder):
    folder.write("a.py", LOOP)
    loop = json.loads(folder.run("explain", "--output-format", "json", "a.py:11").out)
    assert loop["verdict"] == "parallel"
    assert "+def " in loop["diff"]


def test_columns_and_width(folder):
    folder.write("a.py", LOOP)
    assert folder.run("explain", "a.py:11:5").out == folder.run("explain", "a.py:11").out
    for line in folder.run("explain", "a.py:11").out.splitlines():
        assert len(line) <= 110


LOOP_KEYS = [
    "filename",
    "cell",
    "line",
    "column",
    "end_line",
    "function",
    "kind",
    "verdict",
    "conditions",
    "workload",
    "iteration_seconds",
    "trips",
    "rule",
    "strategy",
    "applicability",
    "variables",
    "evidence",
    "obstacles",
]


def test_debug_loops_answers_for_every_loop(folder):
    folder.write(
        "a.py",
        HEAVY
        + """
class Box:
    def all(self):
        def inner():
            return {n: heavy(n) for n in range(4)}
        return inner()

print([x for x in (n for n in range(3))], {c for c in "ab"})
while heavy(1) < 0:
    pass
""",
    )
    answer = folder.run("debug", "loops", "--output-format", "json", "a.py")
    assert answer.status == 0
    loops = json.loads(answer.out)
    assert all(list(loop) == LOOP_KEYS for loop in loops)
    assert sorted((loop["line"], loop["column"], loop["kind"]) for loop in loops) == [
        (4, 5, "for"),
        (11, 20, "dictcomp"),
        (14, 7, "listcomp"),
        (14, 19, "genexp"),
        (14, 43, "setcomp"),
        (15, 1, "while"),
    ]
    assert {loop["function"] for loop in loops} == {"heavy", "Box.all.inner", "<module>"}


def test_obstacles_have_both_ends(folder):
    folder.write("a.py", CARRIED)
    loops = json.loads(folder.run("debug", "loops", "--output-format", "json", "a.py").out)
    [carried] = [loop for loop in loops if loop["line"] == 11]
    assert carried["verdict"] == "sequential"
    for obstacle in carried["obstacles"]:
        assert obstacle["from"]["location"]["row"] == 12
        assert obstacle["to"]["location"]["row"] == 12


def test_debug_loops_of_several_files(folder):
    folder.write("a.py", LOOP)
    folder.write("bad.py", "def\n")
    answer = folder.run("debug", "loops", ".")
    assert answer.status == 1
    assert "a.py:11:5" in answer.out
    assert "bad.py:1:4" in answer.err


def test_rules(folder):
    listed = folder.run("rule")
    assert listed.out.splitlines()[0] == "UNS101  parallel-loop"
    for word in ("UNS102", "uns102", "parallel-comprehension"):
        page = folder.run("rule", word)
        assert page.out.startswith("# parallel-comprehension (UNS102)")
        assert "## Before" in page.out and "## After" in page.out


def test_the_examples_of_rule_pages_are_python(folder):
    for line in folder.run("rule").out.splitlines():
        page = folder.run("rule", line.split()[0]).out
        blocks = [part.split("```")[0] for part in page.split("```python\n")[1:]]
        assert len(blocks) >= 2
        for block in blocks:
            compile(block, line, "exec")


WORK = """
import zlib

def heavy(n):
    total = 0
    for i in range(1000):
        total += i * n
    return total

def light(n):
    total = 0
    for i in range(3):
        total += i * n
    return total

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def rows(count):
    return [[n] * 100 for n in range(count)]

blobs = [bytes(100) for n in range(40)]
a = [heavy(n) for n in range(5000)]
b = [light(n) for n in (1, 2, 3)]
c = [fib(n) for n in range(4)]
d = [zlib.compress(blob) for blob in blobs]
e = [(row, n) for n in range(4) for row in range(len(a))]
f = [sum(row) for row in rows(9)]
g = [n + 1 for n in enumerate("abc")]
print(a, b, c, d, e, f, g)
"""


def test_work_is_counted_in_the_source(folder):
    """Loops with bounds, recursion, costly library calls, and what is cheaper than sending it."""
    folder.write("work.py", WORK)
    answer = folder.run("debug", "loops", "--output-format", "json", "work.py")
    rows = WORK.splitlines()
    by_name = {}
    for loop in json.loads(answer.out):
        name = rows[loop["line"] - 1].split(" = ")[0]
        by_name[name] = (loop["workload"], loop["trips"], loop["iteration_seconds"] is not None)
    assert {name: by_name[name] for name in "abcdefg"} == {
        "a": ("cpu", 5000, True),
        "b": ("trivial", 3, True),
        "c": ("cpu", 4, False),
        "d": ("cpu", None, False),
        "e": ("trivial", 4, True),
        "f": ("trivial", None, True),
        "g": ("trivial", None, True),
    }


def test_the_estimate_says_from_where_it_pays(folder):
    folder.write("work.py", WORK)
    answer = folder.run("check", "--output-format", "json", "work.py")
    estimates = {
        found["location"]["row"]: found["parallel"]["estimate"]
        for found in json.loads(answer.out)["diagnostics"]
    }
    first = WORK.splitlines().index("a = [heavy(n) for n in range(5000)]") + 1
    estimate = estimates[first]
    assert estimate["low"] < estimate["speedup"] < estimate["high"] <= 2
    # 1000 turns of two operations: between 20 and 300 microseconds on any machine of these years.
    assert 0.4 / 300e-6 < estimate["break_even_n"] < 0.4 / 20e-6
    explained = folder.run("explain", f"work.py:{first}")
    assert f"pays from about {estimate['break_even_n']} iterations on" in " ".join(
        explained.out.split()
    )
