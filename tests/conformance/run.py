"""The engine against its oracles: run.py [WHAT] [OPTIONS]; without WHAT, all of them."""

from __future__ import annotations

import importlib
import sys

# Each is a module here with main(arguments) -> exit code.
WHATS = ["syntax", "compile", "generated", "modules"]


def main(arguments: list[str]) -> int:
    whats = WHATS
    if arguments and not arguments[0].startswith("-"):
        if arguments[0] not in WHATS:
            print(f"there is no {arguments[0]}; there is: {', '.join(WHATS)}", file=sys.stderr)
            return 2
        whats = [arguments[0]]
        arguments = arguments[1:]
    return max(importlib.import_module(what).main(arguments) for what in whats)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
