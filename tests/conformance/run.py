"""The engine against its oracles: run.py [WHAT] [OPTIONS]; without WHAT, all of them."""

from __future__ import annotations

import importlib
import sys

# Each is a module here with main(arguments) -> exit code.
WHATS = ["syntax", "compile", "generated"]
# Those that need what ./dev record leaves, only when they are asked for: name and module.
RECORDED = {"types": "observed_types", "callgraph": "observed_calls"}


def main(arguments: list[str]) -> int:
    whats = WHATS
    if arguments and not arguments[0].startswith("-"):
        if arguments[0] not in [*WHATS, *RECORDED]:
            there = ", ".join([*WHATS, *RECORDED])
            print(f"there is no {arguments[0]}; there is: {there}", file=sys.stderr)
            return 2
        whats = [RECORDED.get(arguments[0], arguments[0])]
        arguments = arguments[1:]
    return max(importlib.import_module(what).main(arguments) for what in whats)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
