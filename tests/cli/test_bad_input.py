"""Whatever is fed in: a message with place and remedy, the right exit code, and no file lost."""

import os
import signal
import stat
import subprocess
import time

import pytest
from commands import LOOP, UNSPOOL, environment


def test_no_such_file(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("check", "missing.py", "a.py")
    assert answer.status == 2
    assert "missing.py: UNS001" in answer.out
    assert "a.py:11:5: UNS101" in answer.out


@pytest.mark.parametrize("command", ["explain", "verify", "optimize"])
def test_other_commands_name_a_missing_file(folder, command):
    answer = folder.run(command, "missing.py:3" if command == "explain" else "missing.py")
    assert answer.status == 2
    assert "no such file" in answer.err


def test_syntax_error_has_its_place_and_other_files_are_done(folder):
    folder.write("bad.py", "def f(:\n    pass\n")
    folder.write("good.py", LOOP)
    answer = folder.run("check", "--fix", ".")
    assert answer.status == 1
    assert "bad.py:1:7: UNS020" in answer.out
    assert "ordered_map" in folder.read("good.py")
    assert folder.read("bad.py") == "def f(:\n    pass\n"


@pytest.mark.parametrize("command", ["verify", "optimize"])
def test_a_script_that_does_not_parse_is_not_run(folder, command):
    folder.write("bad.py", "print('side effect')\ndef f(:\n")
    answer = folder.run(command, "bad.py")
    assert answer.status == 2
    assert "bad.py:2:" in answer.err
    assert "side effect" not in answer.out


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("nul.py", b"x = 1\0\n", "UNS010"),
        ("bytes.py", b"x = '\xff\xfe'\n", "UNS015"),
        ("cookie.py", b"# -*- coding: klingon -*-\n", "UNS011"),
        ("wide.py", "x = 1\n".encode("utf-16"), "UNS0"),
        ("broken.ipynb", b'{"cells": [', "UNS030"),
        ("shape.ipynb", b'{"cells": 3}', "UNS031"),
    ],
)
def test_content_that_is_not_python(folder, name, content, code):
    folder.write(name, content)
    answer = folder.run("check", "--fix", name)
    assert answer.status == 1
    assert f"{code}" in answer.out
    assert answer.out.startswith(name)
    assert folder.files() == {name: content}


def test_devices_and_pipes_are_not_read(folder):
    os.mkfifo(folder.path / "pipe.py")
    for path in ("pipe.py", "/dev/null", "/dev/zero"):
        answer = folder.run("check", path, timeout=20)
        assert answer.status == 2
        assert "not a regular file" in answer.out


def test_a_folder_for_a_script(folder):
    (folder.path / "d.py").mkdir()
    for command in (["verify", "d.py"], ["optimize", "d.py"], ["explain", "d.py:1"]):
        answer = folder.run(*command)
        assert answer.status == 2
        assert "folder" in answer.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable(folder):
    folder.write("a.py", LOOP).chmod(0)
    answer = folder.run("check", "a.py")
    assert answer.status == 2
    assert "UNS002" in answer.out


def test_notebook_gets_verdicts_but_no_rewrite(folder):
    folder.write(
        "n.ipynb",
        '{"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [],'
        ' "source": ["%matplotlib inline\\n", "def f(n):\\n", "    return sum(range(n))\\n",'
        ' "print([f(n) for n in range(9)])"]}], "metadata": {}, "nbformat": 4,'
        ' "nbformat_minor": 5}',
    )
    before = folder.files()
    answer = folder.run("check", "--fix", "--show-refusals", "n.ipynb")
    assert answer.status == 0
    assert "n.ipynb:cell 1:4:7" in answer.out
    assert folder.files() == before


def test_usage_errors(folder):
    folder.write("a.py", LOOP)
    for arguments in (
        [],
        ["chekc"],
        ["check", "--no-such-option"],
        ["check", "--target-version", "2.7", "a.py"],
        ["check", "--output-format", "xml", "a.py"],
        ["check", "--select", "E501", "a.py"],
        ["check", "--config", "missing.toml", "a.py"],
        ["check", "--config", "check.nonsense = 1", "a.py"],
        ["check", "--color", "blue", "a.py"],
        ["explain", "a.py"],
        ["explain", "a.py:0"],
        ["verify"],
        ["verify", "--workers", "0", "a.py"],
        ["verify", "--start-method", "clone", "a.py"],
        ["optimize", "--runs", "none", "a.py"],
        ["rule", "UNS999"],
        ["debug", "loops"],
    ):
        answer = folder.run(*arguments)
        assert answer.status == 2, arguments
        assert answer.err or "UNS0" in answer.out, arguments


def test_a_configuration_error_has_its_place(folder):
    folder.write("a.py", LOOP)
    folder.write("unspool.toml", "[check]\nselct = []\n")
    answer = folder.run("check", "a.py")
    assert answer.status == 2
    assert "unspool.toml:2:1: UNS041" in answer.out


