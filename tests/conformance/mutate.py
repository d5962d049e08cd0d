"""Seeded damage to real source files, token by token."""

from __future__ import annotations

import keyword
import pathlib
import random
import re
from collections.abc import Iterator

# Coarse on purpose: damaged text need not tokenize.
TOKEN = re.compile(
    rb"""[A-Za-z]{0,2}(?:'''(?:\\.|[^\\])*?'''|\"{3}(?:\\.|[^\\])*?\"{3}
         |'(?:\\.|[^\\'\n])*'|"(?:\\.|[^\\"\n])*")
         |\#[^\n]*|\n[ \t]*|[ \t]+|[A-Za-z_\x80-\xff][\w\x80-\xff]*|[0-9][\w.]*
         |\*\*=|//=|>>=|<<=|\.\.\.|[-+*/%&|^@=!<>:]=|->|\*\*|//|<<|>>|.""",
    re.VERBOSE | re.DOTALL,
)
BRACKETS = [b"(", b")", b"[", b"]", b"{", b"}"]
QUOTES = [b"'", b'"', b"'''", b'"""', b"f'", b'f"{', b"b'", b"r'", b"\\"]
WORDS = [word.encode() for word in keyword.kwlist + keyword.softkwlist]
MARKS = [b":", b",", b"=", b":=", b"*", b"**", b".", b";", b"->", b"@", b"\n", b"    ", b"#", b"!"]
SMALL = 24_000


def mutants(files: list[pathlib.Path], count: int, seed: int) -> Iterator[tuple[str, bytes]]:
    """The same ones for the same files, count and seed. The label says how to find one again."""
    sources = [path for path in files if 0 < path.stat().st_size <= SMALL]
    for number in range(count):
        chosen = random.Random(f"{seed}-{number}")
        path = chosen.choice(sources)
        yield f"{seed}-{number}-{path.name}", mutate(path.read_bytes(), chosen)


def mutate(source: bytes, chosen: random.Random) -> bytes:
    tokens = TOKEN.findall(source)
    for _ in range(chosen.choices((1, 2, 3), (80, 15, 5))[0]):
        if not tokens:
            break
        at = chosen.randrange(len(tokens))
        # Blanks are seldom interesting.
        if tokens[at].isspace() and chosen.random() < 0.7:
            at = chosen.randrange(len(tokens))
        match chosen.randrange(8):
            case 0:
                del tokens[at]
            case 1:
                tokens.insert(at, tokens[at])
            case 2:
                other = chosen.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            case 3:
                tokens[at] = chosen.choice(tokens)
            case 4:
                tokens[at:at] = [b" ", chosen.choice(WORDS), b" "]
            case 5:
                tokens.insert(at, chosen.choice(BRACKETS + MARKS))
            case 6:
                tokens.insert(at, chosen.choice(QUOTES))
            case 7:
                if chosen.random() < 0.5:
                    del tokens[at:]
                else:
                    tokens.insert(at, chosen.choice(tokens))
    return b"".join(tokens)
