"""Uncaught exceptions and tracebacks of a rewrite are those of the original, seen through the edit."""

import pathlib

import pytest

ROOT = pathlib.Path(__file__).parents[2]
SUPPORT = ROOT / "src/transform/support/parallel_support.py"
MATRIX = {"start_methods": ["fork", "spawn"], "workers": [1, 2]}

ORIGINAL = """
def ratio(n):
    # Fails for one of the items.
    return 12 / (n - 7)


def ratios(numbers):
    result = []
    for n in numbers:
        value = ratio(n)  # the item
        result.append(value)
    return result


if __name__ == "__main__":
    print(ratios(range(20)))
"""

REWRITTEN = """
from parallel_support import ordered_map


def ratio(n):
    # Fails for one of the items.
    return 12 / (n - 7)


def _value_of(n):
    value = ratio(n)  # the item
    return value


def ratios(numbers):
    result = []
    for n, value in ordered_map(_value_of, numbers):
        result.append(value)
    return result


if __name__ == "__main__":
    print(ratios(range(20)))
"""

HELPER = {
    "generated_functions": [{"path": "program.py", "name": "_value_of", "origin": "ratios"}],
    "support_files": ["parallel_support.py"],
}


def with_support(text):
    return {"program.py": text, "parallel_support.py": SUPPORT.read_text(encoding="utf-8")}


def comparison_of(answer):
    return answer["certificate"]["comparison"]


def kinds_of(answer):
    return {difference["kind"] for difference in comparison_of(answer)["differences"]}


def test_frames_are_equal_through_the_edit(probe, tmp_path):
    answer = probe.verify(
        tmp_path, ORIGINAL, with_support(REWRITTEN), matrix=MATRIX, subject=HELPER
    )
    assert comparison_of(answer)["verdict"] == "equal", answer["text"]
    assert comparison_of(answer)["original"]["exception"] == "ZeroDivisionError"


def test_without_knowing_the_helper_frames_differ(probe, tmp_path, few):
    answer = probe.verify(tmp_path, ORIGINAL, with_support(REWRITTEN), matrix=few)
    assert kinds_of(answer) == {"exception-frames", "stderr"}


def test_another_line_is_another_frame(probe, tmp_path, few):
    original = """
def check(n):
    if n:
        raise ValueError
    raise ValueError


check(1)
"""
    rewritten = original.replace("check(1)", "check(0)")
    answer = probe.verify(tmp_path, original, rewritten, matrix=few)
    assert kinds_of(answer) == {"exception-frames", "stderr"}


def test_another_function_is_another_frame(probe, tmp_path, few):
    renamed = REWRITTEN.replace("ratio(n)", "quotient(n)")
    answer = probe.verify(tmp_path, ORIGINAL, with_support(renamed), matrix=few, subject=HELPER)
    assert kinds_of(answer) == {"exception-frames", "stderr"}


def test_comprehension(probe, tmp_path):
    original = ORIGINAL.replace(
        """    result = []
    for n in numbers:
        value = ratio(n)  # the item
        result.append(value)
    return result
""",
        "    return [ratio(n) for n in numbers]\n",
    )
    rewritten = REWRITTEN.replace(
        """    result = []
    for n, value in ordered_map(_value_of, numbers):
        result.append(value)
    return result
""",
        "    return [value for n, value in ordered_map(_value_of, numbers)]\n",
    )
    answer = probe.verify(
        tmp_path, original, with_support(rewritten), matrix=MATRIX, subject=HELPER
    )
    assert comparison_of(answer)["verdict"] == "equal", answer["text"]


def test_loop_at_module_level(probe, tmp_path, few):
    original = """
def check(n):
    if n == 5:
        raise KeyError(n)
    return n


for n in range(8):
    print(check(n))
"""
    rewritten = """
from parallel_support import ordered_map


def check(n):
    if n == 5:
        raise KeyError(n)
    return n


def _check_of(n):
    return check(n)


for n, value in ordered_map(_check_of, range(8)):
    print(value)
"""
    helper = {
        "generated_functions": [{"path": "program.py", "name": "_check_of", "origin": "<module>"}],
        "support_files": ["parallel_support.py"],
    }
    answer = probe.verify(tmp_path, original, with_support(rewritten), matrix=few, subject=helper)
    assert comparison_of(answer)["verdict"] == "equal", answer["text"]


def test_support_at_the_top_of_a_script(probe, tmp_path):
    """The forced number of workers reaches functions of the script itself."""
    support = SUPPORT.read_text(encoding="utf-8")
    original = """
import os


def square(n):
    return n * n


if __name__ == "__main__":
    print([square(n) for n in range(50)])
"""
    rewritten = (
        support
        + """

def square(n):
    return n * n


if __name__ == "__main__":
    print([value for n, value in ordered_map(square, range(50))])
    with open("workers.txt", "w") as out:
        out.write(str(worker_count()))
"""
    )
    answer = probe.verify(
        tmp_path, original, rewritten, matrix={"start_methods": ["spawn"], "workers": [1, 3]}
    )
    places = {d["place"] for d in comparison_of(answer)["differences"]}
    assert places == {"workers.txt"}, answer["text"]


