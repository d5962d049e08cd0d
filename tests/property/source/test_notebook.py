"""Notebooks: the cells Python's json reads, and writing back with every other byte as it was."""

import json
import random


def make_cell(rng, kind, as_text):
    lines = [
        rng.choice(["x = 1", "é = '中😀'", "%time f()", "!ls", "", '\tq = "\\n"', "a\r"])
        for _ in range(rng.randint(0, 5))
    ]
    text = "\n".join(lines) + rng.choice(["", "\n"])
    cell = {"cell_type": kind, "metadata": {"tags": ["é"]}, "id": str(rng.random())}
    if kind == "code":
        cell |= {"execution_count": None, "outputs": []}
    cell["source"] = text if as_text else text.splitlines(True) and split_lines(text)
    if rng.random() < 0.3:
        cell = dict(sorted(cell.items(), reverse=True))
    return cell, text


def split_lines(text):
    parts = text.split("\n")
    return [p + "\n" for p in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


def test_round_trip_and_edits(probe, tmp_path):
    rng = random.Random(3)
    requests, wanted = [], []
    for number in range(200):
        as_text = rng.random() < 0.25
        made = [
            make_cell(rng, rng.choice(["code", "code", "markdown", "raw"]), as_text)
            for _ in range(rng.randint(1, 5))
        ]
        notebook = {
            "metadata": {"kernelspec": {"language": "python"}},
            "nbformat": 4,
            "cells": [c for c, _ in made],
            "nbformat_minor": 5,
        }
        style = rng.choice(
            [{"indent": 1}, {"indent": 4}, {}, {"separators": (",", ":")}, {"indent": "\t"}]
        )
        ascii_only = rng.random() < 0.4
        text = json.dumps(notebook, ensure_ascii=ascii_only, **style) + rng.choice(["", "\n"])
        if rng.random() < 0.2:
            text = text.replace("\n", "\r\n")
        path = tmp_path / f"{number}.ipynb"
        path.write_bytes(text.encode())
        code = {str(i): t for i, (c, t) in enumerate(made, 1) if c["cell_type"] == "code"}
        edits, new = {}, dict(code)
        for cell in code:
            if rng.random() < 0.5:
                continue
            end = dominant(code[cell])
            edits[cell] = [[0, 0, "import é\n"]]
            new[cell] = f"import é{end}" + code[cell]
        requests.append({"path": str(path), "cells": edits})
        wanted.append((text, notebook, code, new, edits, as_text, style, ascii_only))
    done = probe("edit-notebook", text="".join(json.dumps(r) + "\n" for r in requests), check=True)
    for (text, notebook, code, new, edits, as_text, style, ascii_only), line in zip(
        wanted, done.stdout.splitlines(), strict=True
    ):
        answer = json.loads(line)
        assert answer["ok"], answer
        assert answer["cells"] == code
        got = bytes.fromhex(answer["bytes"]).decode()
        if not edits:
            assert got == text
        for number, content in new.items():
            cell = notebook["cells"][int(number) - 1]
            if number in edits:
                cell["source"] = content if as_text else split_lines(content)
        assert json.loads(got) == notebook
        # Where the file has the style of json.dumps throughout, so has the result.
        whole = json.dumps(notebook, ensure_ascii=ascii_only, **style)
        plain = all(len(c["source"]) > 2 for c in notebook["cells"]) and "\r\n" not in text
        if plain and (not ascii_only or "\\u" in text):
            assert got.rstrip("\n") == whole


def dominant(text):
    lone = text.replace("\r\n", "")
    counts = {"\n": lone.count("\n"), "\r\n": text.count("\r\n"), "\r": lone.count("\r")}
    return max(counts, key=counts.get)


def test_other_languages_and_broken_files(probe, tmp_path):
    def cells(data):
        path = tmp_path / "n.ipynb"
        path.write_bytes(data if isinstance(data, bytes) else json.dumps(data).encode())
        request = json.dumps({"path": str(path), "cells": {}})
        return json.loads(probe("edit-notebook", text=request + "\n", check=True).stdout)

    code = {"cell_type": "code", "source": "x = 1"}
    julia = {"cells": [code], "metadata": {"kernelspec": {"language": "julia"}}}
    assert cells(julia)["cells"] == {}
    mixed = {"cells": [code | {"metadata": {"vscode": {"languageId": "sql"}}}, code]}
    assert cells(mixed)["cells"] == {"2": "x = 1"}
    assert "older than version 4" in cells({"worksheets": []})["message"]
    assert "no `cells`" in cells({})["message"]
    assert "cell 1 has no text" in cells({"cells": [{"cell_type": "code"}]})["message"]
    assert "not an object" in cells(b"[]")["message"]
    for broken in (
        b"",
        b"{",
        b'{"cells": [}',
        b"\xff\xfe",
        b'{"a": "\xff"}',
        b"[" * 200000,
        b"nul",
    ):
        assert cells(broken)["message"].startswith("the notebook is not valid JSON"), broken[:20]
    deep = b'{"cells": [], "x": ' + b"[" * 200000 + b"]" * 200000 + b"}"
    assert cells(deep)["cells"] == {}
