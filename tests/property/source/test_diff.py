"""Unified diffs that git takes, for texts of every shape."""

import random
import shutil
import subprocess

import pytest

GIT = shutil.which("git")


def texts(rng):
    ends = [b"\n", b"\n", b"\n", b"\r\n", b"\r"]
    words = [
        b"a",
        b"b",
        b"c",
        b"for x in xs:",
        b"    y",
        b"",
        b"\xe9",
        b"-- x",
        b"++ y",
        b"@@ -1 +1 @@",
    ]
    lines = [rng.choice(words) + rng.choice(ends) for _ in range(rng.choice([0, 1, 3, 12, 60]))]
    old = list(lines)
    for _ in range(rng.choice([1, 1, 2, 5, 20])):
        at = rng.randint(0, len(lines))
        kind = rng.random()
        if kind < 0.4:
            lines.insert(at, rng.choice(words) + rng.choice(ends))
        elif kind < 0.7 and lines:
            del lines[at % len(lines)]
        elif lines:
            lines[at % len(lines)] = rng.choice(words) + b"!" + rng.choice(ends)
    old, new = b"".join(old), b"".join(lines)
    if rng.random() < 0.4:
        old = old.rstrip(b"\r\n")
    if rng.random() < 0.4:
        new = new.rstrip(b"\r\n")
    return old, new


@pytest.mark.skipif(GIT is None, reason="git is the oracle")
def test_git_applies(probe, tmp_path):
    rng = random.Random(7)
    environment = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
    }
    subprocess.run([GIT, "init", "-q", tmp_path], check=True, env=environment)
    for number in range(150):
        old, new = texts(rng)
        if old == new:
            continue
        (tmp_path / "old.py").write_bytes(old)
        (tmp_path / "new.py").write_bytes(new)
        (tmp_path / "f.py").write_bytes(old)
        # As bytes: \r is part of a line.
        patch = subprocess.run(
            [probe.binary, "diff", "old.py", "new.py", "a/f.py", "b/f.py"],
            cwd=tmp_path,
            capture_output=True,
            check=True,
        ).stdout
        (tmp_path / "p.diff").write_bytes(patch)
        for arguments in (["--check"], []):
            done = subprocess.run(
                [GIT, "apply", "--whitespace=nowarn", "--unidiff-zero", *arguments, "p.diff"],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
            )
            assert done.returncode == 0, (number, done.stderr, patch)
        assert (tmp_path / "f.py").read_bytes() == new, patch


def test_shortest_and_bounded(probe, tmp_path):
    (tmp_path / "old").write_text("".join(f"{i}\n" for i in range(3000)))
    (tmp_path / "new").write_text("".join(f"{i}\n" for i in range(3000) if i % 10))
    patch = probe("diff", "old", "new", "old", "new", cwd=tmp_path).stdout
    changed = [line for line in patch.splitlines()[2:] if line[0] in "+-"]
    assert len(changed) == 300
    # Nothing in common, and far too much for a search: still a diff, and soon.
    (tmp_path / "new").write_text("".join(f"x{i}\n" for i in range(60000)))
    patch = probe("diff", "old", "new", "old", "new", cwd=tmp_path).stdout
    assert patch.count("\n+x") == 60000
