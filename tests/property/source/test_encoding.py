"""Files in any encoding: what CPython decodes, we decode to the same text; what it refuses, we do."""

import codecs
import encodings
import encodings.aliases
import io
import json
import pathlib
import pkgutil
import random
import re
import subprocess
import sys
import sysconfig
import tokenize

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[3]
GENERATOR = ROOT / "src/source/generate_encodings.py"

# Known to Python, refused here in words: no byte of ASCII keeps its meaning, or state runs through
# the file.
UNSUPPORTED = set(
    re.findall(
        r'UNSPOOL_CODEC\("(\w+)", Unsupported',
        GENERATOR.with_name("encoding_tables.inc").read_text(),
    )
)


def decode_all(probe, paths):
    done = probe("decode", text="".join(f"{p}\n" for p in paths), check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def oracle(data):
    """(encoding, text) as CPython reads the file, or the reason it does not."""
    if b"\0" in data:
        return None, "null bytes"
    # tokenize splits lines at \n only; the C tokenizer also at \r. Give both the same lines.
    head = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    # tokenize demands that the first lines are UTF-8, the C tokenizer does not look.
    if not data.startswith(codecs.BOM_UTF8):
        head = bytes(b if b < 0x80 else 0x3F for b in head)
    else:
        head = codecs.BOM_UTF8 + bytes(b if b < 0x80 else 0x3F for b in head[3:])
    try:
        name, _ = tokenize.detect_encoding(io.BytesIO(head).readline)
    except SyntaxError as error:
        return None, str(error)
    try:
        return name, data.decode(name)
    except (UnicodeError, LookupError) as error:
        return None, str(error)


def supported(name):
    module = encodings.normalize_encoding(codecs.lookup(name).name).lower()
    module = encodings.aliases.aliases.get(module, module)
    return module not in UNSUPPORTED


def compare(data, answer, same_bytes=True):
    name, text = oracle(data)
    if name is not None and name != "utf-8-sig" and not supported(name):
        assert not answer["ok"], (data[:80], answer)
        return "unsupported"
    if name is None:
        assert not answer["ok"], (data[:80], text, answer)
        return "refused"
    assert answer["ok"], (data[:80], name, answer)
    assert bytes.fromhex(answer["text"]).decode() == text, (data[:80], name)
    body = data[3:] if answer["bom"] else data
    again = bytes.fromhex(answer["again"])
    if not same_bytes:
        assert again.decode(name) == text, (data[:80], name)
    elif again != body:
        # Only where Python itself cannot give the bytes back.
        assert text.encode(name) != data, (data[:80], name)
    return "read"


def compare_all(probe, folder, cases, same_bytes=True):
    """How many were read, refused and not supported."""
    paths = []
    for number, data in enumerate(cases):
        path = folder / f"{number}.py"
        path.write_bytes(data)
        paths.append(path)
    seen = {"read": 0, "refused": 0, "unsupported": 0}
    for data, answer in zip(cases, decode_all(probe, paths)):
        seen[compare(data, answer, same_bytes)] += 1
    return seen


COOKIES = [
    "# coding: {}",
    "# -*- coding: {} -*-",
    "#!/usr/bin/python\n# vim: set fileencoding={} :",
    "\n#coding={}",
    "\x0c\t # coding:{}",
    "x = 1\n# coding: {}",
    "# coding : {}",
    "'''\n# coding: {}\n'''",
    "#\n#\n# coding: {}",
    "\r# coding: {}",
    "# a\r\n# coding: {}",
    "\\\n# coding: {}",
    "# recoding: {}",
    "#coding:\t {}",
    "# coding: {}\x0c",
    "# coding:= {}",
]


def names():
    modules = [m.name for m in pkgutil.iter_modules(encodings.__path__)]
    known = sorted(
        set(encodings.aliases.aliases) | set(encodings.aliases.aliases.values()) | set(modules)
    )
    odd = [
        "foo",
        "UTF-8",
        "utf_8",
        "U8",
        "utf-8-foo",
        "Latin-1-unix",
        "iso_8859_1",
        "ISO-8859-15",
        "utf8-sig",
        "cp-1252",
        "Windows.1252",
        "l1",
        "_latin1_",
        "aliases",
        "0",
        "..",
        "a.b",
        "ansi_x3.4_1968",
        "utf--8",
        "EUC-JP",
        "Shift-JIS",
        "x-sjis",
        "undefined",
    ]
    return [n for n in known if re.fullmatch(r"[-\w.]+", n)] + odd


def test_tables_are_those_of_python():
    if sys.version_info[:2] != (3, 11):
        pytest.skip("the tables are generated with Python 3.11")
    done = subprocess.run([sys.executable, GENERATOR, "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_generated_headers(probe, tmp_path):
    rng = random.Random(20231)
    cases = []
    bodies = [
        b"x = 1\n",
        b"x = '\xe9'\n",
        b"x = '\xc3\xa9'\r\n",
        b"y = '\x81\x40\x82\xa0'\r",
        b"",
        b"# \xff",
        b"s = '\xa4\xa4\xb3\xfe'\n",
    ]
    for name in names():
        for _ in range(6):
            header = rng.choice(COOKIES).format(name).encode()
            bom = codecs.BOM_UTF8 if rng.random() < 0.15 else b""
            end = rng.choice([b"\n", b"\r\n", b"\r"])
            cases.append(bom + header + end + rng.choice(bodies))
    for size in range(0, 24):
        cases.append(b"# coding: latin-1\n# coding: foo\n"[:size])
        cases.append(b"\xef\xbb\xbf# coding: latin-1"[:size])
    seen = compare_all(probe, tmp_path, cases)
    assert seen["read"] > 500 and seen["refused"] > 200, seen


def test_every_sequence_of_every_codec(probe, tmp_path):
    """Each character of a codec, decoded as Python does and encoded back to its bytes."""
    cases = []
    for name in sorted(set(encodings.aliases.aliases.values())):
        try:
            if not codecs.lookup(name)._is_text_encoding or not supported(name):
                continue
        except LookupError:
            continue
        good = []
        for a in range(0x80, 0x100):
            singles = [bytes([a])]
            try:
                bytes([a]).decode(name)
            except UnicodeDecodeError:
                singles = [bytes([a, b]) for b in range(0x30, 0x100)]
            for sequence in singles:
                try:
                    sequence.decode(name)
                    good.append(sequence)
                except UnicodeDecodeError:
                    pass
        header = f"# coding: {name}\n".encode()
        cases.append(header + b"\n".join(good))
        for sequence in random.Random(1).sample(good, min(3, len(good))):
            cases.append(header + sequence[:1])
            cases.append(header + sequence + b"\xff\x81")
    compare_all(probe, tmp_path, cases)


def test_broken_sequences(probe, tmp_path):
    """A few bytes at random, ASCII among them: broken and whole sequences beside each other.

    Where two sequences stand for one character, as in cp932, either may be written.
    """
    rng = random.Random(7)
    multi_byte = re.findall(
        r'UNSPOOL_CODEC\("(\w+)", MultiByte',
        GENERATOR.with_name("encoding_tables.inc").read_text(),
    )
    cases = []
    for name in multi_byte:
        for _ in range(400):
            body = bytes(
                rng.choice([rng.randrange(0x80, 0x100), rng.randrange(0x20, 0x80)])
                for _ in range(rng.randint(1, 6))
            )
            if name == "euc_kr" and b"\xa4\xd4" in body:
                continue  # syllables composed of eight bytes are refused here
            cases.append(f"# coding: {name}\n# ".encode() + body)
    seen = compare_all(probe, tmp_path, cases, same_bytes=False)
    assert seen["read"] > 500 and seen["refused"] > 500, seen


def test_standard_library(probe):
    folder = pathlib.Path(sysconfig.get_path("stdlib"))
    paths = sorted(p for p in folder.rglob("*.py") if p.is_file())
    seen = {"read": 0, "refused": 0, "unsupported": 0}
    for path, answer in zip(paths, decode_all(probe, paths)):
        data = path.read_bytes()
        seen[compare(data, answer)] += 1
        if answer["ok"]:
            # Rows begin where CPython's lines do.
            text = bytes.fromhex(answer["text"])
            begins = [0] + [m.end() for m in re.finditer(rb"\r\n|\r|\n", text)]
            assert answer["rows"] == begins, path
    assert seen["read"] > 500, seen


@pytest.mark.parametrize(
    "data, words, row",
    [
        (b"x = 1\n\0", "source code cannot contain null bytes", 2),
        (b"\xff\xfex\0=\0", "source code cannot contain null bytes", 1),
        (b"# coding: foo\n", "unknown encoding: foo", 1),
        (
            b"# coding: hex\n",
            "'hex' is not a text encoding; use codecs.decode() to handle arbitrary codecs",
            1,
        ),
        (b"\xef\xbb\xbf# coding: latin-1\n", "encoding problem: iso-8859-1 with BOM", 1),
        (
            b"x = 1\ny = '\xff'\n",
            "(unicode error) 'utf-8' codec can't decode byte 0xff in position 11: invalid start byte",
            2,
        ),
        (
            b"# coding: ascii\nx='\xe9'\n",
            "(unicode error) 'ascii' codec can't decode byte 0xe9 in position 19: ordinal not in range(128)",
            2,
        ),
        (
            b"# coding: cp1252\n\nx='\x81'\n",
            "(unicode error) 'charmap' codec can't decode byte 0x81 in position 21: character maps to <undefined>",
            3,
        ),
    ],
)
def test_words(probe, tmp_path, data, words, row):
    path = tmp_path / "a.py"
    path.write_bytes(data)
    (answer,) = decode_all(probe, [path])
    assert (answer["message"], answer["row"]) == (words, row)
    if row > 1 and b"\0" not in data or b"foo" in data or b"hex" in data or b"BOM" in data:
        with pytest.raises(SyntaxError) as error:
            compile(data, "a.py", "exec")
        said = error.value.msg.replace("(unicode error) ", "")
        ours = words.replace("(unicode error) ", "")
        # CPython counts positions from the beginning of the token in UTF-8 files.
        strip = lambda m: re.sub(r"position \d+", "position", m)
        assert strip(said) == strip(ours)
