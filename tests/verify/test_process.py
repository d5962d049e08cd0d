"""Whatever a program does, nothing of it is left: no process, no temporary folder, no waiting."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import time

import pytest

HANG = "import time\nprint(1, flush=True)\ntime.sleep(600)\n"
# Starts a worker outside of its process group and says who it is.
HANG_WITH_CHILD = """
import os, subprocess, sys, time
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"],
                         start_new_session=True)
with open(os.environ["PIDS"], "w") as pids:
    pids.write(f"{os.getpid()} {child.pid}")
time.sleep(600)
"""


def is_alive(pid):
    try:
        with open(f"/proc/{pid}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition, seconds=15):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()


@pytest.fixture
def hanging(probe, tmp_path, few):
    """A verification of a program that hangs, its temporary folder and its processes."""
    root, temporary = tmp_path / "project", tmp_path / "tmp"
    root.mkdir()
    temporary.mkdir()
    (root / "program.py").write_text(HANG_WITH_CHILD)
    pids = tmp_path / "pids"
    request = {
        "do": "verify",
        "matrix": few,
        "subject": {"root": str(root), "script": "program.py", "python": sys.executable},
        "options": {"temporary_folder": str(temporary), "environment": {"PIDS": str(pids)}},
    }
    process = subprocess.Popen(
        [probe.path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdin.write(json.dumps(request).encode())
    process.stdin.close()
    process.stdin = None
    assert wait_until(lambda: pids.exists() and len(pids.read_text().split()) == 2)
    children = [int(pid) for pid in pids.read_text().split()]
    assert all(map(is_alive, children))
    yield process, temporary, children
    process.kill()
    process.wait()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupt_ends_everything(hanging, number):
    process, temporary, children = hanging
    process.send_signal(number)
    output, errors = process.communicate(timeout=15)
    assert process.returncode == 2
    assert json.loads(output) == {"error": "interrupted"}
    assert not any(map(is_alive, children))
    assert list(temporary.iterdir()) == []


def test_killing_us_ends_everything(hanging):
    process, temporary, children = hanging
    process.kill()
    process.wait()
    assert wait_until(lambda: not any(map(is_alive, children)))


def test_time_out_ends_descendants(probe, tmp_path, few):
    root = tmp_path / "project"
    root.mkdir()
    pids = tmp_path / "pids"
    begin = time.monotonic()
    answer = probe.verify(
        root,
        HANG_WITH_CHILD,
        HANG_WITH_CHILD,
        matrix=few,
        options={"timeout_ms": 1000, "environment": {"PIDS": str(pids)}},
    )
    assert time.monotonic() - begin < 10
    assert answer["certificate"]["comparison"]["reason"] == "timeout"
    assert not any(is_alive(int(pid)) for pid in pids.read_text().split())


def test_many_orphans_and_their_children_are_ended(probe, tmp_path, few):
    root = tmp_path / "project"
    root.mkdir()
    pids = tmp_path / "pids"
    program = """
import os, time
for _ in range(20):
    if os.fork() == 0:
        os.setsid()
        if os.fork() > 0:
            os._exit(0)
        with open(os.environ["PIDS"], "a") as pids:
            pids.write(f"{os.getpid()}\\n")
        time.sleep(600)
time.sleep(0.5)
"""
    answer = probe.verify(
        root,
        "import time\ntime.sleep(0)\n",
        program,
        matrix=few,
        options={"grace_ms": 300, "environment": {"PIDS": str(pids)}},
    )
    differences = answer["certificate"]["comparison"]["differences"]
    assert [difference["kind"] for difference in differences] == ["survivors"]
    assert differences[0]["rewritten"].startswith("20: ")
    left = [int(pid) for pid in pids.read_text().split()]
    assert len(left) == 20
    assert not any(map(is_alive, left))


def test_helpers_that_leave_in_time_are_no_survivors(probe, tmp_path, few):
    program = """
import os, time
if os.fork() == 0:
    time.sleep(0.5)
    os._exit(0)
