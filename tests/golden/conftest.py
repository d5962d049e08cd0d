"""Runs the literate golden tests (*.md below this folder); the format is in README.md."""

from __future__ import annotations

import difflib
import json
import os
import pathlib
import shlex
import subprocess
import sys

import golden_document
import pytest
from golden_select import select

ROOT = pathlib.Path(__file__).resolve().parents[2]
UNSPOOL = pathlib.Path(os.environ.get("UNSPOOL_BIN", ROOT / "build/dev/bin/unspool"))
PROGRAMS = {"unspool": [str(UNSPOOL)], "python": [sys.executable], "cat": ["cat"], "diff": ["diff"]}
# For layers whose functions no command shows by themselves.
PROGRAMS["source_probe"] = [str(UNSPOOL.parent / "source_probe")]
# What may change what a command prints comes from the test alone.
DROPPED = ("UNSPOOL_", "PYTHON", "FORCE_COLOR", "NO_COLOR", "COLUMNS")


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write what the commands print into the files"
    )


def pytest_collect_file(parent, file_path):
    if file_path.suffix == ".md" and file_path.name != "README.md":
        return GoldenFile.from_parent(parent, path=file_path)
    return None


class GoldenFile(pytest.File):
    def collect(self):
        try:
            sections = golden_document.parse(self.path.read_text(encoding="utf-8"))
        except golden_document.Malformed as error:
            raise pytest.Collector.CollectError(f"{self.path}: {error}") from error
        if not sections:
            raise pytest.Collector.CollectError(f"{self.path}: no command in it")

        self.actual = {}
        for section in sections:
            name = section.title or self.path.stem
            yield GoldenSection.from_parent(self, name=name, section=section)

    def update(self):
        text = self.path.read_text(encoding="utf-8")
        new = golden_document.rewritten(text, self.actual)
        if new != text:
            self.path.write_text(new, encoding="utf-8")
            return True
        return False


class GoldenSection(pytest.Item):
    def __init__(self, *, section, **arguments):
        super().__init__(**arguments)
        self.section = section

    def runtest(self):
        factory = self.config._tmp_path_factory
        folder = factory.mktemp("golden", numbered=True)
        updating = self.config.getoption("update_golden", default=False)
        wrong = []
        for step in self.section.steps:
            if isinstance(step, golden_document.File):
                target = folder / step.name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(step.text.encode())
                continue
            output, status = run(step, folder)
            if updating:
                self.parent.actual[step.begin] = (output, status)
            elif (output, status) != (step.expected, step.status):
                wrong.append(difference(step, output, status))
        if wrong:
            raise Mismatch("\n\n".join(wrong))

    def repr_failure(self, excinfo, style=None):
        if isinstance(excinfo.value, Mismatch):
            return f"{excinfo.value}\n\n(accept with ./dev golden --update)"
        return super().repr_failure(excinfo)

    def reportinfo(self):
        return self.path, self.section.line - 1, f"{self.path.name}: {self.name}"


class Mismatch(Exception):
    pass


def run(command, folder):
    words = shlex.split(command.text)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(DROPPED)}
    environment |= {"TERM": "dumb", "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    while words and "=" in words[0]:
        name, _, value = words.pop(0).partition("=")
        environment[name] = value
    stdin = subprocess.DEVNULL
    if len(words) > 2 and words[-2] == "<":
        stdin = (folder / words[-1]).open("rb")
        words = words[:-2]
    if words[0] not in PROGRAMS:
        raise ValueError(f"a golden test runs only {', '.join(PROGRAMS)}: {command.text}")
    if any(word in ("|", ">", ">>", "&&", ";") for word in words):
        raise ValueError(f"no shell in golden tests; use `# select:`: {command.text}")
    done = subprocess.run(
        PROGRAMS[words[0]] + words[1:],
        cwd=folder,
        env=environment,
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT if command.select is None else subprocess.PIPE,
        timeout=300,
    )
    text = done.stdout.decode("utf-8", "backslashreplace").replace(str(folder), "<folder>")
    if command.select is not None:
        if done.stderr:
            raise ValueError(f"{command.text}\nprinted: {done.stderr.decode(errors='replace')}")
        return select(command.select, json.loads(text)), done.returncode
    lines = text.split("\n")
    if lines[-1] == "":
        lines.pop()
    else:
        lines[-1] += "\\ no newline"
    return lines, done.returncode


def difference(command, output, status):
    expected = command.expected + ([f"[{command.status}]"] if command.status else [])
    actual = output + ([f"[{status}]"] if status else [])
    diff = difflib.unified_diff(expected, actual, "expected", "actual", lineterm="", n=2)
    return "\n".join([f"$ {command.text}", *diff])


def pytest_sessionfinish(session):
    if not session.config.getoption("update_golden", default=False):
        return
    files = {item.parent for item in session.items if isinstance(item, GoldenSection)}
    for file in sorted(files, key=lambda f: str(f.path)):
        if file.update():
            print(f"\nupdated {file.path.relative_to(ROOT)}", end="")
