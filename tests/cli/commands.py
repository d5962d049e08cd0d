"""The executable, run in a folder of a test's own, and programs that several tests use."""

import dataclasses
import os
import pathlib
import subprocess
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNSPOOL = pathlib.Path(os.environ.get("UNSPOOL_BIN", ROOT / "build/dev/bin/unspool"))
DROPPED = ("UNSPOOL_", "PYTHON", "FORCE_COLOR", "NO_COLOR", "COLUMNS", "VIRTUAL_ENV", "CI")

HEAVY = """
def heavy(n):
    total = 0
    for k in range(n):
        total += k * n % 7
    return total
"""

LOOP = (
    HEAVY
    + """

def main():
    out = []
    for n in range(10):
        out.append(heavy(n))
    print(out)


if __name__ == "__main__":
    main()
"""
)

CARRIED = (
    HEAVY
    + """

def main():
    state = 1
    for n in range(10):
        state = heavy(state + n)
    print(state)


if __name__ == "__main__":
    main()
"""
)


def environment(**more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(DROPPED)}
    return kept | {"TERM": "dumb", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"} | more


@dataclasses.dataclass
class Answer:
    status: int
    out: str
    err: str


class Folder:
    """A folder with files, and commands run in it."""

    def __init__(self, path):
        self.path = path

    def write(self, name, text):
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            target.write_bytes(text)
        else:
            target.write_text(textwrap.dedent(text), encoding="utf-8")
        return target

    def read(self, name):
        return (self.path / name).read_text(encoding="utf-8")

    def files(self):
        """Every file below the folder, with its bytes."""
        return {
            str(path.relative_to(self.path)): path.read_bytes()
            for path in sorted(self.path.rglob("*"))
            if path.is_file() and not path.is_symlink()
        }

    def run(self, *arguments, stdin="", env=None, cwd=None, timeout=300):
        done = subprocess.run(
            [str(UNSPOOL), *map(str, arguments)],
            cwd=cwd or self.path,
            env=environment(**(env or {})),
            input=stdin if isinstance(stdin, bytes) else stdin.encode(),
            capture_output=True,
            timeout=timeout,
        )
        return Answer(
            done.returncode,
            done.stdout.decode("utf-8", "backslashreplace"),
            done.stderr.decode("utf-8", "backslashreplace"),
        )

    def python(self, *arguments, timeout=120):
        done = subprocess.run(
            [sys.executable, *map(str, arguments)],
            cwd=self.path,
            env=environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
        )
        return Answer(
            done.returncode,
            done.stdout.decode("utf-8", "backslashreplace"),
            done.stderr.decode("utf-8", "backslashreplace"),
        )
