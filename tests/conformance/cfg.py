"""Our control-flow graphs against CPython: what recorded runs of test modules of the standard library
and of generated programs went through is a path of the graph of each frame; every load of a local
variable read one of the bindings that reach it, and what is certainly bound was; and the lines that
CPython compiles are those the graph can reach. ./dev conformance cfg runs everything."""

from __future__ import annotations

import argparse
import ast
import json
import os
import pathlib
import pickle
import random
import subprocess
import sys
import tempfile
import time
import types

import cfg_programs
import corpora
import interpreters
from cfg_flow import Flow
from cfg_paths import Graph, LastStatements
from engines import CPython

import syntax

HERE = pathlib.Path(__file__).resolve().parent
FAILURES = HERE.parents[1] / "build" / "conformance-failures" / "cfg"
SHOWN = 20
TIMEOUT = 240
MODULES = """
    test_contextlib test_contextlib_async test_with test_generators test_coroutines test_asyncgen
    test_exceptions test_except_star test_exception_group test_exception_variations test_patma
    test_raise test_yield_from test_genexps test_named_expressions test_unpack_ex test_grammar
    test_dataclasses test_functools test_heapq test_statistics test_json test_bisect test_textwrap
    test_enum test_copy test_difflib test_shlex test_configparser test_csv test_pprint test_calendar
    test_argparse test_asyncio.test_tasks test_asyncio.test_taskgroups test_asyncio.test_locks
    test_logging test_tempfile test_zipfile test_shutil test_queue test_typing
""".split()
# Of these every load of a local variable is recorded, which is slow.
OPCODE_MODULES = """
    test_contextlib test_with test_generators test_coroutines test_except_star test_patma test_dataclasses
    test_json test_configparser test_shutil
""".split()
SAMPLE = ["test_with", "test_contextlib", "test_patma", "test_raise"]


class Tally:
    def __init__(self, name: str) -> None:
        self.name = name
        self.counts: dict[str, int] = {}
        self.failures: list[str] = []
        self.start = time.monotonic()

    def add(self, what: str, count: int = 1) -> None:
        self.counts[what] = self.counts.get(what, 0) + count

    def report(self) -> int:
        print(f"\n{self.name}: {time.monotonic() - self.start:.1f} s")
        for what, count in self.counts.items():
            print(f"  {what:<34}{count}")
        print(f"  {'contradictions':<34}{len(self.failures)}")
        for failure in self.failures[:SHOWN]:
            print(f"    {failure}")
        if len(self.failures) > SHOWN:
            print(f"    and {len(self.failures) - SHOWN} more")
        FAILURES.mkdir(parents=True, exist_ok=True)
        (FAILURES / f"{self.name}.txt").write_text("".join(f"{line}\n" for line in self.failures))
        if (
            blind := self.counts.get("damaged ways refused", 1)
            < self.counts.get("damaged ways", 1) / 2
        ):
            print("    what is no way is let through too often")
        return 1 if self.failures or blind else 0


class Engine:
    def __init__(self, binary: pathlib.Path, version: str) -> None:
        self.command = [str(binary), "debug", "cfg", "--output-format", "json"]
        self.version = version
        self.seen: dict[tuple, list[dict] | None] = {}

    def frames(self, file: str, *flags: str) -> list[dict] | None:
        """None where the file is refused."""
        key = (file, flags)
        if key in self.seen:
            return self.seen[key]
        command = [*self.command, "--target-version", self.version, *flags, file]
        run = subprocess.run(command, capture_output=True, check=False)
        if run.returncode not in (0, 1):
            raise RuntimeError(f"{file}: {run.stderr.decode('utf-8', 'replace')}")
        files = json.loads(run.stdout)
        while len(self.seen) > 40:
            self.seen.pop(next(iter(self.seen)))
        self.seen[key] = files[0]["frames"] if files else None
        return self.seen[key]


