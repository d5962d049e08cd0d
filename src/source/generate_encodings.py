"""Writes encoding_tables.inc from the codecs of the Python that runs this script.

    python3.11 generate_encodings.py [--check]

Names and aliases, the upper half of every single-byte codec that contains ASCII, and what Python's
multi-byte codecs do differently from glibc's iconv (tried on every sequence).
"""

import codecs
import ctypes
import encodings
import encodings.aliases
import os
import pathlib
import pkgutil
import sys

TARGET = pathlib.Path(__file__).with_name("encoding_tables.inc")
ASCII = bytes(range(128))
MULTI_BYTE = {
    "big5": "BIG5",
    "big5hkscs": "BIG5-HKSCS",
    "cp932": "CP932",
    "cp949": "CP949",
    "cp950": "CP950",
    "euc_jp": "EUC-JP",
    "euc_kr": "EUC-KR",
    "gb18030": "GB18030",
    "gb2312": "EUC-CN",
    "gbk": "GBK",
    "johab": "JOHAB",
    "shift_jis": "SHIFT_JIS",
}


class Iconv:
    def __init__(self, name):
        self.libc = ctypes.CDLL(None)
        self.libc.iconv_open.restype = ctypes.c_void_p
        self.libc.iconv.restype = ctypes.c_size_t
        self.libc.iconv.argtypes = [ctypes.c_void_p] * 5
        self.handle = ctypes.c_void_p(self.libc.iconv_open(b"UTF-8", name.encode()))
        assert self.handle.value != ctypes.c_void_p(-1).value, name

    def decode(self, data):
        self.libc.iconv(self.handle, None, None, None, None)
        source = ctypes.create_string_buffer(data, len(data))
        target = ctypes.create_string_buffer(64)
        at = ctypes.c_void_p(ctypes.addressof(source))
        left = ctypes.c_size_t(len(data))
        out = ctypes.c_void_p(ctypes.addressof(target))
        room = ctypes.c_size_t(64)
        failed = self.libc.iconv(
            self.handle, ctypes.byref(at), ctypes.byref(left), ctypes.byref(out), ctypes.byref(room)
        )
        if failed == ctypes.c_size_t(-1).value or left.value:
            return None
        self.libc.iconv(self.handle, None, None, ctypes.byref(out), ctypes.byref(room))
        return target.raw[: 64 - room.value].decode("utf-8")


def decoded(codec, data):
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def sequences(codec):
    """Every sequence that no shorter valid one is the beginning of."""
    for a in range(0x80, 0x100):
        if decoded(codec, bytes([a])) is not None:
            yield bytes([a])
            continue
        yield bytes([a])
        for b in range(0x100):
            two = bytes([a, b])
            yield two
            if decoded(codec, two) is not None:
                continue
            if codec == "euc_jp" and a == 0x8F and b >= 0xA1:
                for c in range(0xA1, 0xFF):
                    yield bytes([a, b, c])
            if codec == "gb18030" and 0x30 <= b <= 0x39:
                for c in range(0x81, 0xFF):
                    for d in range(0x30, 0x3A):
                        yield bytes([a, b, c, d])


def c_bytes(data):
    return '"' + "".join(f"\\x{byte:02x}" for byte in data) + '"'


def c_text(text):
    return c_bytes(text.encode("utf-8"))


def module_names():
    return sorted(m.name for m in pkgutil.iter_modules(encodings.__path__) if m.name != "aliases")


def codec_kind(name):
    try:
        info = codecs.lookup(name)
    except LookupError:
        return None
    if not info._is_text_encoding:
        return "NotText"
    if name == "ascii":
        return "Ascii"
    if name in ("latin_1", "iso8859_1"):
        return "Latin1"
    if name == "utf_8":
        return "Utf8"
    if name in MULTI_BYTE:
        return "MultiByte"
    if name in ("charmap", "undefined"):
        return "Unsupported"
    try:
        # UTF-7, punycode and the like have no table: a byte there does not stand alone.
        single = hasattr(sys.modules["encodings." + name], "decoding_table")
        if single and ASCII.decode(name) == ASCII.decode("ascii"):
            return "Charmap"
    except UnicodeError:
        pass
    return "Unsupported"


def generate():
    out = [
        "// Written by generate_encodings.py; edit that and run it again.",
        "// clang-format off",
    ]
    charmaps, multi = [], []
    out.append("#ifdef UNSPOOL_CODEC  // (module, kind, table)")
    for name in module_names():
        kind = codec_kind(name)
        if kind is None:
            continue
        table = 0
        if kind == "Charmap":
            table = len(charmaps)
            charmaps.append(name)
        elif kind == "MultiByte":
            table = len(multi)
            multi.append(name)
        out.append(f'UNSPOOL_CODEC("{name}", {kind}, {table})')
    out += ["#undef UNSPOOL_CODEC", "#endif", "#ifdef UNSPOOL_ALIAS  // (alias, module)"]
    for alias, name in sorted(encodings.aliases.aliases.items()):
        out.append(f'UNSPOOL_ALIAS("{alias}", "{name}")')
    out += [
        "#undef UNSPOOL_ALIAS",
        "#endif",
        "#ifdef UNSPOOL_CHARMAP  // (name in messages, bytes 0x80 to 0xff, U+FFFF: none)",
    ]
    for name in charmaps:
        table = [decoded(name, bytes([b])) or "\uffff" for b in range(0x80, 0x100)]
        assert all(len(c) == 1 and ord(c) < 0x10000 for c in table), name
        # Code points below U+00A0 cannot be written as \\u in a literal.
        cells = ",".join(f"{ord(c):x}" for c in table)
        cells = ",".join("0x" + c for c in cells.split(","))
        out.append(f'UNSPOOL_CHARMAP("{name}", {cells})')
    out += [
        "#undef UNSPOOL_CHARMAP",
        "#endif",
        "#ifdef UNSPOOL_MULTI_BYTE  // (iconv's name, first patch, end of patches)",
    ]
    patches = []
    for name in multi:
        assert ASCII.decode(name) == ASCII.decode("ascii"), name
        iconv, first = Iconv(MULTI_BYTE[name]), len(patches)
        run = None
        for data in sequences(name):
            python, glibc = decoded(name, data), iconv.decode(data)
            if python == glibc:
                run = None
                continue
            if python is None and run is not None and patches[run][2] == "":
                last = patches[run][1]
                if len(last) == len(data) and int.from_bytes(last, "big") + 1 == int.from_bytes(
                    data, "big"
                ):
                    patches[run] = (patches[run][0], data, "")
                    continue
            run = len(patches)
            patches.append((data, data, python or ""))
        patches[first:] = sorted(patches[first:], key=lambda p: (len(p[0]), p[0]))
        out.append(f'UNSPOOL_MULTI_BYTE("{MULTI_BYTE[name]}", {first}, {len(patches)})')
    out += [
        "#undef UNSPOOL_MULTI_BYTE",
        "#endif",
        "#ifdef UNSPOOL_PATCH  // (first sequence, last, text; empty: Python has no such character)",
    ]
    for first, last, text in patches:
        out.append(
            f"UNSPOOL_PATCH({int.from_bytes(first, 'big'):#x}, {int.from_bytes(last, 'big'):#x}, {c_text(text)})"
        )
    out += ["#undef UNSPOOL_PATCH", "#endif", ""]
    return "\n".join(out)


def main():
    text = generate()
    if "--check" in sys.argv[1:]:
        if TARGET.read_text(encoding="utf-8") != text:
            print(f"{TARGET.name} is out of date: run {os.path.basename(__file__)}")
            return 1
        return 0
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
