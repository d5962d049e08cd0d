"""No file of the user is lost, truncated or half-written, and one that cannot be done stops no other."""

import os
import pathlib
import random
import shutil
import signal
import socket
import stat
import subprocess
import tempfile
import threading
import time

import pytest
from commands import LOOP, UNSPOOL, Folder, environment

IS_ROOT = os.geteuid() == 0


def many_loops(count):
    """A file that keeps the analysis busy for a while."""
    body = "\n".join(
        f"def f{number}(xs):\n    out = []\n    for x in xs:\n        out.append(heavy(x))\n"
        "    return out\n"
        for number in range(count)
    )
    return LOOP.split("def main")[0] + body


def in_shell(folder, line):
    return subprocess.run(
        ["sh", "-c", line],
        cwd=folder.path,
        env=environment(),
        capture_output=True,
        text=True,
    )


def start(folder, *arguments, **options):
    return subprocess.Popen(
        [str(UNSPOOL), *arguments],
        cwd=folder.path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        **options,
    )


@pytest.fixture
def nobodys_folder():
    """A folder of somebody who may not do everything, with an executable that all may read."""
    if not IS_ROOT:
        pytest.skip("cannot become somebody else")
    folder = pathlib.Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    shutil.copy(UNSPOOL, folder / "unspool")
    (folder / "work").mkdir()
    os.chown(folder / "work", 65534, 65534)
    yield Folder(folder / "work")
    shutil.rmtree(folder)


def run_as_nobody(folder, *arguments):
    done = subprocess.run(
        [str(folder.path.parent / "unspool"), *arguments],
        cwd=folder.path,
        env=environment(),
        capture_output=True,
        text=True,
        user=65534,
        group=65534,
        extra_groups=[],
    )
    return done.returncode, done.stdout + done.stderr


def test_what_cannot_be_written_stops_no_other_file(folder):
    folder.write("a.py", LOOP)
    folder.write("locked.py", LOOP).chmod(0o444)
    folder.write("two.py", LOOP)
    os.link(folder.path / "two.py", folder.path / "other_name")
    folder.write("taken/b.py", LOOP)
    folder.write("taken/parallel_support.py", "mine = 1\n")
    folder.write("fine/c.py", LOOP)
    answer = folder.run("check", "--fix", "--output-format", "concise", ".")
    assert answer.status == 2
    assert "locked.py: UNS065" in answer.out
    assert "two.py: UNS068 the file has 2 names" in answer.out
    assert "taken/parallel_support.py: UNS067" in answer.out
    assert "Found 5 candidates (2 fixed, 3 remaining) and 3 errors." in answer.out
    for name in ("a.py", "fine/c.py"):
        assert f"Rewrote {name}\n" in answer.out
        assert "ordered_map(" in folder.read(name)
    for name in ("locked.py", "two.py", "taken/b.py", "other_name"):
        assert folder.read(name) == LOOP
    assert (folder.path / "two.py").stat().st_nlink == 2
    assert folder.read("taken/parallel_support.py") == "mine = 1\n"
    assert (folder.path / "fine/parallel_support.py").exists()


def test_no_support_module_where_nothing_was_written(folder):
    folder.write("locked.py", LOOP).chmod(0o444)
    before = folder.files()
    assert folder.run("check", "--fix", ".").status == 2
    assert folder.files() == before


def test_a_link_is_the_file_it_leads_to(folder):
    """Python finds the support module beside the file, not beside the link."""
    folder.write("real/a.py", LOOP)
    (folder.path / "link.py").symlink_to("real/a.py")
    plain = folder.python("link.py")
    answer = folder.run("check", "--fix", "link.py", "real")
    assert answer.status == 0
    assert "Found 1 candidate (1 fixed" in answer.out
    assert (folder.path / "link.py").is_symlink()
    assert sorted(folder.files()) == ["real/a.py", "real/parallel_support.py"]
    assert folder.python("link.py") == plain
    assert folder.python("real/a.py") == plain


def test_verify_of_a_link(folder):
    folder.write("real/a.py", LOOP)
    (folder.path / "link.py").symlink_to("real/a.py")
    answer = folder.run(
        "verify", "--no-measure", "--start-method", "fork", "--workers", "2", "link.py"
    )
    assert answer.status == 0, answer.out + answer.err


