"""Tests of the verify layer through its probe executable: a request in JSON, an answer in JSON."""

import json
import os
import pathlib
import subprocess
import sys

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]


def find_probe():
    named = os.environ.get("UNSPOOL_VERIFY_PROBE")
    if named:
        return named
    # Beside the executable under test, else the one built last.
    beside = pathlib.Path(os.environ.get("UNSPOOL_BIN", "/")).parent / "verify_probe"
    if beside.exists():
        return str(beside)
    found = list((ROOT / "build").glob("*/bin/verify_probe"))
    assert found, "build the target verify_probe first"
    return str(max(found, key=lambda path: path.stat().st_mtime))


class Probe:
    def __init__(self):
        self.path = find_probe()

    def ask(self, request, **options):
        done = subprocess.run(
            [self.path], input=json.dumps(request), capture_output=True, text=True, **options
        )
        assert done.returncode in (0, 2), done.stderr
        assert done.stderr == ""
        return json.loads(done.stdout)

    def verify(self, root, original, rewritten, *, script="program.py", matrix=None, **request):
        """Both versions are texts of the script, or dicts of path to text."""
        original = original if isinstance(original, dict) else {script: original}
        rewritten = rewritten if isinstance(rewritten, dict) else {script: rewritten}
        files = []
        for path, text in rewritten.items():
            file = {"path": path, "rewritten": text}
            if path in original:
                file["original"] = original[path]
                target = root / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_text(original[path], encoding="utf-8")
            files.append(file)
        subject = {"root": str(root), "script": script, "python": sys.executable, "files": files}
        subject.update(request.pop("subject", {}))
        if matrix is not None:
            request["matrix"] = matrix
        return self.ask({"do": "verify", "subject": subject, **request})


@pytest.fixture(scope="session")
def probe():
    return Probe()


@pytest.fixture
def few():
    """The smallest matrix: one run."""
    return {"start_methods": ["fork"], "workers": [2]}
