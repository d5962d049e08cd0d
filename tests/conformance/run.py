"""The engine against its oracles: run.py [WHAT] [OPTIONS]; without WHAT, all but what is recorded.

`semantics` stands for all parts of whole-program semantics, one after the other, with a line for each
at the end.
"""

from __future__ import annotations

import importlib
import sys
import time

# Each is a module here with main(arguments) -> exit code.
WHATS = {
    "syntax": "syntax",
    "compile": "compile",
    # Under the word itself it would hide the standard library's.
    "symtable": "symbols",
    "modules": "modules",
    "cfg": "cfg",
    "declarations": "declarations",
    "generated": "generated",
    "implicit": "implicit",
}
# Those that need what ./dev record leaves, only when they are asked for.
RECORDED = {"types": "observed_types", "callgraph": "observed_calls"}
SEMANTICS = ("symtable", "modules", "cfg", "declarations", "implicit", *RECORDED)


def main(arguments: list[str]) -> int:
    modules = {**WHATS, **RECORDED}
    whats = list(WHATS)
    if arguments and not arguments[0].startswith("-"):
        if arguments[0] == "semantics":
            return semantics(modules, arguments[1:])
        if arguments[0] not in modules:
            there = ", ".join([*modules, "semantics"])
            print(f"there is no {arguments[0]}; there is: {there}", file=sys.stderr)
            return 2
        whats = [arguments[0]]
        arguments = arguments[1:]
    return max(run(modules[what], arguments) for what in whats)


def run(module: str, arguments: list[str]) -> int:
    return importlib.import_module(module).main(arguments)


def semantics(modules: dict[str, str], arguments: list[str]) -> int:
    lines, status = [], 0
    for what in SEMANTICS:
        print(f"\n######## {what}", flush=True)
        start = time.monotonic()
        # Recorded runs are compared whole.
        whole = what == "implicit" or what in RECORDED
        given = [word for word in arguments if not (whole and word == "--sample")]
        code = run(modules[what], given)
        status = max(status, code)
        held = {0: "held", 2: "not run"}.get(code, "MISSED")
        lines.append(f"  {what:14}{held:8}{time.monotonic() - start:8.0f} s")
    print("\n######## semantics", *lines, sep="\n")
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