def test_links_that_lead_nowhere(folder):
    folder.write("a.py", LOOP)
    (folder.path / "broken.py").symlink_to("missing.py")
    (folder.path / "one.py").symlink_to("two.py")
    (folder.path / "two.py").symlink_to("one.py")
    (folder.path / "again").symlink_to(".")
    (folder.path / "outside.py").symlink_to(__file__)
    answer = folder.run("check", ".")
    assert (answer.status, answer.out.count("UNS")) == (1, 1)
    answer = folder.run(
        "check", "--fix", "--output-format", "concise", "broken.py", "one.py", "a.py"
    )
    assert answer.status == 2
    assert "broken.py: UNS001 no such file" in answer.out
    assert "one.py: UNS005 cannot read this file: Too many levels" in answer.out
    assert "ordered_map(" in folder.read("a.py")


def test_what_is_no_file(folder):
    folder.write("a.py", LOOP)
    (folder.path / "folder.py").mkdir()
    folder.write("folder.py/inner.py", LOOP)
    with socket.socket(socket.AF_UNIX) as listener:
        here = os.getcwd()
        os.chdir(folder.path)
        listener.bind("socket.py")
        os.chdir(here)
        os.mkfifo(folder.path / "pipe.py")
        answer = folder.run("check", "--output-format", "concise", ".", timeout=60)
        assert (answer.status, answer.out.count("UNS101")) == (1, 2)
        answer = folder.run(
            "check", "--fix", "--output-format", "concise", "socket.py", "pipe.py", "/dev/zero",
            "a.py", timeout=60,
        )  # fmt: skip
    assert answer.status == 2
    assert "socket.py: UNS004 not a regular file but a socket" in answer.out
    assert "pipe.py: UNS004 not a regular file but a pipe" in answer.out
    assert "/dev/zero: UNS004 not a regular file but a device" in answer.out
    assert "ordered_map(" in folder.read("a.py")


def test_names_that_are_no_text(folder):
    name = b"caf\xe9\n\x1b[31m.py"
    with open(os.fsencode(folder.path) + b"/" + name, "w") as target:
        target.write(LOOP)
    for output in ("full", "concise", "json", "github"):
        answer = folder.run("check", "--output-format", output, ".")
        assert answer.status == 1
        assert "UNS101" in answer.out
        assert "\x1b" not in answer.out
    assert folder.run("check", "--fix", ".").status == 0
    with open(os.fsencode(folder.path) + b"/" + name) as target:
        assert "ordered_map(" in target.read()


def test_folders_without_end(folder):
    here = os.getcwd()
    os.chdir(folder.path)
    try:
        # Longer than a path may be; reached step by step.
        for _ in range(300):
            os.mkdir("d" * 60)
            os.chdir("d" * 60)
        pathlib.Path("a.py").write_text(LOOP)
    finally:
        os.chdir(here)
    folder.write("b.py", LOOP)
    answer = folder.run("check", "--fix", ".", timeout=60)
    assert answer.status == 2
    assert "File name too long" in answer.out
    assert "ordered_map(" in folder.read("b.py")
    subprocess.run(["rm", "-rf", folder.path / ("d" * 60)], check=True)


NOTEBOOKS = {
    "broken": ('{"cells": [', "UNS030"),
    "empty": ("", "UNS030"),
    "number": ("17", "UNS031"),
    "no_cells": ('{"nbformat": 4, "metadata": {}}', "UNS031"),
    "old": (
        '{"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1"}]}]}',
        "UNS031",
    ),
    "source": ('{"cells": [{"cell_type": "code", "source": 3}], "nbformat": 4}', "UNS031"),
    "deep": ("[" * 200_000, "UNS030"),
}


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_notebooks_that_are_none(folder, name):
    text, code = NOTEBOOKS[name]
    folder.write("n.ipynb", text)
    folder.write("a.py", LOOP)
    answer = folder.run("check", "--fix", "--output-format", "concise", ".")
    assert answer.status == 1
    assert f"n.ipynb: {code}" in answer.out or "n.ipynb:1:" in answer.out and code in answer.out
    assert folder.read("n.ipynb") == text
    assert "ordered_map(" in folder.read("a.py")


def test_a_notebook_with_a_huge_output(folder):
    head = '{"cells": [{"cell_type": "code", "metadata": {}, "source": ["x = (\\n"], "outputs": ["'
    folder.write("n.ipynb", head + "A" * 20_000_000 + '"]}], "metadata": {}, "nbformat": 4}')
    answer = folder.run("check", "n.ipynb", timeout=60)
    assert answer.status == 1
    assert "n.ipynb:cell 1:1:5: UNS020" in answer.out


def test_empty_files(folder):
    for name in ("a.py", "b.pyi", "c.ipynb"):
        folder.write(name, "")
    folder.write("blank.py", "\n\n  \n\t\n\f")
    answer = folder.run("check", "--fix", "a.py", "b.pyi", "blank.py")
    assert (answer.status, answer.out) == (0, "Nothing to rewrite in 3 files.\n")


