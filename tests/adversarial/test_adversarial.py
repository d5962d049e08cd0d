"""Programs written to break the promise that a safe rewrite changes nothing a program can see.

Each program lies beside this file. It is copied, `check --fix` runs over the copy, and where that
changed anything both versions must end with the same output, status and last line of errors.
Whether a program is rewritten is nobody's concern here. A first line `# also: spawn` runs it once
more with workers that are started afresh and hash texts by another seed.
"""

import os
import pathlib
import re
import shutil
import subprocess
import sys

import pytest

HERE = pathlib.Path(__file__).parent
UNSPOOL = pathlib.Path(
    os.environ.get("UNSPOOL_BIN", HERE.parents[1] / "build/dev/bin/unspool")
).absolute()
GUARD = b'if __name__ == "__main__":\n'
SPAWN = b'    import multiprocessing; multiprocessing.set_start_method("spawn")\n'

# Still broken, each with what goes wrong. Remove the line with the fix.
KNOWN = {}

PROGRAMS = sorted(path for path in HERE.glob("*.py") if not path.name.startswith("test_"))


def cases():
    for path in PROGRAMS:
        marks = ()
        if path.stem in KNOWN:
            marks = pytest.mark.xfail(strict=True, reason=KNOWN[path.stem])
        yield pytest.param(path, id=path.stem, marks=marks)


def behaviour(folder, program, seed):
    env = {name: text for name, text in os.environ.items() if not name.startswith("PYTEST_")}
    env.pop("PYTHONHASHSEED", None)
    if seed:
        env["PYTHONHASHSEED"] = seed
    done = subprocess.run(
        [sys.executable, program], cwd=folder, env=env, capture_output=True, timeout=60
    )
    errors = done.stderr.decode(errors="replace").strip().splitlines()
    return done.stdout, done.returncode, errors[-1] if errors else ""


@pytest.mark.parametrize("path", list(cases()))
def test_behaves_alike(path, tmp_path):
    before, after = tmp_path / "before", tmp_path / "after"
    for folder in (before, after):
        folder.mkdir()
        shutil.copyfile(path, folder / "program.py")
    fixed = subprocess.run(
        [UNSPOOL, "check", "--isolated", "--fix", "--entry", "--exit-zero", "program.py"],
        cwd=after,
        capture_output=True,
        timeout=20,
    )
    assert fixed.returncode == 0, fixed.stderr
    text, rewritten = path.read_bytes(), (after / "program.py").read_bytes()
    if rewritten == text:
        return
    assert behaviour(after, "program.py", "0") == behaviour(before, "program.py", "0")
    if not re.match(rb"# also: spawn\n", text):
        return
    assert text.count(GUARD) == rewritten.count(GUARD) == 1
    (before / "spawn.py").write_bytes(text.replace(GUARD, GUARD + SPAWN))
    (after / "spawn.py").write_bytes(rewritten.replace(GUARD, GUARD + SPAWN))
    assert behaviour(after, "spawn.py", None) == behaviour(before, "spawn.py", None)
