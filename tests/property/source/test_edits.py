"""Edits: what lies outside them stays to the byte, in every encoding, with BOM and line ends."""

import codecs
import json
import random

import pytest

ENCODINGS = {
    "utf-8": "aé中😀 \tб",
    "latin-1": "aé\xa0ß",
    "cp1252": "a€é—",
    "koi8-r": "aбв─",
    "shift_jis": "aあ漢ｱ",
    "euc_jp": "aあ漢",
    "gbk": "a中文",
    "big5": "a中文",
    "cp949": "a한글",
    "gb18030": "a中😀",
    "ascii": "abc",
    "iso8859-15": "a€é",
    "cp932": "a～①",
}


def make_file(rng, encoding):
    letters = ENCODINGS[encoding]
    bom = encoding == "utf-8" and rng.random() < 0.3
    end = rng.choice(["\n", "\r\n", "\r"])
    lines = ["# coding: " + encoding] if encoding != "utf-8" else ["x"]
    for _ in range(rng.randint(0, 12)):
        lines.append("".join(rng.choice(letters) for _ in range(rng.randint(0, 10))))
    ends = [end if rng.random() < 0.85 else rng.choice(["\n", "\r\n", "\r"]) for _ in lines]
    text = "".join(a + b for a, b in zip(lines, ends))
    if rng.random() < 0.3:
        text = text.rstrip("\r\n")
    return (codecs.BOM_UTF8 if bom else b"") + text.encode(encoding), text, bom


def dominant(text):
    crlf = text.count("\r\n")
    counts = {"\n": text.count("\n") - crlf, "\r\n": crlf, "\r": text.count("\r") - crlf}
    return max(counts, key=counts.get)


def boundaries(text):
    """Byte offsets between characters, none inside \\r\\n."""
    out, at = [], 0
    for i, c in enumerate(text):
        if not (c == "\n" and i and text[i - 1] == "\r"):
            out.append(at)
        at += len(c.encode())
    return out + [at]


def test_random_edits(probe, tmp_path):
    rng = random.Random(11)
    requests, wanted = [], []
    for number in range(400):
        encoding = rng.choice(list(ENCODINGS))
        data, text, bom = make_file(rng, encoding)
        path = tmp_path / f"{number}.py"
        path.write_bytes(data)
        first = text.find(dominant(text)) + 1
        places = [b for b in boundaries(text) if b > first + 14 or encoding == "utf-8"]
        cuts = sorted(rng.sample(places, min(len(places), 2 * rng.randint(0, 3))))
        edits = []
        for begin, end in zip(cuts[::2], cuts[1::2]):
            if rng.random() < 0.4:
                end = begin
            new = "".join(rng.choice(ENCODINGS[encoding] + "\n") for _ in range(rng.randint(0, 6)))
            edits.append([begin, end, new])
        raw, out, at = text.encode(), b"", 0
        for begin, end, new in edits:
            out += raw[at:begin] + new.replace("\n", dominant(text)).encode()
            at = end
        out += raw[at:]
        shuffled = edits[:]
        rng.shuffle(shuffled)
        requests.append({"path": str(path), "edits": shuffled})
        wanted.append((encoding, bom, raw, out, edits, dominant(text)))
    done = probe("edit", text="".join(json.dumps(r) + "\n" for r in requests), check=True)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(answers) == len(requests)
    for (encoding, bom, raw, out, edits, end), answer in zip(wanted, answers):
        assert answer["ok"], answer
        assert bytes.fromhex(answer["text"]) == out
        expected = (codecs.BOM_UTF8 if bom else b"") + out.decode().encode(encoding)
        assert bytes.fromhex(answer["bytes"]) == expected
        check_offsets(raw, out, edits, end, answer)


def check_offsets(raw, out, edits, end, answer):
    """Untouched bytes map to where they went, and back."""
    removed, shift, at_old, at_new = set(), {}, 0, 0
    for begin, stop, new in edits + [[len(raw), len(raw), ""]]:
        for old in range(at_old, begin):
            shift[old] = at_new + old - at_old
        at_new += begin - at_old + len(new.replace("\n", end).encode())
        removed.update(range(begin, stop))
        at_old = stop
    for old, new in shift.items():
        assert answer["to_new"][old] == new
        assert answer["to_old"][new] == old
        assert raw[old] == out[new]
    kept = set(shift.values())
    for new in range(len(out)):
        if new not in kept:
            assert answer["to_old"][new] is None
    assert answer["to_new"][len(raw)] == len(out) or edits and edits[-1][1] == len(raw)


def test_bytes_that_python_would_not_give_back(probe, tmp_path):
    # cp932 has two sequences for one character; decoding and encoding again would change the file.
    data = b"# coding: cp932\nx = '\xed\x40 \x87\x90'\ny = 1\n"
    assert data.decode("cp932").encode("cp932") != data
    path = tmp_path / "a.py"
    path.write_bytes(data)
    end = len(data.decode("cp932").encode())
    request = json.dumps({"path": str(path), "edits": [[end - 2, end - 1, "2"]]})
    answer = json.loads(probe("edit", text=request + "\n", check=True).stdout)
    assert bytes.fromhex(answer["bytes"]) == data.replace(b"y = 1", b"y = 2")


@pytest.mark.parametrize(
    "data, edit, words",
    [
        (
            b"# coding: latin-1\nx\n",
            [18, 19, "\u20ac"],
            "'iso-8859-1' codec can't encode character '\u20ac' (U+20AC): ordinal not in range(256); the file was left as it is",
        ),
        (b"x\r\ny\n", [2, 2, "z"], "an edit does not fit the file: byte 2 splits a character"),
        ("é\n".encode(), [1, 2, "z"], "an edit does not fit the file: byte 1 splits a character"),
        (b"x\n", [1, 9, "z"], "an edit does not fit the file: bytes 1-9 of a text of 2"),
    ],
)
def test_refused(probe, tmp_path, data, edit, words):
    path = tmp_path / "a.py"
    path.write_bytes(data)
    answer = json.loads(
        probe("edit", text=json.dumps({"path": str(path), "edits": [edit]}) + "\n").stdout
    )
    assert (answer["ok"], answer["message"]) == (False, words)