def test_permission_denied(nobodys_folder):
    folder = nobodys_folder
    for name in ("a.py", "secret.py", "closed/b.py", "fixed/c.py"):
        os.chown(folder.write(name, LOOP), 65534, 65534)
    (folder.path / "secret.py").chmod(0)
    (folder.path / "closed").chmod(0)
    # In a folder of somebody else, the file could be written, but no new one beside it.
    (folder.path / "fixed").chmod(0o755)
    before = folder.files()
    status, out = run_as_nobody(folder, "check", "--fix", "--output-format", "concise", ".")
    (folder.path / "closed").chmod(0o755)
    assert status == 2
    assert "secret.py: UNS002 not allowed to read this file" in out
    assert "closed: UNS007 cannot list this folder: Permission denied" in out
    assert "fixed/c.py: UNS066 cannot write this file: Permission denied" in out
    after = folder.files()
    assert "ordered_map(" in folder.read("a.py")
    assert {name for name in after if after[name] != before.get(name)} == {
        "a.py",
        "parallel_support.py",
    }


def test_a_full_disk_leaves_the_files_as_they_are(folder):
    """No file may grow beyond a size that the rewritten ones exceed."""
    folder.write("a.py", LOOP)
    folder.write("big/b.py", LOOP + "# filler\n" * 8000)
    folder.write("big/parallel_support.py", (folder.path / "a.py").read_text())
    before = folder.files()
    done = in_shell(folder, f"trap '' XFSZ; ulimit -f 8; exec '{UNSPOOL}' check --fix .")
    assert done.returncode == 2
    assert "UNS066 cannot write this file: File too large" in done.stdout
    assert folder.files() == before


@pytest.mark.parametrize("closed", [0, 1, 2])
def test_a_standard_stream_that_is_closed(folder, closed):
    folder.write("a.py", LOOP)
    done = in_shell(folder, f"exec '{UNSPOOL}' check --fix a.py {closed}>&-")
    assert done.returncode == (2 if closed == 1 else 0)
    compile(folder.read("a.py"), "a.py", "exec")
    assert "ordered_map(" in folder.read("a.py")
    support = folder.read("parallel_support.py")
    compile(support, "parallel_support.py", "exec")
    assert "Found" not in support


def test_standard_input_that_is_closed_or_a_folder(folder):
    for redirection in ("<&-", "< ."):
        done = in_shell(folder, f"exec '{UNSPOOL}' check - {redirection}")
        assert done.returncode == 2
        assert "-: UNS00" in done.stdout


def test_a_reader_that_has_gone(folder):
    for number in range(50):
        folder.write(f"m{number}.py", LOOP)
    child = start(folder, "check", ".")
    child.stdout.close()
    child.wait(timeout=60)
    assert child.returncode == -signal.SIGPIPE
    assert "Traceback" not in str(child)