def record(
    interpreter: str, mode: str, folder: str, targets: list[str], tally: Tally
) -> list[dict]:
    with tempfile.TemporaryDirectory() as scratch:
        out = pathlib.Path(scratch) / "out"
        command = [interpreter, str(HERE / "cfg_recorder.py"), str(out), mode, folder, *targets]
        environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}
        try:
            subprocess.run(
                command,
                capture_output=True,
                check=False,
                cwd=scratch,
                env=environment,
                timeout=TIMEOUT,
                stdin=subprocess.DEVNULL,
            )
        except subprocess.TimeoutExpired:
            tally.add("runs given up")
            return []
        if not out.exists():
            tally.add("runs given up")
            return []
        recorded = pickle.loads(out.read_bytes())
    tally.add("frames recorded", recorded["frames"])
    tally.add("events recorded", recorded["events"])
    tally.add("loads recorded", recorded["loads"])
    return recorded["codes"]


def candidates(frames: list[dict], code: dict) -> list[dict]:
    """The frames that may be that code object's: several lambdas may stand on one line."""
    found = [f for f in frames if (f["name"], f["line"]) == (code["name"], code["line"])]
    if code["name"] == "<module>":
        return [frame for frame in frames if frame["kind"] == "module"]
    named = [f for f in found if f["qualified_name"] == code["qualified_name"]]
    return named or found


def check_recorded(engine: Engine, codes: list[dict], tally: Tally) -> None:
    by_file: dict[str, list[dict]] = {}
    for code in codes:
        by_file.setdefault(code["file"], []).append(code)
    for file, group in sorted(by_file.items()):
        if not os.path.exists(file):
            continue
        frames = engine.frames(file, "--bound", "--liveness", "--definitions")
        if frames is None:
            continue
        graphs: dict[int, Graph] = {}
        last = LastStatements(pathlib.Path(file).read_bytes())
        for code in group:
            found = candidates(frames, code)
            for frame in found:
                graphs.setdefault(id(frame), Graph(frame, last))
            check_code(found, [graphs[id(frame)] for frame in found], code, tally)


def damage(events: tuple) -> tuple | None:
    """Without the first line of which both neighbours are other lines, or None."""
    for index in range(1, len(events) - 1):
        before, line, after = events[index - 1 : index + 2]
        lines_only = all(isinstance(event, int) for event in (before, line, after))
        if lines_only and len({before, line, after}) == 3:
            return events[:index] + events[index + 1 :]
    return None


def check_code(frames: list[dict], graphs: list[Graph], code: dict, tally: Tally) -> None:
    where = f"{code['file']}:{code['line']} {code['qualified_name']}"
    if not frames:
        tally.failures.append(f"{where}: there is no such frame")
        return
    tally.add("code objects compared")
    for events in code["sequences"]:
        tally.add("different ways compared")
        tally.add("steps compared", len(events))
        wrong = [graph.first_contradiction(events) for graph in graphs]
        if None not in wrong:
            at = max(wrong)
            before = " ".join(map(str, events[max(0, at - 12) : at]))
            tally.failures.append(f"{where}: no way from {before} to {events[at]}")
        if damaged := damage(events):
            tally.add("damaged ways")
            refused = all(graph.first_contradiction(damaged) is not None for graph in graphs)
            tally.add("damaged ways refused", refused)
    if len(frames) > 1:
        return
    flow = Flow(frames[0])
    for name, writer, reader in code["reads"]:
        tally.add("reads compared")
        for problem in flow.problems(name, writer, reader):
            tally.failures.append(f"{where}: {problem}")


def test_modules(engine: Engine, options: argparse.Namespace) -> Tally:
    tally = Tally("tests")
    oracle = CPython(options.python)
    library = str(oracle.standard_library())
    runs = [("lines", module) for module in options.modules]
    runs += [("opcodes", module) for module in options.opcode_modules]
    for mode, module in runs:
        codes = record(options.python, mode, library, [f"test.{module}"], tally)
        check_recorded(engine, codes, tally)
        if options.verbose:
            print(module, mode, tally.counts, tally.failures[-3:], flush=True)
    return tally


def programs(engine: Engine, options: argparse.Namespace) -> Tally:
    tally = Tally("programs")
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, options.programs, 25):
            paths = []
            for number in range(start, min(start + 25, options.programs)):
                path = pathlib.Path(folder) / f"program_{options.seed}_{number}.py"
                path.write_text(cfg_programs.program(f"{options.seed}-{number}"))
                paths.append(str(path))
            tally.add("programs", len(paths))
            check_recorded(engine, record(options.python, "opcodes", folder, paths, tally), tally)
        if tally.failures and options.keep:
            print(f"kept: {options.keep}")
            subprocess.run(["cp", "-r", folder, options.keep], check=False)
    return tally


