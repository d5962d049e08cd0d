"""What the engine says of files that parse and cannot be compiled against CPython's compile(): same
files rejected, at the same line. On real programs, the damaged ones of `syntax`, and real programs
with statements put in that do not belong there. ./dev conformance compile runs everything."""

from __future__ import annotations

import sys

import syntax


def main(arguments: list[str]) -> int:
    modes = ["files", "mutations", "insertions"]
    return syntax.run("compile", __doc__, modes, arguments, "--compile")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
