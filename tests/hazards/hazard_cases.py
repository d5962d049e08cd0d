"""The cases, and what happens to one: rewritten or not, and then run in all ways or in some."""

from __future__ import annotations

import dataclasses
import functools
import itertools
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

from variants import variants

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
UNSPOOL = pathlib.Path(os.environ.get("UNSPOOL_BIN", ROOT / "build/dev/bin/unspool")).absolute()
SCRIPT = "script.py"
START_METHODS = ("fork", "spawn", "forkserver")
WORKERS = (1, 2, 3, 8)
DEFAULT_ARGUMENTS = [["24"], ["2"], ["0"], ["many"]]
EXPECTATIONS = {"trap": ("refuse", "same-behaviour"), "twin": ("rewrite",)}
SECONDS_AT_MOST = 60
# What may change what a command prints comes from the test alone.
DROPPED = ("UNSPOOL_", "PYTHON", "FORCE_COLOR", "NO_COLOR", "COLUMNS", "PYTEST_")
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(DROPPED)}


@dataclasses.dataclass(frozen=True, eq=False)
class Case:
    path: pathlib.Path
    entry: str
    role: str  # trap or twin
    expect: str  # refuse, same-behaviour or rewrite
    arguments: list[list[str]]
    skip: tuple[str, ...]  # transformations that would take the point out of it
    source: str

    @property
    def name(self) -> str:
        return self.path.stem

    def variants(self, count: int) -> list[tuple[str, str]]:
        return [("as written", self.source), *variants(self.source, count, self.skip)]


def load(path: pathlib.Path) -> Case:
    """Reads a case; its header is a comment block from `# /// hazard` to `# ///`, in TOML."""
    source = path.read_text(encoding="utf-8")
    header = re.match(r"# /// hazard\n((?:# .*\n)+?)# ///\n", source)
    if header is None:
        raise ValueError(f"{path}: no header")
    options = tomllib.loads(re.sub(r"^# ", "", header[1], flags=re.MULTILINE))
    role = path.stem.rsplit("_", 1)[1]
    case = Case(
        path,
        options.pop("entry"),
        role,
        options.pop("expect"),
        options.pop("arguments", DEFAULT_ARGUMENTS),
        tuple(options.pop("skip", ())),
        source,
    )
    if options or case.expect not in EXPECTATIONS[role]:
        raise ValueError(f"{path}: {options or case.expect}")
    if not re.fullmatch(case.entry.replace("-", "").lower() + r"[a-z]?_(trap|twin)", case.name):
        raise ValueError(f"{path}: is not named after {case.entry}")
    return case


def load_all(only: str = "") -> list[Case]:
    return [
        case
        for case in map(load, sorted((HERE / "cases").glob("*.py")))
        if case.entry.startswith(only) or case.name.startswith(only)
    ]


@dataclasses.dataclass
class Outcome:
    """What became of one variant of a case."""

    case: Case
    variant: str
    rewritten: bool = False
    runs: int = 0
    reason: str = ""  # why it was left alone
    differences: list[str] = dataclasses.field(default_factory=list)
    broken: str = ""  # the variant itself, or the command, is not what it should be

    @property
    def wrong(self) -> bool:
        """A release blocker."""
        forbidden = self.rewritten and self.case.expect == "refuse"
        return forbidden or bool(self.differences)


@dataclasses.dataclass(frozen=True)
class Run:
    code: int | None
    output: bytes
    error: str

    def difference(self, other: Run) -> str:
        for what in ("code", "output", "error"):
            mine, theirs = getattr(self, what), getattr(other, what)
            if mine != theirs:
                return f"{what}: {mine!r:.300} became {theirs!r:.300}"
        return ""


def run_script(folder: pathlib.Path, arguments: list[str], **settings: str) -> Run:
    """Runs the script of a folder. Of standard error, only the frames of tracebacks go."""
    environment = ENVIRONMENT | settings
    if settings:
        environment["PYTHONPATH"] = str(HERE / "hook")
    environment["PYTHONDONTWRITEBYTECODE"] = "1"
    try:
        done = subprocess.run(
            [sys.executable, SCRIPT, *arguments],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS_AT_MOST,
        )
    except subprocess.TimeoutExpired:
        return Run(None, b"", "no end in sight")
    lines = done.stderr.decode(errors="replace").splitlines()
    return Run(done.returncode, done.stdout, "\n".join(x for x in lines if not x[:1].isspace()))


@functools.lru_cache(maxsize=8)
def run_as_written(case: Case) -> Run:
    """What the case itself does with its first arguments, for all of its variants."""
    with tempfile.TemporaryDirectory(prefix="hazard-") as name:
        folder = pathlib.Path(name)
        (folder / SCRIPT).write_text(case.source, encoding="utf-8")
        return run_script(folder, case.arguments[0])


def rewrite(folder: pathlib.Path) -> str:
    """Lets the engine rewrite the script of a folder; gives back what went wrong, if anything."""
    command = [UNSPOOL, "check", "--fix", "--exit-zero", "--isolated", "--quiet", SCRIPT]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    return "" if done.returncode == 0 else f"exit code {done.returncode}: {done.stderr.strip()}"


def reason_left_alone(folder: pathlib.Path) -> str:
    """The refusal of the last loop that is not trivial."""
    command = [UNSPOOL, "check", "--show-refusals", "--exit-zero", "--isolated"]
    command += ["--output-format", "json", SCRIPT]
    done = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True)
    findings = json.loads(done.stdout or '{"diagnostics": []}')["diagnostics"]
    messages = [
        f"line {finding['location']['row']}: {finding['message']}"
        for finding in findings
        if "`s` keeps" not in finding["message"] and "too little" not in finding["message"]
    ]
    return "; ".join(messages[-2:]) or "nothing said"


def try_out(
    case: Case,
    variant: str,
    source: str,
    ways: list[tuple[str, int]],
    arguments: list[list[str]] | None = None,
) -> Outcome:
    """Rewrites one variant and, where that was done, runs it in all ways with all arguments.

    What was left alone is not run: it is the program that it was.
    """
    outcome = Outcome(case, variant)
    with tempfile.TemporaryDirectory(prefix="hazard-") as name:
        before, after = pathlib.Path(name, "before"), pathlib.Path(name, "after")
        for folder in (before, after):
            folder.mkdir()
            (folder / SCRIPT).write_text(source, encoding="utf-8")
        outcome.broken = rewrite(after)
        outcome.rewritten = (after / SCRIPT).read_text(encoding="utf-8") != source
        if not outcome.rewritten:
            if case.expect == "rewrite":
                outcome.reason = reason_left_alone(after)
            return outcome
        if variant != "as written":
            difference = run_as_written(case).difference(run_script(before, case.arguments[0]))
            if difference:
                outcome.broken = f"the variant itself does something else: {difference}"
        for given in arguments if arguments is not None else case.arguments:
            expected = run_script(before, given)
            for method, workers in ways:
                settings = {"HAZARD_START_METHOD": method, "HAZARD_WORKERS": str(workers)}
                difference = expected.difference(run_script(after, given, **settings))
                outcome.runs += 1
                if difference:
                    outcome.differences.append(f"{given} {method} {workers}: {difference}")
    return outcome


def all_ways(methods=START_METHODS, workers=WORKERS) -> list[tuple[str, int]]:
    return list(itertools.product(methods, workers))