def code_objects(code: types.CodeType):
    pending = [code]
    while pending:
        code = pending.pop()
        yield code
        pending += [item for item in code.co_consts if isinstance(item, types.CodeType)]


def lines_for_debugging(source: bytes) -> set[int]:
    """Of statements that depend on __debug__: the compiler knows its value, the engine does not."""
    found: set[int] = set()
    for node in ast.walk(ast.parse(source)):
        names = ast.walk(node.test) if isinstance(node, ast.If) else ()
        if any(isinstance(name, ast.Name) and name.id == "__debug__" for name in names):
            found.update(range(node.lineno, node.end_lineno + 1))
    return found


def lines(engine: Engine, options: argparse.Namespace) -> Tally:
    """The lines that CPython has code for against those that the graph reaches."""
    tally = Tally("lines")
    files = corpora.python_files([pathlib.Path(CPython(options.python).standard_library())])
    files = [path for path in files if path.suffix == ".py"]
    for path in random.Random(options.seed).sample(files, min(options.files, len(files))):
        try:
            source = path.read_bytes()
            compiled = compile(source, str(path), "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            continue
        frames = engine.frames(str(path))
        if frames is None:
            tally.failures.append(f"{path}: refused")
            continue
        tally.add("files")
        only_optimized = lines_for_debugging(source)
        for code in code_objects(compiled):
            own = {
                "name": code.co_name,
                "line": code.co_firstlineno,
                "qualified_name": code.co_qualname,
            }
            found = candidates(frames, own)
            where = f"{path}:{code.co_firstlineno} {code.co_qualname}"
            if not found:
                # Type parameters and the like have code of their own.
                tally.failures.append(f"{where}: there is no such frame")
            if len(found) != 1:
                continue
            tally.add("code objects")
            flow = Flow(found[0])
            compiled_lines = {line for _, _, line in code.co_lines() if line}
            tally.add("lines", len(compiled_lines))
            for line in sorted(compiled_lines - flow.reachable_lines()):
                tally.failures.append(f"{where}: line {line} has code and is not reached")
            for node in flow.nodes_without(compiled_lines):
                if node["line"] in only_optimized:
                    continue
                tally.failures.append(f"{where}: line {node['line']} is reached and has no code")
    return tally


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev conformance cfg", description=__doc__)
    parser.add_argument("--sample", action="store_true", help="a few modules, programs and files")
    parser.add_argument("--mode", choices=["tests", "programs", "lines"], action="append")
    parser.add_argument("--modules", nargs="+", default=MODULES, metavar="test_NAME")
    parser.add_argument("--opcode-modules", nargs="*", default=None, metavar="test_NAME")
    parser.add_argument("--programs", type=int, default=400, metavar="N")
    parser.add_argument("--files", type=int, default=2000, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", metavar="DIR", help="where to copy programs that contradict")
    parser.add_argument("--binary", type=pathlib.Path, default=syntax.default_binary())
    parser.add_argument("--verbose", action="store_true", help="say where it is")
    parser.add_argument("--python", help="another interpreter to run this comparison with")
    # Every fact compared is one of the interpreter that runs this.
    options = parser.parse_args(arguments)
    if options.python and (other := interpreters.named(options.python)) != sys.executable:
        rest = [item for item in arguments if item not in ("--python", options.python)]
        return subprocess.run([other, str(HERE / "cfg.py"), *rest], check=False).returncode
    options.python = sys.executable
    if options.opcode_modules is None:
        options.opcode_modules = OPCODE_MODULES
    if options.sample:
        options.modules, options.opcode_modules = SAMPLE, []
        options.programs, options.files = 25, 100
    engine = Engine(options.binary.resolve(), f"{sys.version_info[0]}.{sys.version_info[1]}")
    runs = {"tests": test_modules, "programs": programs, "lines": lines}
    tallies = [runs[mode](engine, options) for mode in options.mode or runs]
    print(f"CPython {sys.version.split()[0]}, {options.binary}, seed {options.seed}")
    return 1 if sum([tally.report() for tally in tallies]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
