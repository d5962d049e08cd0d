"""How to make an instance of each class of the library that facts speak of, and arguments that need care."""

from __future__ import annotations

import array
import collections
import contextlib
import csv
import datetime
import decimal
import fractions
import hashlib
import hmac
import io
import itertools
import pathlib
import random
import re
import struct
import time
import uuid
import zlib

SAMPLES = {
    "array.array": lambda r: array.array("d", [r.random() for _ in range(r.randrange(5))]),
    "collections.ChainMap": lambda r: collections.ChainMap({"a": r.randrange(9)}, {"b": 2}),
    "datetime.date": lambda r: datetime.date(r.randrange(1, 9999), r.randrange(1, 13), r.randrange(1, 28)),
    "datetime.datetime": lambda r: datetime.datetime(
        r.randrange(1, 9999), r.randrange(1, 13), r.randrange(1, 28), r.randrange(24), r.randrange(60)),
    "datetime.time": lambda r: datetime.time(r.randrange(24), r.randrange(60), r.randrange(60)),
    "datetime.timedelta": lambda r: datetime.timedelta(r.randrange(-9, 9), r.randrange(99999)),
    "datetime.timezone": lambda r: datetime.timezone(datetime.timedelta(hours=r.randrange(-12, 12))),
    "decimal.Decimal": lambda r: decimal.Decimal(r.choice(["0", "1.5", "-3", "1e20", "NaN", "Infinity", "0.001", "-0"])),
    "fractions.Fraction": lambda r: fractions.Fraction(r.randrange(-9, 9), r.randrange(1, 9)),
    "io.BytesIO": lambda r: io.BytesIO(b"one\ntwo\nthree"),
    "io.StringIO": lambda r: io.StringIO("one\ntwo\nthree"),
    "pathlib.Path": lambda r: pathlib.Path(r.choice([".", "a", "abc", "a/b.txt", "/x/y.tar.gz", "..", "/"])),
    "time.struct_time": lambda r: time.gmtime(r.randrange(2**31)),
    "re.RegexFlag": lambda r: r.choice([re.I, re.M | re.S, re.A]),
    "random.Random": lambda r: random.Random(r.random()),
    "re.Pattern": lambda r: re.compile(r.choice(["a", "(a)|(b)", r"\d+", r"(?P<x>\w)(?P<y>\w)?", "", "x*"])),
    "re.Match": lambda r: re.search(r"(?P<x>\w)(?P<y>b)?", r.choice(["ab", "zz top", "  q"])),
    "struct.Struct": lambda r: struct.Struct(r.choice(["<i", ">hh", "3s", "d"])),
    "uuid.UUID": lambda r: uuid.UUID(int=r.getrandbits(128)),
    "hmac.HMAC": lambda r: hmac.new(b"key", b"message", "sha256"),
    "hashlib.hash": lambda r: hashlib.new(r.choice(["md5", "sha1", "sha256"]), b"data"),
    "zlib.Compress": lambda r: zlib.compressobj(),
    "zlib.Decompress": lambda r: zlib.decompressobj(),
}

# Facts whose cost is not bounded by the size of what it is given get small integers only.
SMALL_INTEGERS = (
    "bytes#", "bytearray#", "builtins.pow#", "math.factorial#", "math.comb#", "math.perm#", "str.center#", "str.ljust#",
    "str.rjust#", "str.zfill#", "str.expandtabs#", "bytes.center#", "bytes.ljust#", "bytes.rjust#", "bytes.zfill#",
    "bytes.expandtabs#", "bytearray.center#", "bytearray.ljust#", "bytearray.rjust#", "bytearray.zfill#",
    "bytearray.expandtabs#", "int.to_bytes#", "bool.to_bytes#", "operator.pow#", "operator.lshift#", "random.", "secrets.", "itertools.",
    "collections.", "statistics.", "string.", "textwrap.", "time.", "decimal.", "fractions.", "heapq.", "zlib.", "os.", "hashlib.", "struct.",
    "builtins.format#", "operator.mul#", "operator.imul#", "operator.concat#", "range.", "builtins.round#", "array.", "datetime.", "io.", "difflib.", "base64.", "gzip.", "bz2.", "lzma.", "json.",
)

# Arguments that random values would hardly ever hit: (fact, parameter) -> how to make one.
ARGUMENTS: dict[tuple[str, str], object] = {
    ("builtins.format", "format_spec"): lambda r: r.choice(["", ">10", "d", ".3f", "x", "08.2e", "s", "q"]),
    ("str.encode", "encoding"): lambda r: r.choice(["utf-8", "ascii", "latin-1", "utf-16", "nonsense", "hex"]),
    ("bytes.decode", "encoding"): lambda r: r.choice(["utf-8", "ascii", "latin-1", "utf-16", "nonsense", "hex"]),
    ("str", "encoding"): lambda r: r.choice(["utf-8", "ascii", "latin-1", "utf-16", "nonsense", "hex"]),
}

# Facts that no test may run, by full name or its beginning, with the reason.
UNTRIED: dict[str, str] = {
    "sys.set": "changes the interpreter under the test",
    "os.chdir": "changes the process under the test",
    "random.setstate": "random states are not states",
}
