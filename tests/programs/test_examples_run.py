"""The examples and the hand-written parallel versions: same output, same files, every time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# name: (script, list of argument lists); `out` in the arguments is a file or folder it writes
RUNS = {
    "photo_filter": (
        "photo_filter/photo_filter.py",
        [
            ["--photos", "6", "--width", "48", "--out", "out"],
            ["--photos", "0"],
            ["--photos", "3", "--width", "32", "--threshold", "1e9", "--out", "out"],
            ["--photos", "2", "--width", "8"],
        ],
    ),
    "raytracer": (
        "raytracer/raytracer.py",
        [
            ["--size", "60", "-o", "out"],
            ["--size", "3", "--spheres", "0"],
            ["--size", "0"],
            ["--size", "24", "-o", "no/such/folder"],
        ],
    ),
    "log_stats": (
        "log_stats/log_stats.py",
        [
            ["logs", "--files", "5", "--lines", "200", "--json", "out"],
            ["logs", "--files", "1", "--lines", "0"],
            ["logs", "--files", "0"],
            ["latin"],
        ],
    ),
    "monte_carlo": (
        "monte_carlo/clinic.py",
        [
            ["--days", "12", "--csv", "out"],
            ["--days", "0"],
            ["--days", "3", "--rosters", "2,0"],
            ["--days", "3", "--rosters", "two"],
        ],
    ),
}
CASES = [
    pytest.param(name, arguments, id=name + "-" + "_".join(arguments).replace("/", "."))
    for name, (_, argument_lists) in RUNS.items()
    for arguments in argument_lists
]


def run(script, arguments, folder, hash_seed):
    """Exit code, output, last line of the errors, and the files left behind."""
    folder.mkdir()
    (folder / "latin").mkdir()
    (folder / "latin" / "good.log").write_text("not an access line\n")
    (folder / "latin" / "worse.log").write_bytes(b"caf\xe9\n")
    environment = dict(os.environ, PYTHONHASHSEED=str(hash_seed))
    done = subprocess.run(
        [sys.executable, str(script)] + arguments,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    files = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    errors = done.stderr.strip().splitlines()
    return done.returncode, done.stdout, errors[-1:] or [], files


@pytest.mark.parametrize("name, arguments", CASES)
def test_same_as_expert_and_deterministic(name, arguments, tmp_path):
    script = RUNS[name][0]
    original = ROOT / "examples" / script
    first = run(original, arguments, tmp_path / "first", 1)
    again = run(original, arguments, tmp_path / "again", 2)
    expert = run(ROOT / "bench" / "expert" / script, arguments, tmp_path / "expert", 3)
    assert first == again
    assert expert[0] == first[0]
    assert expert[1:] == first[1:]


def test_usual_sizes_succeed(tmp_path):
    for number, (script, argument_lists) in enumerate(RUNS.values()):
        folder = tmp_path / str(number)
        code, output, errors, files = run(ROOT / "examples" / script, argument_lists[0], folder, 0)
        assert code == 0 and not errors
        assert len(output.splitlines()) >= 3
        assert any(path == "out" or path.startswith("out/") for path in files)