"""
    answer = probe.verify(tmp_path, "pass\n", program, matrix=few, options={"grace_ms": 5000})
    assert answer["certificate"]["comparison"]["verdict"] == "equal"


def test_temporary_folder_is_removed_also_without_permissions(probe, tmp_path, few):
    root, temporary = tmp_path / "project", tmp_path / "tmp"
    root.mkdir()
    temporary.mkdir()
    program = """
import os
os.makedirs("locked/in")
open("locked/in/file", "w").close()
os.chmod("locked/in", 0)
os.chmod("locked", 0)
"""
    answer = probe.verify(
        root, program, program, matrix=few, options={"temporary_folder": str(temporary)}
    )
    assert answer["certificate"]["comparison"]["verdict"] == "equal"
    assert list(temporary.iterdir()) == []


def test_signals_and_limits_are_the_users(probe, tmp_path, few):
    """The program starts as from a shell: default signals, nothing but three files open."""
    program = """
import os, signal
names = (signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD, signal.SIGUSR1, signal.SIGQUIT)
print([signal.getsignal(name) == signal.SIG_DFL for name in names])
print(signal.pthread_sigmask(signal.SIG_BLOCK, []))
print(sorted(int(fd) for fd in os.listdir("/proc/self/fd"))[:-1])
print(os.getpgrp() == os.getpid())
assert signal.getsignal(signal.SIGTERM) == signal.SIG_DFL
raise SystemExit(len(os.listdir("/proc/self/fd")))
"""
    answer = probe.verify(tmp_path, program, program, matrix=few)
    comparison = answer["certificate"]["comparison"]
    assert comparison["verdict"] == "equal"
    assert comparison["original"]["exit_code"] == 4  # 0, 1, 2 and the listing itself


def test_own_stdout_may_be_closed(probe, tmp_path, few):
    (tmp_path / "program.py").write_text("print(1)\n")
    request = {
        "do": "verify",
        "matrix": few,
        "subject": {"root": str(tmp_path), "script": "program.py", "python": sys.executable},
    }
    done = subprocess.run(
        ["sh", "-c", '"$0" >&- 2>&-', probe.path], input=json.dumps(request).encode(), timeout=60
    )
    # Nothing could be told, but nothing was mixed up or waited for either.
    assert done.returncode in (0, 3)
    assert sorted(os.listdir(tmp_path)) == ["program.py"]


def test_no_such_interpreter(probe, tmp_path, few):
    for python, message in [
        ("no-such-python", "no interpreter named no-such-python on PATH"),
        ("/no/such/python", "no interpreter at /no/such/python"),
        ("/bin/false", "/bin/false is not a usable Python interpreter"),
    ]:
        answer = probe.verify(tmp_path, "", "", matrix=few, subject={"python": python})
        assert answer == {"error": message}


def test_interpreter_without_the_hook(probe, tmp_path, few):
    python = tmp_path / "isolated"
    # A launcher that isolates: its own description points back at itself.
    python.write_text(
        f"#!{sys.executable} -I\n"
        "import json, subprocess, sys\n"
        f"done = subprocess.run([{sys.executable!r}, '-I', *sys.argv[1:]], capture_output=True)\n"
        f"out = done.stdout.replace(json.dumps({sys.executable!r}).encode(),"
        " json.dumps(__file__).encode())\n"
        "sys.stdout.buffer.write(out)\n"
        "sys.exit(done.returncode)\n"
    )
    python.chmod(0o755)
    root = tmp_path / "project"
    root.mkdir()
    answer = probe.verify(root, "", "", matrix=few, subject={"python": str(python)})
    assert "did not run the start-up hook" in answer["error"]


def test_hook_is_read_by_old_interpreters():
    import ast

    hook = pathlib.Path(__file__).parents[2] / "python/unspool/_run/sitecustomize.py"
    ast.parse(hook.read_text(encoding="utf-8"), feature_version=(3, 8))
