"""The schema and the reader are made of one table and must agree; versions against `packaging`."""

import json
import pathlib

from packaging.specifiers import SpecifierSet
from packaging.version import Version

ROOT = pathlib.Path(__file__).resolve().parents[3]
SCHEMA = ROOT / "data/schema/unspool.schema.json"
GOOD = {"boolean": "true", "integer": "3", "number": "2.5", "string": '"x"', "array": '["x"]'}
BAD = {"boolean": '"x"', "integer": "2.5", "number": '"x"', "string": "1", "array": "[1]"}


def test_schema_is_current(probe):
    assert SCHEMA.read_text() == probe("schema").stdout


def keys(schema, section=""):
    for key, value in schema["properties"].items():
        if "properties" in value:
            yield from keys(value, key)
        elif key != "per-file-ignores":
            yield section, key, value


def test_reader_takes_what_the_schema_takes(probe, tmp_path):
    schema = json.loads(SCHEMA.read_text())
    names = list(keys(schema))
    assert len(names) > 30
    special = {"target-version": '"py312"', "numeric": '"close=1e-6"', "extend": '"base.toml"'}
    (tmp_path / "base.toml").write_text("")
    file = tmp_path / "unspool.toml"

    def read(section, line):
        file.write_text((f"[{section}]\n" if section else "") + line + "\n")
        return probe("config", "--output-format", "concise", file.name, cwd=tmp_path)

    for section, key, value in names:
        good = special.get(
            key, json.dumps(value["enum"][0]) if "enum" in value else GOOD[value["type"]]
        )
        done = read(section, f"{key} = {good}")
        assert done.returncode == 0, done.stdout
        done = read(section, f"{key} = {BAD[value['type']]}")
        assert "UNS042" in done.stdout, (key, done.stdout)
        if "enum" in value or "pattern" in value:
            assert "UNS043" in read(section, f'{key} = "no such thing"').stdout
        if "minimum" in value:
            assert "UNS043" in read(section, f"{key} = {value['minimum'] - 1}").stdout
        assert "did you mean" not in read(section, f"{key}x = 1").stdout  # concise: one line
        assert "UNS041" in read(section, f"{key}x = 1").stdout


def test_nearest_file_wins(probe, tmp_path):
    deep = tmp_path / "a/b"
    deep.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nrequires-python = ">=3.10"\n[tool.unspool.check]\nselect = ["outer"]\n'
    )
    (tmp_path / "a/pyproject.toml").write_text("[tool.other]\nx = 1\n")

    def selected(path="a/b/x.py"):
        done = probe("config-for", path, cwd=tmp_path)
        assert done.returncode == 0, done.stdout
        return json.loads(done.stdout)

    assert (selected()["select"], selected()["target"]) == (["outer"], "3.10")
    (tmp_path / "a/unspool.toml").write_text('extend = "../base.toml"\n[check]\nignore = ["i"]\n')
    (tmp_path / "base.toml").write_text('[check]\nselect = ["base"]\nignore = ["j"]\n')
    assert (selected()["select"], selected()["ignore"]) == (["base"], ["i"])
    (tmp_path / "a/.unspool.toml").write_text('[check]\nselect = ["dot"]\n')
    assert (selected()["select"], selected()["ignore"]) == (["dot"], [])
    (tmp_path / "base.toml").write_text('extend = "a/unspool.toml"\n')
    done = probe("config", "--output-format", "concise", "a/unspool.toml", cwd=tmp_path)
    assert "UNS044" in done.stdout and "in turn" in done.stdout


def test_requires_python_against_packaging(probe):
    clauses = [
        ">=3.9",
        ">3.8",
        "~=3.10",
        ">=3.7,<4",
        "==3.11.*",
        ">=3.9.2",
        ">=3.9,!=3.9.*",
        "~=3.10.2",
        ">= 3.12 , <3.15",
        "==3.12",
        ">=3.8,!=3.8.*,!=3.9.*",
        "<3.12,>=3.11",
        ">=3",
        "~=3.8",
        ">3.9,<=3.13",
        "!=3.8.*",
    ]
    for clause in clauses:
        allowed = SpecifierSet(clause.replace(" ", ""))
        wanted = next(
            f"3.{minor}"
            for minor in range(8, 16)
            if any(Version(f"3.{minor}.{patch}") in allowed for patch in range(0, 30))
        )
        ours = probe("lowest-python", clause).stdout.strip()
        # `>3.9` names 3.9.0, so that 3.9.1 satisfies it; projects that write it mean 3.10.
        if clause.startswith(">3."):
            wanted = f"3.{int(clause[3:].split(',')[0]) + 1}"
        assert ours == wanted, clause
    assert probe("lowest-python", "<3.8").stdout == "none\n"