@pytest.mark.parametrize("workers", [1, 2, 3, 8])
@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_start_method_and_workers_are_forced(probe, tmp_path, method, workers):
    program = """
import multiprocessing
import os
import sys

import parallel_support


def main():
    found = (multiprocessing.get_start_method(allow_none=True), os.cpu_count(),
             len(os.sched_getaffinity(0)), parallel_support.worker_count())
    sys.exit(found != (sys.argv[1], *[int(sys.argv[2])] * 3))


if __name__ == "__main__":
    main()
"""
    support = SUPPORT.read_text(encoding="utf-8")
    answer = probe.verify(
        tmp_path,
        {"program.py": "", "parallel_support.py": support},
        {"program.py": program, "parallel_support.py": support},
        matrix={"start_methods": [method], "workers": [workers]},
        subject={"arguments": [method, str(workers)]},
    )
    assert comparison_of(answer)["verdict"] == "equal", answer["text"]


PAIRS = {
    "notes": (
        "e = ValueError()\ne.add_note('one')\nraise e\n",
        "e = ValueError()\ne.add_note('two')\nraise e\n",
        "exception-notes",
    ),
    "from none": (
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise ValueError\n",
        "try:\n    1 / 0\nexcept ZeroDivisionError:\n    raise ValueError from None\n",
        "exception-chain",
    ),
    "group": (
        "raise ExceptionGroup('g', [ValueError(1), KeyError(2)])\n",
        "raise ExceptionGroup('g', [ValueError(1), KeyError(3)])\n",
        "exception-arguments",
    ),
    "message": (
        "class E(Exception):\n    def __str__(self): return 'a'\nraise E\n",
        "class E(Exception):\n    def __str__(self): return 'b'\nraise E\n",
        "exception-message",
    ),
    "keyboard interrupt": ("raise KeyboardInterrupt\n", "raise SystemExit(130)\n", "ending"),
    "none": ("raise ValueError\n", "import sys\nsys.exit(1)\n", "exception-type"),
}


@pytest.mark.parametrize("name", PAIRS)
def test_differences_of_exceptions(probe, tmp_path, few, name):
    original, rewritten, kind = PAIRS[name]
    assert kind in kinds_of(probe.verify(tmp_path, original, rewritten, matrix=few))
    answer = probe.verify(tmp_path, original, original + "\n", matrix=few)
    assert comparison_of(answer)["verdict"] == "equal", answer["text"]


@pytest.mark.parametrize(
    "program",
    [
        "def f(n):\n    return f(n + 1)\nf(0)\n",
        "raise ValueError(object())\n",
        "class E(Exception):\n    def __str__(self): raise self\nraise E(1)\n",
        "class E(Exception):\n    def __repr__(self): return '\\ud800\\0'\nraise E(E())\n",
        "a = ValueError(1)\nb = ValueError(2)\na.__cause__ = b\nb.__cause__ = a\nraise a\n",
        "import sys\nsys.excepthook = lambda *a: print('mine')\nraise ValueError(1)\n",
        "import atexit\natexit.register(lambda: 1 / 0)\nraise ValueError(1)\n",
        "import sys\nsys.path[:] = []\nsys.modules.clear()\nraise ValueError(1)\n",
        "import threading\nt = threading.Thread(target=lambda: 1 / 0)\nt.start()\nt.join()\n",
        "import os\nif os.fork() == 0:\n    raise ValueError(1)\nos.wait()\n",
        "exec(compile('1 / 0', '<made up>', 'exec'))\n",
        "import json\njson.loads('{')\n",
        "import multiprocessing as m\nm.Process(target=lambda: 1 / 0).start()\n",
    ],
)
def test_strange_ends_are_equal_to_themselves(probe, tmp_path, few, program):
    answer = probe.verify(tmp_path, program, program, matrix=few)
    assert comparison_of(answer)["verdict"] == "equal", answer["text"]


def test_exception_survived_is_none(probe, tmp_path, few):
    program = "import code\ncode.InteractiveInterpreter().runcode('1 / 0')\n"
    answer = probe.verify(tmp_path, program, program, matrix=few)
    assert comparison_of(answer)["original"]["exception"] is None


def test_warning_of_a_moved_line(probe, tmp_path, few):
    original = "import warnings\n\n\ndef f():\n    warnings.warn('old')\n\n\nf()\n"
    moved = "import os\nimport warnings\n\n\ndef f():\n    warnings.warn('old')\n\n\nf()\n"
    answer = probe.verify(tmp_path, original, moved, matrix=few)
    assert comparison_of(answer)["verdict"] == "equal", answer["text"]
