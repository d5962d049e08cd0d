"""Writing: all or nothing, whatever happens, and nothing but what was asked."""

import os
import pathlib
import random
import signal
import stat
import subprocess
import time

import pytest


def test_killed_at_any_moment(probe, tmp_path):
    """A process that rewrites two files without end is killed; each file is always whole."""
    rng = random.Random(5)
    files = [tmp_path / "a.py", tmp_path / "b.py"]
    for file in files:
        file.write_text("a" * 200_000 + "\n")
    for _ in range(40):
        child = subprocess.Popen(
            [probe.binary, "write-forever", *files], cwd=tmp_path, stdout=subprocess.PIPE
        )
        if rng.random() < 0.9:
            child.stdout.readline()
        time.sleep(rng.random() * 0.03)
        assert child.poll() is None
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        for file in files:
            text = file.read_text()
            assert text.endswith("\n") and len(text) >= 200_001
            assert len(set(text[:-1])) == 1, "half of one version and half of another"


def test_mode_owner_and_nothing_left_behind(probe, tmp_path):
    file = tmp_path / "a.py"
    file.write_text("old\n")
    file.chmod(0o751)
    if os.getuid() == 0:
        os.chown(file, 1234, 2345)
    before = file.stat()
    done = probe("write", ".", "a.py=new", cwd=tmp_path)
    assert (done.stdout, done.returncode) == ("", 0)
    after = file.stat()
    assert file.read_text() == "new\n"
    assert (after.st_mode, after.st_uid, after.st_gid) == (
        before.st_mode,
        before.st_uid,
        before.st_gid,
    )
    assert after.st_ino != before.st_ino
    assert os.listdir(tmp_path) == ["a.py"]


def test_stale_and_read_only_files_stop_all(probe, tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.py").write_text("old\n")
    done = probe(
        "write", ".", "--output-format", "concise", "a.py=new", "--stale", "b.py=new", cwd=tmp_path
    )
    assert (
        done.stdout == "b.py: UNS063 the file has changed since it was read; nothing was written\n"
    )
    (tmp_path / "b.py").chmod(0o444)
    done = probe("write", ".", "--output-format", "concise", "a.py=new", "b.py=new", cwd=tmp_path)
    assert done.stdout == "b.py: UNS065 the file is read-only; nothing was written\n"
    assert [(tmp_path / f"{n}.py").read_text() for n in "ab"] == ["old\n", "old\n"]
    assert sorted(os.listdir(tmp_path)) == ["a.py", "b.py"]


def test_links(probe, tmp_path):
    root = tmp_path / "project"
    outside = tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "x.py").write_text("old\n")
    (root / "real.py").write_text("old\n")
    (root / "in.py").symlink_to("real.py")
    (root / "out.py").symlink_to("../outside/x.py")
    (root / "dir").symlink_to("../outside")
    done = probe("write", ".", "in.py=new", cwd=root)
    assert (done.returncode, (root / "in.py").is_symlink()) == (0, True)
    assert (root / "real.py").read_text() == "new\n"
    for path in ("out.py", "dir/x.py"):
        done = probe("write", ".", "--output-format", "concise", f"{path}=new", cwd=root)
        assert "UNS064" in done.stdout and str(outside / "x.py") in done.stdout
        assert (outside / "x.py").read_text() == "old\n"
    # One file by two names: the second change was not made on top of the first.
    done = probe("write", ".", "in.py=a", "real.py=b", cwd=root)
    assert done.returncode == 1 and (root / "real.py").read_text() == "new\n"


@pytest.mark.skipif(not pathlib.Path("/dev/full").exists(), reason="needs a small file system")
def test_full_disk(probe, tmp_path):
    small = tmp_path / "small"
    small.mkdir()
    if (
        os.getuid() != 0
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", small]).returncode
        != 0
    ):
        pytest.skip("cannot mount a small file system")
    try:
        (small / "a.py").write_text("old\n")
        done = probe("write", ".", "--output-format", "concise", "a.py=" + "x" * 100_000, cwd=small)
        assert done.stdout == (
            "a.py: UNS066 cannot write this file: No space left on device; it was left as it is\n"
        )
        assert (small / "a.py").read_text() == "old\n" and os.listdir(small) == ["a.py"]
        assert stat.S_ISREG((small / "a.py").stat().st_mode)
    finally:
        subprocess.run(["umount", small], check=True)
