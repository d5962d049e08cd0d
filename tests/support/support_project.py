"""What the tests of the support module share: a project on disk that uses it, run by a real interpreter.

The interpreters are the one that runs the tests, or those that UNSPOOL_TEST_PYTHONS names (separated
like PATH), to try other versions of Python.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import textwrap
import time

HERE = pathlib.Path(__file__).parent
SUPPORT = HERE.parents[1] / "src" / "transform" / "support" / "parallel_support.py"
PYTHONS = os.environ.get("UNSPOOL_TEST_PYTHONS", sys.executable).split(os.pathsep)
METHODS = ["fork", "spawn", "forkserver"]


class Project:
    """A folder with a copy of the support module, as users have it."""

    def __init__(self, folder, python):
        self.folder = folder
        self.python = python
        shutil.copy(SUPPORT, folder)
        self.environment = {
            key: value
            for key, value in os.environ.items()
            if key not in ("PYTHONPATH", "PYTEST_CURRENT_TEST")
        }

    def write(self, name, source):
        path = self.folder / name
        path.write_text(textwrap.dedent(source), encoding="utf-8")
        return path

    def start(self, *arguments, **options):
        """Start the interpreter as leader of its own process group."""
        return subprocess.Popen(
            [self.python, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment,
            start_new_session=True,
            stdin=options.pop("stdin", subprocess.DEVNULL),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **options,
        )

    def run(self, *arguments, text=None, timeout=60):
        """Run to the end; return exit code, output, errors. Nothing may live on afterwards."""
        process = self.start(*arguments, stdin=subprocess.PIPE)
        try:
            output, errors = process.communicate(text, timeout=timeout)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            raise
        assert wait_until_gone(process.pid, 2) == [], "processes live on"
        return process.returncode, output, errors

    def run_script(self, source, *arguments, **options):
        return self.run(self.write("script.py", source), *arguments, **options)


def group_members(group):
    """The live processes of a process group, as `pid command line`."""
    members = []
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                fields = pathlib.Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
                command = pathlib.Path("/proc", entry, "cmdline").read_text().replace("\0", " ")
            except OSError:
                continue
            if int(fields[2]) == group and fields[0] not in "ZX":
                members.append(f"{entry} {command}")
    return members


def wait_until_gone(group, seconds):
    """Wait for a process group to empty; return who is left of it."""
    end = time.monotonic() + seconds
    while True:
        left = group_members(group)
        if not left or time.monotonic() > end:
            return left
        time.sleep(0.02)
