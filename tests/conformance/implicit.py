"""The call graph against CPython: ./dev conformance implicit runs the programs of
tests/golden/semantics/callgraph_*.md under `sys.setprofile` and holds every function that is entered while an
instruction of the program runs, through library code or not, against `debug callgraph`, in the closed world
and in the open one. Each edge has to be there or the site unknown; how often each is told apart.

Not seen: finalizers that run where a variable is bound anew, and generators when they go on.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
from collections import Counter

from implicit_places import Places, Position

import syntax

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = ROOT / "tests" / "golden" / "semantics"
FILE = re.compile(r"^```python name=(\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LIMIT = 60

# Runs in.py in a process of its own and writes [line, column, end line, end column, opcode, file, function].
RUNNER = r"""
import dis, json, os, sys, types
folder, out = sys.argv[1:]
path = os.path.join(folder, "in.py")
sys.path.insert(0, folder)
sys.argv = [path]
edges = set()
OWN_FRAME, SUSPENDS = 2, 0x20 | 0x80 | 0x200
INLINED = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>")

def entered(frame, event, argument):
    code = frame.f_code
    if event != "call" or os.path.dirname(code.co_filename) != folder or code.co_name in INLINED:
        return
    going_on = code.co_flags & SUSPENDS and frame.f_lasti > 2
    if code.co_name == "<module>" or not code.co_flags & OWN_FRAME or going_on:
        return
    back = frame.f_back
    while back is not None and os.path.dirname(back.f_code.co_filename) != folder:
        back = back.f_back
    if back is None:
        return
    line, end_line, column, end_column = list(back.f_code.co_positions())[back.f_lasti // 2]
    at, instructions = back.f_lasti, back.f_code.co_code
    while at > 0 and instructions[at] == dis.opmap["CACHE"]:
        at -= 2
    module = os.path.basename(code.co_filename)[:-3]
    function = f"{module}.{code.co_qualname}@{code.co_firstlineno}"
    file = os.path.basename(back.f_code.co_filename)
    opcode = dis.opname[instructions[at]].removeprefix("PRE")
    edges.add((line, column, end_line, end_column, opcode, file, function))

module = types.ModuleType("in")
module.__file__ = path
sys.modules["in"] = module
code = compile(open(path, "rb").read(), path, "exec")
sys.setprofile(entered)
try:
    exec(code, module.__dict__)
except Exception:
    pass  # some programs show calls that fail
finally:
    sys.setprofile(None)
    with open(out, "w") as file:
        json.dump(sorted(edges), file)
"""


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev conformance implicit", description=__doc__)
    parser.add_argument("pages", nargs="*", type=pathlib.Path)
    parser.add_argument("--binary", type=pathlib.Path, default=syntax.default_binary())
    options = parser.parse_args(arguments)
    pages = options.pages or sorted(PAGES.glob("callgraph_*.md"))
    counts: Counter[str] = Counter()
    for page in pages:
        for title, files in programs(page.read_text()):
            for line in hold(options.binary.resolve(), files, counts):
                print(f"{page.name}, {title}: {line}")
    print(", ".join(f"{what} {count}" for what, count in sorted(counts.items())))
    return 1 if counts["missing"] else 0


def programs(text: str) -> list[tuple[str, dict[str, str]]]:
    found = []
    for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        files = dict(FILE.findall(part))
        if "in.py" in files:
            found.append((part.partition("\n")[0], files))
    return found


def hold(binary: pathlib.Path, files: dict[str, str], counts: Counter[str]) -> list[str]:
    lines = []
    with tempfile.TemporaryDirectory() as folder:
        folder = os.path.realpath(folder)
        for name, text in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        edges = run(folder)
        places = {name: Places(text.encode()) for name, text in files.items()}
        for world in ([], ["--closed-world"]):
            sites = ask(binary, folder, [name for name in files if name.endswith(".py")], world)
            for *position, opcode, file, function in edges:
                verdict = judge(sites, places[file], file, tuple(position), opcode, function)
                counts[verdict] += 1
                if verdict == "missing":
                    where = f"{file}:{position[0]}:{position[1] + 1}"
                    lines.append(f"{where} {opcode} -> {function} {''.join(world)}")
    return lines


def run(folder: str) -> list[list]:
    out = os.path.join(folder, "edges.json")
    command = [sys.executable, "-c", RUNNER, folder, out]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=LIMIT, check=False)
    return json.loads(pathlib.Path(out).read_text()) if os.path.exists(out) else []


def ask(binary: pathlib.Path, folder: str, names: list[str], world: list[str]) -> dict:
    command = [str(binary), "debug", "callgraph", "--output-format", "json", *world, *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=LIMIT)
    sites = {}
    for answer in json.loads(done.stdout):
        file = os.path.basename(answer["filename"])
        for site in answer["sites"]:
            start = (site["line"], site["column"])
            sites[file, site["kind"], (*start, site["end_line"], site["end_column"])] = site
            if site["kind"] == "implicit":
                sites[file, "begins", start] = site
    return sites


def judge(
    sites: dict, places: Places, file: str, position: Position, opcode: str, function: str
) -> str:
    there = [sites.get((file, "implicit", place)) for place in places.of(position)]
    there += [sites.get((file, "begins", start)) for start in places.formatted(position)]
    if opcode.startswith("CALL"):
        there.append(sites.get((file, "call", position)))
    there = [site for site in there if site]
    if any(function in site["targets"] for site in there):
        return "present"
    return "at unknown sites" if any(site["unknown"] for site in there) else "missing"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