def test_a_full_disk_is_said(folder):
    folder.write("a.py", LOOP)
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [str(UNSPOOL), "check", "a.py"],
            cwd=folder.path,
            stdout=full,
            stderr=subprocess.PIPE,
            env=environment(),
        )
    assert done.returncode == 2
    assert b"standard output" in done.stderr


def test_a_file_that_must_not_be_written(folder):
    target = folder.write("a.py", LOOP)
    target.chmod(stat.S_IRUSR)
    before = folder.files()
    answer = folder.run("check", "--fix", "a.py")
    assert answer.status == 2
    assert "UNS065" in answer.out
    assert folder.files() == before


def test_mode_encoding_and_line_ends_are_kept(folder):
    text = "# -*- coding: latin-1 -*-\r\n# caf\xe9\r\n" + LOOP.replace("\n", "\r\n")
    target = folder.write("a.py", text.encode("latin-1"))
    target.chmod(0o751)
    assert folder.run("check", "--fix", "a.py").status == 0
    written = target.read_bytes()
    assert b"ordered_map" in written
    assert b"caf\xe9" in written
    assert written.count(b"\n") == written.count(b"\r\n")
    assert stat.S_IMODE(target.stat().st_mode) == 0o751


@pytest.mark.slow
def test_killed_in_the_middle_of_fix_no_file_is_half_written(folder):
    names = [f"m{number:02}.py" for number in range(40)]
    before = {}
    for name in names:
        before[name] = folder.write(name, LOOP + f"# {name}\n" * 200).read_bytes()
    reference = folder.run("check", "--diff", ".")
    assert reference.status == 1
    killed_between = 0
    for attempt in range(30):
        for name in names:
            (folder.path / name).write_bytes(before[name])
        child = subprocess.Popen(
            [str(UNSPOOL), "check", "--fix", "."],
            cwd=folder.path,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )
        # Until the first file has changed, then a moment more or less.
        deadline = time.monotonic() + 60
        while child.poll() is None and time.monotonic() < deadline:
            if any((folder.path / name).read_bytes() != before[name] for name in names):
                break
            if (folder.path / "parallel_support.py").exists() and attempt % 3 == 0:
                break
        time.sleep(0.0005 * (attempt % 5))
        child.send_signal(signal.SIGKILL)
        child.wait()
        changed = [name for name in names if (folder.path / name).read_bytes() != before[name]]
        killed_between += 0 < len(changed) < len(names)
        for name in changed:
            text = folder.read(name)
            assert "ordered_map(" in text
            assert text.endswith(f"# {name}\n" * 200)
            compile(text, name, "exec")
        if changed:
            compile(folder.read("parallel_support.py"), "parallel_support.py", "exec")
            assert folder.read("parallel_support.py").endswith("_pickled([])\n")
    assert killed_between > 0, "never killed while files were being written"
    assert folder.run("check", "--fix", ".").status == 0


def test_a_file_of_nonsense(folder):
    folder.write("a.py", b"(" * 200_000)
    folder.write("b.py", ("x = " + "[" * 5000 + "]" * 5000 + "\n").encode())
    folder.write("c.py", LOOP)
    answer = folder.run("check", "--output-format", "concise", ".", timeout=120)
    assert answer.status == 1
    assert "a.py:1:" in answer.out
    assert "c.py:11:5: UNS101" in answer.out


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("x = " + "(" * 10_000 + "1" + ")" * 10_000 + "\n", "too many nested parentheses"),
        ("for i in r:\n    x = " + "[" * 100_000 + "]" * 100_000, "too many nested parentheses"),
        ("if a: pass\n" + "elif a: pass\n" * 100_000, "too deeply nested"),
        ("x = a" + ".b" * 1_000_000, "too deeply nested"),
        ("x = " + " + ".join(["a"] * 1_000_000), "too deeply nested"),
        ("x = " + "lambda: " * 100_000 + "1", "too deeply nested"),
        ("x = f" + "()" * 200_000, "too deeply nested"),
        ("x = " + "not " * 100_000 + "1", "too deeply nested"),
        ("x = " + "a if b else " * 50_000 + "c", "too deeply nested"),
        ("x = " + 'f"{' * 200 + "1" + '}"' * 200, "f-string"),
        ("x = " + "9" * 1_000_000, "limit"),
        ("\0" * 1_000_000, "null bytes"),
        ("".join(" " * i + "if a:\n" for i in range(3000)), "levels of indentation"),
        ("x = [" + "1, " * 300_000 + "]\n", None),
        ("x = " + " and ".join(["a"] * 100_000), None),
        ("@d\n" * 50_000 + "def f(): pass\n", None),
        ("x = " * 100_000 + "1\n", None),
    ],
    ids=lambda value: None if value is None or len(value) > 40 else value.replace(" ", "-"),
)
def test_out_of_all_proportion(folder, text, words):
    folder.write("a.py", text)
    for command in (["debug", "parse"], ["debug", "ast"], ["debug", "loops"], ["check"]):
        answer = folder.run(*command, "a.py", timeout=120)
        assert answer.status == (1 if words else 0), (command, answer.err[:300])
        if words:
            assert words in answer.out + answer.err
