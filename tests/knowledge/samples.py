"""How to make an instance of each class of the library that facts speak of, and arguments that need care."""

from __future__ import annotations

import array
import bz2
import collections
import csv
import datetime
import decimal
import fractions
import gzip
import hashlib
import hmac
import io
import lzma
import os
import pathlib
import random
import re
import struct
import tempfile
import time
import uuid
import zlib


def _file(text: str, mode: str):
    """A file of this content, opened anew."""
    with tempfile.NamedTemporaryFile("w", delete=False, newline="") as made:
        made.write(text)
    opened = open(made.name, mode)  # noqa: SIM115 (the fact under test uses it)
    os.unlink(made.name)
    return opened


SAMPLES = {
    "io.TextReader": lambda r: _file(
        r.choice(["", "a,b\n1,2\n\n3\n", '{"x": [1, null]}', "[1"]), "r"
    ),
    "io.BinaryReader": lambda r: _file(r.choice(["", "one\ntwo", '{"x": [1, null]}', "[1"]), "rb"),
    "io.TextWriter": lambda r: _file("", "w"),
    "io.BinaryWriter": lambda r: _file("", "wb"),
    "os.stat_result": lambda r: os.stat("."),
    "csv.DictReader": lambda r: csv.DictReader(["a,b", "1,2", "3", "4,5,6"]),
    "array.array": lambda r: array.array("d", [r.random() for _ in range(r.randrange(5))]),
    "collections.ChainMap": lambda r: collections.ChainMap({"a": r.randrange(9)}, {"b": 2}),
    "datetime.date": lambda r: datetime.date(
        r.randrange(1, 9999), r.randrange(1, 13), r.randrange(1, 28)
    ),
    "datetime.datetime": lambda r: datetime.datetime(
        r.randrange(1, 9999),
        r.randrange(1, 13),
        r.randrange(1, 28),
        r.randrange(24),
        r.randrange(60),
    ),
    "datetime.time": lambda r: datetime.time(r.randrange(24), r.randrange(60), r.randrange(60)),
    "datetime.timedelta": lambda r: datetime.timedelta(r.randrange(-9, 9), r.randrange(99999)),
    "datetime.timezone": lambda r: datetime.timezone(
        datetime.timedelta(hours=r.randrange(-12, 12))
    ),
    "decimal.Decimal": lambda r: decimal.Decimal(
        r.choice(["0", "1.5", "-3", "1e20", "NaN", "Infinity", "0.001", "-0"])
    ),
    "fractions.Fraction": lambda r: fractions.Fraction(r.randrange(-9, 9), r.randrange(1, 9)),
    "io.BytesIO": lambda r: io.BytesIO(b"one\ntwo\nthree"),
    "io.StringIO": lambda r: io.StringIO("one\ntwo\nthree"),
    "pathlib.Path": lambda r: pathlib.Path(
        r.choice([".", "a", "abc", "a/b.txt", "/x/y.tar.gz", "..", "/"])
    ),
    "time.struct_time": lambda r: time.gmtime(r.randrange(2**31)),
    "re.RegexFlag": lambda r: r.choice([re.I, re.M | re.S, re.A]),
    "random.Random": lambda r: random.Random(r.random()),
    "re.Pattern": lambda r: re.compile(
        r.choice(["a", "(a)|(b)", r"\d+", r"(?P<x>\w)(?P<y>\w)?", "", "x*"])
    ),
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
    "bytes#",
    "bytearray#",
    "builtins.pow#",
    "math.factorial#",
    "math.comb#",
    "math.perm#",
    "str.center#",
    "str.ljust#",
    "str.rjust#",
    "str.zfill#",
    "str.expandtabs#",
    "bytes.center#",
    "bytes.ljust#",
    "bytes.rjust#",
    "bytes.zfill#",
    "bytes.expandtabs#",
    "bytearray.center#",
    "bytearray.ljust#",
    "bytearray.rjust#",
    "bytearray.zfill#",
    "bytearray.expandtabs#",
    "int.to_bytes#",
    "bool.to_bytes#",
    "operator.pow#",
    "operator.lshift#",
    "random.",
    "secrets.",
    "itertools.",
    "collections.",
    "statistics.",
    "string.",
    "textwrap.",
    "time.",
    "decimal.",
    "fractions.",
    "heapq.",
    "zlib.",
    "os.",
    "hashlib.",
    "struct.",
    "builtins.format#",
    "operator.mul#",
    "operator.imul#",
    "operator.concat#",
    "range.",
    "builtins.round#",
    "array.",
    "datetime.",
    "io.",
    "difflib.",
    "base64.",
    "gzip.",
    "bz2.",
    "lzma.",
    "json.",
)

