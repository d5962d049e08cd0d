"""Scripts that import a module beside them: worker processes may repeat the import only where it does
nothing but bind names."""

import pytest
from commands import HEAVY, Folder

SCRIPT = (
    """import os
import sys

import helper
{more}
"""
    + HEAVY
    + """

def main():
    print(helper.NAME)
    print([heavy(n) for n in range(10)])


if __name__ == "__main__":
    main()
"""
)
QUIET = '''"""Says nothing."""
import random
from datetime import datetime, timezone

NAME = "helper"
START = datetime(2024, 1, 1, tzinfo=timezone.utc)


class Thing:
    size = 3


def noisy():
    print(random.random())


if __name__ == "__main__":
    noisy()
'''


def rewrites(tmp_path, files, more=""):
    for name, text in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (tmp_path / "program.py").write_text(SCRIPT.format(more=more))
    answer = Folder(tmp_path).run("check", "--isolated", "--entry", "--exit-zero", "program.py")
    assert answer.status == 0, answer.err
    return "UNS102" in answer.out


def test_a_quiet_module(tmp_path):
    assert rewrites(tmp_path, {"helper.py": QUIET})


def test_a_quiet_module_that_imports_another(tmp_path):
    files = {"helper.py": QUIET + "import second\n", "second.py": "import math\nX = math.pi\n"}
    assert rewrites(tmp_path, files)


NOISY = {
    "prints": "print('here')\n",
    "draws": "import random\nrandom.seed(1)\n",
    "patches": "import math\nmath.sqrt = len\n",
    "environment": "import os\n\ndef f():\n    os.environ['TZ'] = 'x'\n",
    "arguments": "import sys\nsys.argv.append('x')\n",
    "search path": "import sys\nsys.path.insert(0, 'x')\n",
    "unknown": "import nobody_knows\n",
    "itself": "import helper\n",
    "work": "for X in range(10**7):\n    pass\n",
    "dynamic": "exec('X = 1')\n",
    "broken": "def f(:\n",
    "not compiled": "return 1\n",
    "second": "import second\n",
}


@pytest.mark.parametrize("name", NOISY)
def test_a_module_that_does_more(name, tmp_path):
    files = {"helper.py": NOISY[name] + "\nNAME = 'helper'\n", "second.py": "print('second')\n"}
    assert not rewrites(tmp_path, files)


@pytest.mark.parametrize("other", ["helper/__init__.py", "helper.abi3.so", "helper.pyc"])
def test_something_else_of_that_name(other, tmp_path):
    assert not rewrites(tmp_path, {"helper.py": QUIET, other: "print('other')\n"})


def test_no_module_of_that_name(tmp_path):
    assert not rewrites(tmp_path, {})


@pytest.mark.parametrize(
    "more",
    [
        "sys.path.insert(0, 'x')",
        "import sys as s",
        "from sys import path",
        "s = sys",
        "os.chdir('x')",
    ],
)
def test_a_script_that_looks_elsewhere(more, tmp_path):
    assert not rewrites(tmp_path, {"helper.py": QUIET}, more)
