"""The engine's scopes against CPython's `symtable`: same tables, same symbols in them with the same
properties, same files rejected. On real programs, the damaged ones of `syntax`, those of `compile`
with statements put in that do not belong there, and others that open scopes inside scopes. ./dev conformance symtable runs everything."""

from __future__ import annotations

import sys

import syntax


def main(arguments: list[str]) -> int:
    modes = ["files", "mutations", "insertions", "scopes", "programs"]
    return syntax.run("symtable", __doc__, modes, arguments, "--symtable")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