# Arguments that random values would hardly ever hit: (fact, parameter) -> how to make one.
ARGUMENTS: dict[tuple[str, str], object] = {
    # These loop for ever where an argument is not finite.
    ("random.gammavariate", "alpha"): lambda r: r.choice([0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]),
    ("random.gammavariate", "beta"): lambda r: r.choice([0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]),
    ("random.Random.gammavariate", "alpha"): lambda r: r.choice(
        [0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]
    ),
    ("random.Random.gammavariate", "beta"): lambda r: r.choice(
        [0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]
    ),
    ("random.betavariate", "alpha"): lambda r: r.choice([0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]),
    ("random.betavariate", "beta"): lambda r: r.choice([0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]),
    ("random.Random.betavariate", "alpha"): lambda r: r.choice(
        [0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]
    ),
    ("random.Random.betavariate", "beta"): lambda r: r.choice(
        [0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]
    ),
    ("random.vonmisesvariate", "mu"): lambda r: r.choice([0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]),
    ("random.vonmisesvariate", "kappa"): lambda r: r.choice([0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]),
    ("random.Random.vonmisesvariate", "mu"): lambda r: r.choice(
        [0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]
    ),
    ("random.Random.vonmisesvariate", "kappa"): lambda r: r.choice(
        [0, -1, True, 0.0, 0.5, 1.0, 2.5, 30]
    ),
    ("builtins.format", "format_spec"): lambda r: r.choice(
        ["", ">10", "d", ".3f", "x", "08.2e", "s", "q"]
    ),
    # Places that the other facts do not change while they are tried.
    ("os.stat", "path"): lambda r: r.choice(["/usr/bin/env", "none"]),
    ("pathlib.Path.stat", "self"): lambda r: pathlib.Path(r.choice(["/usr/bin/env", "none"])),
    ("pathlib.Path.glob", "self"): lambda r: pathlib.Path(
        r.choice(["/usr/lib/python3.11/json", "none"])
    ),
    ("pathlib.Path.rglob", "self"): lambda r: pathlib.Path(
        r.choice(["/usr/lib/python3.11/json", "none"])
    ),
    ("pathlib.Path.iterdir", "self"): lambda r: pathlib.Path(
        r.choice(["/usr/lib/python3.11/json", "none"])
    ),
    ("builtins.open", "file"): lambda r: r.choice(["a", "abc", "none"]),
    ("builtins.open", "encoding"): lambda r: r.choice(["utf-8", "latin-1", None, "nonsense"]),
    ("builtins.open", "errors"): lambda r: r.choice(["strict", None, "ignore"]),
    ("builtins.open", "newline"): lambda r: r.choice(["", None, "\n", "x"]),
    ("builtins.open", "buffering"): lambda r: r.choice([-1, 0, 1, 4096, 2**70]),
    ("str.encode", "encoding"): lambda r: r.choice(
        ["utf-8", "ascii", "latin-1", "utf-16", "nonsense", "hex"]
    ),
    ("bytes.decode", "encoding"): lambda r: r.choice(
        ["utf-8", "ascii", "latin-1", "utf-16", "nonsense", "hex"]
    ),
    ("str", "encoding"): lambda r: r.choice(
        ["utf-8", "ascii", "latin-1", "utf-16", "nonsense", "hex"]
    ),
    ("bytes.hex", "sep"): lambda r: r.choice([":", "", "ab", "\u20ac"]),
    ("array.array.index", "v"): lambda r: r.choice([0.5, 1, 7]),
    ("array.array.remove", "v"): lambda r: r.choice([0.5, 1, 7]),
    ("datetime.date", "year"): lambda r: r.choice([1, 2020, 9999, 10000, 2**70]),
    ("datetime.date", "month"): lambda r: r.choice([1, 2, 12, 13]),
    ("datetime.date", "day"): lambda r: r.choice([1, 28, 31]),
    ("datetime.datetime", "year"): lambda r: r.choice([1, 2020, 9999, 10000, 2**70]),
    ("datetime.datetime", "month"): lambda r: r.choice([1, 2, 12, 13]),
    ("datetime.datetime", "day"): lambda r: r.choice([1, 28, 31]),
    ("datetime.date.fromisoformat", "date_string"): lambda r: r.choice(
        ["2020-01-02", "2020-13-02", "x"]
    ),
    ("hashlib.new", "name"): lambda r: r.choice(["md5", "sha256", "nonsense", "sha3_512", "\0"]),
    ("hashlib.pbkdf2_hmac", "hash_name"): lambda r: r.choice(["sha1", "sha256", "nonsense"]),
    ("hmac.digest", "digest"): lambda r: r.choice(["sha1", "sha256", "nonsense"]),
    ("lzma.decompress", "data"): lambda r: r.choice([lzma.compress(b"some text"), b"junk"]),
    ("bz2.decompress", "data"): lambda r: r.choice([bz2.compress(b"some text"), b"junk"]),
    ("gzip.decompress", "data"): lambda r: r.choice(
        [gzip.compress(b"some text", mtime=0), b"junk", gzip.compress(b"x", mtime=0)[:-3]]
    ),
    ("zlib.decompress", "data"): lambda r: r.choice([zlib.compress(b"some text"), b"junk"]),
    ("json.loads", "s"): lambda r: r.choice(
        ['{"a": [1, 2.5, null]}', "[]", "1e999", "{", b'"x"', b"\xff", "NaN"]
    ),
    ("os.path.getctime", "filename"): lambda r: r.choice(["a", "abc", "none"]),
    ("os.path.getmtime", "filename"): lambda r: r.choice(["a", "abc", "none"]),
    ("os.path.getsize", "filename"): lambda r: r.choice(["a", "abc", "none"]),
    ("os.listdir", "path"): lambda r: r.choice([".", "abc", "none", "a"]),
    ("random.Random.setstate", "state"): lambda r: r.choice(
        [random.Random(1).getstate(), (1, 2), "x"]
    ),
    ("re.Match.group", "group"): lambda r: r.choice([0, 1, 2, 3, "x", "nope"]),
    ("re.Match.group", "first"): lambda r: r.choice([0, 1, 2, 3, "x"]),
    ("re.Match.group", "second"): lambda r: r.choice([0, 1, 2]),
    ("re.Match.group", "third"): lambda r: r.choice([0, 1, 2]),
    ("struct.pack", "format"): lambda r: r.choice(["<i", "d", "3s", "?", "ii", "q", "z"]),
    ("struct.unpack", "format"): lambda r: r.choice(["<i", "d", "3s", "?", "3b", "q", "z"]),
    ("struct.unpack", "buffer"): lambda r: r.choice([b"abc", b"abcd", b"12345678"]),
    ("time.strptime", "string"): lambda r: r.choice(["2020", "99", "x"]),
    ("time.strptime", "format"): lambda r: r.choice(["%Y", "%y", "%", "%q"]),
    ("datetime.datetime.strptime", "date_string"): lambda r: r.choice(["2020", "99", "x"]),
    ("datetime.datetime.strptime", "format"): lambda r: r.choice(["%Y", "%y", "%", "%q"]),
    ("unicodedata.lookup", "name"): lambda r: r.choice(["DIGIT ONE", "SNOWMAN", "nothing"]),
    ("unicodedata.normalize", "form"): lambda r: r.choice(["NFC", "NFKD", "NFX"]),
    ("unicodedata.is_normalized", "form"): lambda r: r.choice(["NFC", "NFKD", "NFX"]),
    ("unicodedata.decimal", "chr"): lambda r: r.choice(["1", "a", "12", "\u0663"]),
    ("unicodedata.digit", "chr"): lambda r: r.choice(["1", "a", "12", "\u00b2"]),
    ("unicodedata.numeric", "chr"): lambda r: r.choice(["1", "a", "12", "\u00bd"]),
    ("uuid.UUID", "hex"): lambda r: r.choice(
        ["12345678123456781234567812345678", "x", "{12345678-1234-5678-1234-567812345678}"]
    ),
}

# Facts that no test may run, by full name or its beginning, with the reason.
UNTRIED: dict[str, str] = {
    "sys.set": "changes the interpreter under the test",
    "os.chdir": "changes the process under the test",
    "random.setstate": "random states are not states",
}
