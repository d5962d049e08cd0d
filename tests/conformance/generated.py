"""Our parser against CPython's on programs nobody wrote: random walks through the grammar with an ugly
layout, random trees written down by `ast.unparse`, and some of pysource-codegen. Same dumps, same
programs rejected. ./dev conformance generated [--count N] runs it."""

from __future__ import annotations

import argparse
import pathlib
import random
import sys
import warnings
from collections.abc import Iterator

import grammar_walk
import interpreters
import random_trees
from comparison import Comparison

import syntax


def programs(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """Two walks to one tree."""
    warnings.simplefilter("ignore")
    for number in range(count):
        make = random_trees if number % 3 == 2 else grammar_walk
        own = f"{seed}-{number}"
        yield f"{make.__name__}-{own}", make.program(own)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./dev conformance generated", description=__doc__)
    parser.add_argument("--count", type=int, default=100_000, metavar="N")
    parser.add_argument(
        "--codegen",
        type=int,
        metavar="N",
        help="of them by pysource-codegen, which is slow (default: a twentieth)",
    )
    parser.add_argument("--sample", action="store_true", help="300, none of pysource-codegen")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", default=sys.executable, help="as for syntax")
    parser.add_argument("--binary", type=pathlib.Path, default=syntax.default_binary())
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.sample:
        options.count, options.codegen = 300, 0
    codegen = options.count // 20 if options.codegen is None else options.codegen
    comparison = Comparison(options.binary, interpreters.named(options.python), options.processes)
    own = options.count - codegen
    requests = programs(own, options.seed)
    tallies = [comparison.run("generated", requests, own, cached=False)]
    if codegen:
        import generate_programs

        requests = generate_programs.programs(codegen, random.Random(options.seed).randrange(10**6))
        tallies.append(comparison.run("programs", requests, codegen, cached=False))
    comparison.close()
    print(f"CPython {comparison.tag}, {options.binary}, seed {options.seed}")
    return 1 if sum([syntax.report(tally) for tally in tallies]) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
