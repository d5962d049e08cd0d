"""Faster, slower and no difference come out as such; the certificate holds what was found."""

import copy
import hashlib
import json
import pathlib
import platform
import sys

import pytest

ROOT = pathlib.Path(__file__).parents[2]
SLOW = "import time\ntime.sleep(0.15)\nprint(1)\n"
FAST = "import time\ntime.sleep(0.03)\nprint(1)\n"
FEW_RUNS = {"warmup": 1, "min_runs": 5, "max_runs": 8}


@pytest.fixture(scope="module")
def schema():
    jsonschema = pytest.importorskip("jsonschema")
    text = (ROOT / "data/schema/certificate.schema.json").read_text(encoding="utf-8")
    validator = jsonschema.Draft202012Validator(json.loads(text))
    validator.check_schema(validator.schema)
    return validator


def speed_of(answer):
    return answer["certificate"]["measurement"]["speedup"]


def test_faster(probe, tmp_path, few):
    answer = probe.verify(tmp_path, SLOW, FAST, matrix=few, measure=FEW_RUNS)
    speed = speed_of(answer)
    assert speed["verdict"] == "faster"
    assert speed["accepted"]
    assert 1.1 <= speed["low"] <= speed["ratio_of_medians"] <= speed["high"]
    assert speed["mann_whitney_p"] < 0.01
    measurement = answer["certificate"]["measurement"]
    assert measurement["stopped_by"] == "decided"
    original, rewritten = measurement["results"]
    assert len(original["times"]) == len(rewritten["times"]) == 5
    assert original["median"] > 0.15 > rewritten["median"] > 0.03
    assert answer["exit_code"] == 0
    assert answer["certificate"]["verified"] is True
    assert answer["certificate"]["reason"] == "equal-and-faster"


def test_slower(probe, tmp_path, few):
    answer = probe.verify(tmp_path, FAST, SLOW, matrix=few, measure=FEW_RUNS)
    assert speed_of(answer)["verdict"] == "slower"
    assert not speed_of(answer)["accepted"]
    assert answer["exit_code"] == 1
    assert answer["certificate"]["reason"] == "not-faster"


def test_no_difference(probe, tmp_path, few):
    answer = probe.verify(tmp_path, FAST, FAST + "\n", matrix=few, measure=FEW_RUNS)
    assert not speed_of(answer)["accepted"]
    assert answer["certificate"]["reason"] == "not-faster"


def test_a_difference_while_measuring_is_a_mismatch(probe, tmp_path):
    # Wrong on the second run only: no comparison beforehand sees it.
    counter = tmp_path / "count"
    program = f"""
import time
with open({str(counter)!r}, "a+") as count:
    count.write("x")
    count.seek(0)
    runs = len(count.read())
time.sleep(0.01)
"""
    root = tmp_path / "project"
    root.mkdir()
    answer = probe.verify(
        root,
        program + "print(1)\n",
        program + "print(1 if runs < 6 else 2)\n",
        measure={"warmup": 0, "min_runs": 5, "max_runs": 5},
    )
    assert answer["certificate"]["measurement"]["differences"][0]["kind"] == "stdout"
    assert answer["certificate"]["reason"] == "mismatch"


def test_cpu_time_and_memory(probe, tmp_path):
    program = """
data = bytearray(200_000_000)
n = 0
while n < 1_500_000:
    n += 1
"""
    answer = probe.verify(
        tmp_path, program, "", measure={"warmup": 0, "min_runs": 1, "max_runs": 1}
    )
    original, rewritten = answer["certificate"]["measurement"]["results"]
    assert original["memory_usage_byte"][0] > 200_000_000 > 4 * rewritten["memory_usage_byte"][0]
    assert original["user"] > rewritten["user"]
    assert original["exit_codes"] == [0]


def test_time_of_workers_counts(probe, tmp_path):
    program = """
import os
pid = os.fork()
n = 0
while pid == 0 and n < 3_000_000:
    n += 1
if pid == 0:
    os._exit(0)
os.waitpid(pid, 0)
"""
    answer = probe.verify(
        tmp_path, program, "", measure={"warmup": 0, "min_runs": 1, "max_runs": 1}
    )
    original, rewritten = answer["certificate"]["measurement"]["results"]
    assert original["user"] > rewritten["user"] + 0.05


@pytest.fixture(scope="module")
def answer(probe, tmp_path_factory):
    root = tmp_path_factory.mktemp("project")
    return probe.verify(
        root,
        SLOW,
        {"program.py": FAST, "parallel_support.py": "# ours\n"},
        matrix={"start_methods": ["fork"], "workers": [2]},
        measure=FEW_RUNS,
        obligations=[{"id": "order", "evidence": "proved", "places": []}],
        assumptions=[{"id": "A1"}],
    )


def test_certificate(answer, schema):
    certificate = answer["certificate"]
    schema.validate(certificate)
    script, support = certificate["sources"]
    assert script["original"]["sha256"] == hashlib.sha256(SLOW.encode()).hexdigest()
    assert script["rewritten"]["sha256"] == hashlib.sha256(FAST.encode()).hexdigest()
    assert support["original"] is None
    assert certificate["interpreter"]["version"] == platform.python_version()
    assert certificate["interpreter"]["executable"] == sys.executable
    assert certificate["assumptions"] == [{"id": "A1"}]
    # What hyperfine's own readers look for.
    keys = "command mean stddev median user system min max times exit_codes parameters".split()
    for result in certificate["measurement"]["results"]:
        assert set(keys) <= set(result)


def test_certificate_reads_back(probe, answer):
    again = probe.ask({"do": "certificate", "certificate": answer["certificate"]})
    assert again["certificate"] == answer["certificate"]
    assert list(again["certificate"]) == list(answer["certificate"])


def test_certificate_with_differences_reads_back(probe, tmp_path, few, schema):
    program = "import os, sys\nprint(os.urandom(8))\n"
    answer = probe.verify(
        tmp_path, program, program + "sys.exit(1)\n", matrix=few, options={"grace_ms": 100}
    )
    schema.validate(answer["certificate"])
    again = probe.ask({"do": "certificate", "certificate": answer["certificate"]})
    assert again["certificate"] == answer["certificate"]


def test_changed_certificates_are_refused(probe, answer, schema):
    jsonschema = pytest.importorskip("jsonschema")

    def changed(path, value):
        certificate = copy.deepcopy(answer["certificate"])
        place = certificate
        for key in path[:-1]:
            place = place[key]
        place[path[-1]] = value
        return certificate

    read = lambda certificate: probe.ask({"do": "certificate", "certificate": certificate})
    assert "schema version" in read(changed(["schema_version"], 99))["error"]
    assert "findings say" in read(changed(["reason"], "mismatch"))["error"]
    assert "cannot be read" in read(changed(["comparison", "verdict"], "fine"))["error"]
    assert "cannot be read" in read(changed(["sources"], 3))["error"]
    assert "cannot be read" in read({})["error"]
    for path, value in [
        (["reason"], "good"),
        (["sources", 0, "rewritten", "sha256"], "12"),
        (["comparison", "cells", 0, "start_method"], "thread"),
        (["surprise"], 1),
    ]:
        with pytest.raises(jsonschema.ValidationError):
            schema.validate(changed(path, value))


def test_text(answer):
    lines = answer["text"].splitlines()
    assert lines[0] == "Comparison: equal"
    assert "Measurement: faster" in lines
    assert lines[-1].startswith("Does the same and is ")
    assert answer["text"].isprintable() or "\x1b" not in answer["text"]
