"""The engine against its oracles: run.py [WHAT] [OPTIONS]; without WHAT, all of them."""

from __future__ import annotations

import importlib
import sys

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
}
# Those that need what ./dev record leaves, only when they are asked for.
RECORDED = {"types": "observed_types", "callgraph": "observed_calls"}


def main(arguments: list[str]) -> int:
    whats = list(WHATS.values())
    if arguments and not arguments[0].startswith("-"):
        modules = {**WHATS, **RECORDED}
        if arguments[0] not in modules:
            there = ", ".join(modules)
            print(f"there is no {arguments[0]}; there is: {there}", file=sys.stderr)
            return 2
        whats = [modules[arguments[0]]]
        arguments = arguments[1:]
    return max(importlib.import_module(what).main(arguments) for what in whats)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
