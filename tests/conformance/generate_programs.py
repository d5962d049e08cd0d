"""Programs made at random from the grammar, by pysource-codegen in the running interpreter."""

from __future__ import annotations

import random
import warnings
from collections.abc import Iterator


def programs(count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    from pysource_codegen import generate

    for number in range(count):
        own = seed * 1_000_003 + number
        nodes = random.Random(own).choice((20, 60, 200))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                source = generate(own, node_limit=nodes, depth_limit=8)
            except ValueError:
                # ast.unparse cannot write every tree down.
                source = ""
        yield f"{own}-{nodes}", source.encode("utf-8", "surrogatepass")