def test_output_file_that_is_a_pipe_a_device_or_a_link(folder):
    folder.write("a.py", LOOP)
    pipe = folder.path / "pipe"
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()), daemon=True)
    reader.start()
    assert folder.run("check", "-o", "pipe", "a.py", timeout=60).status == 1
    reader.join(60)
    assert "UNS101" in got[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    folder.write("real.txt", "old")
    (folder.path / "link.txt").symlink_to("real.txt")
    assert folder.run("check", "-o", "link.txt", "a.py").status == 1
    assert (folder.path / "link.txt").is_symlink() and "UNS101" in folder.read("real.txt")
    answer = folder.run("check", "-o", ".", "a.py")
    assert answer.status == 2 and "Is a directory" in answer.err
    if IS_ROOT:
        device = folder.path / "null"
        os.mknod(device, stat.S_IFCHR | 0o666, os.makedev(1, 3))
        assert folder.run("check", "-o", "null", "a.py").status == 1
        assert stat.S_ISCHR(device.stat().st_mode)


def test_fix_twice_is_fix_once(folder):
    folder.write("a.py", LOOP)
    folder.write("b.py", "# coding: latin-1\r\n" + LOOP.replace("\n", "\r\n"))
    folder.write("pkg/__init__.py", "")
    folder.write("pkg/c.py", LOOP)
    assert folder.run("check", "--fix", ".").status == 0
    once = folder.files()
    times = {name: (folder.path / name).stat().st_mtime_ns for name in once}
    answer = folder.run("check", "--fix", ".")
    assert (answer.status, "Rewrote" in answer.out) == (0, False)
    assert folder.files() == once
    assert {name: (folder.path / name).stat().st_mtime_ns for name in once} == times


def whole(folder, name, before):
    """The text is the old or the new one; true where it is the new one."""
    text = (folder.path / name).read_bytes()
    if text == before:
        return False
    assert b"ordered_map(" in text and text.endswith(before[-45:])
    compile(text, name, "exec")
    compile(folder.read("parallel_support.py"), "parallel_support.py", "exec")
    return True


@pytest.mark.slow
def test_killed_at_random_nothing_is_half_written_and_nothing_lies_about(folder):
    """Modes, line ends, encodings, links: all as before, wherever the process ends."""
    rng = random.Random(7)
    before = {}
    for number in range(24):
        text = LOOP + f"# file {number} é\n" * 400
        data = text.encode()
        if number % 3 == 1:
            data = text.replace("\n", "\r\n").encode()
        elif number % 3 == 2:
            data = ("# coding: latin-1\n" + text).encode("latin-1")
        before[f"m{number:02}.py"] = data
    (folder.path / "link.py").symlink_to("m00.py")
    child_seconds = None
    partly = 0
    for _ in range(40):
        for number, (name, data) in enumerate(before.items()):
            (folder.path / name).write_bytes(data)
            (folder.path / name).chmod(0o640 + number % 2)
        (folder.path / "parallel_support.py").unlink(missing_ok=True)
        begin = time.monotonic()
        child = start(folder, "check", "--fix", ".")
        if child_seconds is None:
            assert child.wait(timeout=120) == 0
            child.stdout.close()
            child_seconds = time.monotonic() - begin
            continue
        time.sleep(rng.uniform(0.2, 1.05) * child_seconds)
        child.kill()
        child.wait()
        child.stdout.close()
        changed = sum(whole(folder, name, data) for name, data in before.items())
        partly += 0 < changed < len(before)
        for number, name in enumerate(before):
            assert stat.S_IMODE((folder.path / name).stat().st_mode) == 0o640 + number % 2
        assert (folder.path / "link.py").is_symlink()
        # What an exchange was cut short at is whole as well, and has a name of its own.
        left = {entry for entry in os.listdir(folder.path) if entry.startswith(".unspool-")}
        assert len(left) <= 1
        for entry in left:
            (folder.path / entry).unlink()
    assert partly > 0, "never killed while files were being written"


def test_files_that_come_and_go_during_the_run(folder):
    """Another program takes files away while they are listed and read."""
    for number in range(60):
        folder.write(f"m{number:02}.py", LOOP)
    stop = threading.Event()

    def disturb():
        rng = random.Random(3)
        while not stop.is_set():
            name = folder.path / f"m{rng.randrange(60):02}.py"
            name.unlink(missing_ok=True)
            time.sleep(0.0005)
            name.write_text(LOOP)

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for _ in range(15):
            answer = folder.run("check", "--output-format", "concise", ".", timeout=60)
            assert answer.status in (1, 2), answer.err
            for line in answer.out.splitlines():
                assert "UNS101" in line or "UNS001" in line or not line.startswith("m"), line
            assert (answer.status == 2) == ("UNS001" in answer.out)
    finally:
        stop.set()
        thread.join()


def test_a_file_that_changes_during_the_run_is_not_overwritten(folder):
    """It was read at once, then another file keeps the analysis busy."""
    folder.write("a.py", LOOP)
    marker = "# written by somebody else\n"
    count = 4000
    for _ in range(5):
        (folder.path / "a.py").write_text(LOOP)
        folder.write("z.py", many_loops(count))
        child = start(folder, "check", "--fix", "--output-format", "concise", ".")
        time.sleep(0.4)
        with open(folder.path / "a.py", "a") as target:
            target.write(marker)
        out, _ = child.communicate(timeout=120)
        assert folder.read("a.py").endswith(marker), "somebody's change is lost"
        if "a.py: UNS063 the file has changed" in out:
            assert child.returncode == 2
            assert folder.read("a.py") == LOOP + marker
            return
        count *= 2  # too quick: it was written before
    pytest.fail("the change never fell between reading and writing")


def test_two_at_once(folder):
    for number in range(20):
        folder.write(f"m{number:02}.py", LOOP)
    for _ in range(5):
        for number in range(20):
            folder.write(f"m{number:02}.py", LOOP)
        (folder.path / "parallel_support.py").unlink(missing_ok=True)
        children = [start(folder, "check", "--fix", ".") for _ in range(3)]
        for child in children:
            child.communicate(timeout=120)
            assert child.returncode in (0, 2)
        assert all(whole(folder, f"m{n:02}.py", LOOP.encode()) for n in range(20))
        assert sorted(os.listdir(folder.path))[-1] == "parallel_support.py"
        assert not [name for name in os.listdir(folder.path) if name.startswith(".")]
