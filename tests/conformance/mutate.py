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

# What parses nearly everywhere and compiles only in some places; NAME is one of the file's own.
STATEMENTS = r"""
return
return 1
yield NAME
yield from NAME
await NAME
break
continue
global NAME
nonlocal NAME
NAME: int
NAME = 1
del NAME
print(NAME)
import NAME
from NAME import *
from __future__ import annotations
from __future__ import NAME
lambda: (yield)
lambda NAME, *NAME: 1
[(yield) for NAME in NAME]
[NAME := 1 for NAME in NAME]
[(NAME := 1) for _ in NAME]
[_ for _ in NAME if (NAME := _)]
[_ for _ in (NAME := [])]
[_ async for _ in NAME]
(_ async for _ in NAME)
[[await NAME for _ in NAME] for _ in NAME]
*NAME
*NAME = NAME
*NAME, *NAME = NAME
NAME, (*NAME, NAME) = NAME
NAME = *NAME,
NAME[*NAME]: int
NAME(NAME=1, NAME=2)
__debug__ = NAME
NAME.__debug__ = 1
del __debug__
NAME(__debug__=1)
async for _ in NAME: break
async with NAME: return 1
for NAME in NAME: NAME: int
while NAME: pass
with NAME as (*NAME, *NAME): pass
def NAME(NAME, *, NAME): nonlocal NAME
def NAME(NAME=(yield)): global NAME
async def NAME(NAME): return (yield)
async def NAME(): await NAME; yield; return 1
def NAME(NAME: (yield), NAME: (await NAME)=[]) -> (NAME := 1): pass
class NAME(NAME=1, NAME=2): nonlocal NAME
class NAME: [(NAME := 1) for NAME in NAME]
""".strip().splitlines()


COMPOUND = [
    "try: break\n{}except: return\n{}except NAME: continue",
    "try: return\n{}except* NAME: break\n{}finally: continue",
    "match NAME:\n{} case NAME: pass\n{} case _: break",
    "match NAME:\n{} case [NAME, *NAME] | NAME: pass",
    "match NAME:\n{} case {1: NAME, True: NAME, **NAME}: pass",
    "match NAME:\n{} case NAME(NAME=1, NAME=_) as NAME: pass",
]
# What opens scopes inside scopes, and names that mean something else in there.
SCOPES = r"""
lambda NAME=NAME: [NAME for NAME in NAME if (lambda: NAME)]
NAME = [[NAME for NAME in NAME] for NAME in NAME]
NAME = {NAME: (lambda: NAME) for NAME in NAME for NAME in [lambda: NAME]}
{NAME for NAME in NAME if (NAME := NAME)}, __x, lambda: __x
(NAME async for NAME in NAME), [super() for NAME in NAME]
NAME: [NAME for NAME in NAME]
NAME: lambda NAME: (NAME, NAME)
(NAME): NAME = [NAME for NAME in NAME]
class NAME(NAME, NAME=NAME): NAME: NAME; NAME = [NAME for __x in NAME if lambda: __x]
class NAME: global NAME; NAME = lambda self: (super().NAME, __class__, NAME)
class NAME: nonlocal NAME; NAME = NAME
class __NAME: __x = [lambda: __x]; import __x.NAME, NAME.NAME as __y; del __x
def NAME(NAME, /, NAME=NAME, *NAME, __x=lambda: NAME, **NAME) -> [NAME for NAME in NAME]: return super
def NAME(): nonlocal NAME; NAME = [lambda: NAME for _ in NAME]; [NAME := 1 for _ in NAME]
def NAME(): global NAME, NAME; [NAME for NAME in NAME]; return [lambda: NAME for _ in NAME]
async def NAME(NAME: NAME): NAME: NAME = [await NAME async for NAME in NAME]
def NAME[NAME: NAME, *NAME, **NAME](NAME: NAME, NAME: NAME = NAME) -> NAME: NAME: NAME; return NAME
def NAME[NAME, __x: (NAME, lambda: NAME)](*, NAME, __x=1): return [NAME for _ in super().NAME]
class NAME[NAME](NAME, NAME=[NAME for NAME in NAME]): NAME: NAME; __x = lambda: (NAME, __x)
class NAME[NAME: [NAME for NAME in NAME]]: type NAME[NAME] = [NAME for NAME in NAME], lambda: NAME
type NAME = lambda: (NAME, [NAME for NAME in NAME])
type NAME[NAME = NAME, *NAME = NAME, **NAME = [NAME for _ in NAME]] = NAME
f"{NAME!r:{(lambda: NAME)}} {[NAME for NAME in NAME]}" f"{{NAME for NAME in NAME}}"
""".strip().splitlines()
WORD = re.compile(rb"\b[A-Za-z_]\w*\b")
# Such as can have a statement put before them, if they are not inside a bracket or a string.
LINE = re.compile(rb"^([ \t]*)(?=[A-Za-z_@])(?!(?:elif|else|except|finally|case)\b)", re.MULTILINE)


def insertions(
    files: list[pathlib.Path], count: int, seed: int, scopes: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Real files with one to three statements put in; the same ones for the same arguments."""
    name = "scopes" if scopes else "insert"
    sources = [path for path in files if 0 < path.stat().st_size <= SMALL]
    for number in range(count):
        chosen = random.Random(f"{name}-{seed}-{number}")
        path = chosen.choice(sources)
        yield f"{name}-{seed}-{number}-{path.name}", insert(path.read_bytes(), chosen, scopes)


def insert(source: bytes, chosen: random.Random, scopes: bool) -> bytes:
    for _ in range(chosen.choices((1, 2, 3), (60, 25, 15))[0]):
        lines = list(LINE.finditer(source))
        if not lines:
            return source
        line = chosen.choice(lines)
        indent = line.group(1)
        # Names from near by are the likeliest to mean something there.
        near = WORD.findall(source[max(0, line.start() - 400) : line.end() + 400])
        names = [name for name in near if not keyword.iskeyword(name.decode())][:40] or [b"x"]
        usual = SCOPES if scopes else STATEMENTS
        template = chosen.choice(COMPOUND if chosen.random() < 0.15 else usual)
        first, *rest = template.encode().replace(b"\n{}", b"\n" + indent).split(b"NAME")
        text = first + b"".join(chosen.choice(names) + part for part in rest)
        source = source[: line.start()] + indent + text + b"\n" + source[line.start() :]
    return source


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
