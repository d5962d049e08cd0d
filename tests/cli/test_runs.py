"""`unspool verify` and `unspool optimize`: what is run, compared, kept and written.

Whether a rewrite is faster must not depend on how busy the machine is, so the programs here are slow
in their own way: each sees which version it is, and waits.
"""

import json
import os
import signal
import stat
import subprocess
import time

import pytest
from commands import CARRIED, HEAVY, LOOP, UNSPOOL, environment

SLOW = """
import sys
import time


def heavy(n):
    total = 0
    for k in range(n):
        total += k * n % 7
    return total


def main():
    out = []
    for n in range(200000, 200000 + int(sys.argv[1])):
        out.append(heavy(n))
    with open(__file__) as own:
        text = own.read()
    rewritten = "ordered" "_map" in text
    original = "def heavy" in text and not rewritten
    time.sleep(WAIT)
    print(len(out), out[-1])


if __name__ == "__main__":
    main()
"""
# In the profiled run the profiler has the script's place: it does not wait, and the loop looks worth
# its while.
FASTER = SLOW.replace("WAIT", "2 if original else 0")
SLOWER = SLOW.replace("WAIT", "2 if rewritten else 0")
QUICK = ["--start-method", "fork", "--workers", "2", "--runs", "4"]
# A second of work or more.
ITEMS = "100"
several_processors = pytest.mark.skipif(
    len(os.sched_getaffinity(0)) < 2, reason="one processor is never worth a pool"
)


def config(folder):
    folder.write("unspool.toml", "[bench]\nwarmup = 0\nmin-runs = 4\n")


def test_verify_compares_and_writes_a_certificate(folder):
    folder.write("a.py", LOOP)
    before = folder.files()
    answer = folder.run("verify", "--no-measure", "--workers", "1,2", "a.py")
    assert answer.status == 0, answer.err
    assert "Comparison: equal" in answer.out
    assert "6 of 6 ways to run equal" in answer.out
    files = folder.files()
    assert files.pop(".unspool/.gitignore") == b"*\n"
    certificate = json.loads(files.pop(".unspool/a.certificate.json"))
    assert files == before
    assert certificate["verified"] is True
    assert {item["id"] for item in certificate["obligations"]} >= {"order-kept", "picklable"}
    assert [item["id"] for item in certificate["assumptions"]] == ["A1", "A2", "A3", "A4"]
    assert all("parallel_support" not in name for name in files)


def test_verify_json(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("verify", "--json", "--no-measure", *QUICK[:4], "a.py")
    assert answer.status == 0
    assert json.loads(answer.out)["comparison"]["verdict"] == "equal"


def test_verify_measures(folder):
    config(folder)
    folder.write("a.py", FASTER)
    answer = folder.run("verify", *QUICK, "a.py", ITEMS)
    assert answer.status == 0, answer.out
    assert "Measurement: faster" in answer.out
    slower = folder.write("b.py", SLOWER)
    answer = folder.run("verify", *QUICK, slower.name, ITEMS)
    assert answer.status == 1
    assert "is not faster" in answer.out


@pytest.mark.parametrize("command", ["verify", "optimize"])
def test_nothing_to_rewrite(folder, command):
    folder.write("a.py", CARRIED)
    before = folder.files()
    answer = folder.run(command, "a.py")
    assert answer.status == 1
    assert {k: v for k, v in folder.files().items() if not k.startswith(".unspool/")} == before


def test_verify_notices_a_difference(folder):
    """A program that shows which file it runs from is not the same after a rewrite."""
    folder.write(
        "a.py", LOOP.replace("    print(out)", "    print(out, len(open(__file__).read()))")
    )
    answer = folder.run("verify", "--no-measure", *QUICK[:4], "a.py")
    assert answer.status == 1
    assert "stdout" in answer.out
    assert "Does not do the same" in answer.out


def test_a_program_that_differs_from_itself_cannot_be_verified(folder):
    folder.write("a.py", LOOP.replace("    print(out)", "    import time\n    print(time.time())"))
    answer = folder.run("verify", "--no-measure", *QUICK[:4], "a.py")
    assert answer.status == 2 or answer.status == 1
    assert "differs between two runs of the original" in answer.out


def test_a_run_that_takes_too_long(folder):
    folder.write("a.py", LOOP.replace("    print(out)", "    print(out)\n    while True: pass"))
    for command in ("verify", "optimize"):
        answer = folder.run(command, "--timeout", "1", "a.py", timeout=100)
        assert answer.status == 2


def test_an_interpreter_that_is_none(folder):
    folder.write("a.py", LOOP)
    for python in ("/bin/true", "no-such-python"):
        answer = folder.run("verify", "--python", python, "a.py")
        assert answer.status == 2
        assert python in answer.err


def test_arguments_belong_to_the_script(folder):
    folder.write(
        "a.py", LOOP.replace("    print(out)", "    import sys\n    print(out, sys.argv[1:])")
    )
    answer = folder.run(
        "verify", "--no-measure", "--json", *QUICK[:4], "a.py", "--json", "-q", "--workers", "x y"
    )
    assert answer.status == 0, answer.err
    assert json.loads(answer.out)["arguments"] == ["--json", "-q", "--workers", "x y"]


def test_the_original_may_fail_as_long_as_both_do(folder):
    folder.write("a.py", LOOP.replace("    print(out)", "    print(out)\n    raise KeyError('x')"))
    answer = folder.run("verify", "--no-measure", *QUICK[:4], "a.py")
    assert answer.status == 0, answer.out


@several_processors
def test_optimize_keeps_what_is_equal_and_faster(folder):
    config(folder)
    folder.write("a.py", FASTER)
    (folder.path / "a.py").chmod(0o755)
    plain = folder.python("a.py", ITEMS)
    answer = folder.run("optimize", *QUICK, "a.py", ITEMS)
    assert answer.status == 0, answer.out + answer.err
    assert "a.py is" in answer.out and "times as fast, with the same results" in answer.out
    assert "Rewritten\n  ✓ line 15" in answer.out
    assert "Rewrote a.py" in answer.out and "Added   parallel_support.py" in answer.out
    assert "ordered_map(" in folder.read("a.py")
    assert stat.S_IMODE((folder.path / "a.py").stat().st_mode) == 0o755
    assert folder.python("a.py", ITEMS) == plain
    for name in ("a.html", "a.diff", "a.certificate.json"):
        assert (folder.path / ".unspool" / name).exists()
    html = folder.read(".unspool/a.html")
    assert "http" not in html.replace("http-equiv", "").replace("http://www.w3.org", "")
    assert "<svg" in html and "ordered_map(" in html
    # Progress of a pipe is plain lines on standard error.
    assert "\x1b" not in answer.err and "\r" not in answer.err
    assert answer.err.splitlines()[0] == "• Profiling 1 loop in one run"
    again = folder.run("optimize", *QUICK, "a.py", ITEMS)
    assert again.status == 1


@several_processors
def test_optimize_leaves_what_is_not_faster(folder):
    config(folder)
    folder.write("a.py", SLOWER)
    before = folder.read("a.py")
    answer = folder.run("optimize", *QUICK, "a.py", ITEMS)
    assert answer.status == 1
    assert "a.py stays as it is" in answer.out
    assert "not surely faster" in answer.out
    assert folder.read("a.py") == before
    assert not (folder.path / "parallel_support.py").exists()


def test_optimize_does_not_try_what_is_too_little(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("optimize", "a.py")
    assert answer.status == 1
    assert "too little work" in answer.out
    assert "Comparing" not in answer.err
    unreached = LOOP.replace(
        "    out = []", "    import sys\n    if len(sys.argv) < 2:\n        return\n    out = []"
    )
    folder.write("b.py", unreached)
    assert "not reached with these arguments" in folder.run("optimize", "b.py").out


@several_processors
@pytest.mark.parametrize("flag", ["--dry-run", "--diff"])
def test_optimize_without_writing(folder, flag):
    config(folder)
    folder.write("a.py", FASTER)
    before = folder.read("a.py")
    answer = folder.run("optimize", flag, *QUICK, "a.py", ITEMS)
    assert answer.status == 0, answer.out + answer.err
    assert folder.read("a.py") == before
    assert not (folder.path / "parallel_support.py").exists()
    if flag == "--diff":
        subprocess.run(
            ["git", "apply", "-p0", "-"], cwd=folder.path, input=answer.out.encode(), check=True
        )
        assert "ordered_map(" in folder.read("a.py")


def test_optimize_json(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("optimize", "--json", "a.py")
    assert answer.status == 1
    outcome = json.loads(answer.out)
    assert outcome["reason"] == "no-rewrite"
    [loop] = [loop for loop in outcome["loops"] if loop["line"] == 11]
    assert loop["outcome"] == "too-little"
    assert loop["profile"]["iterations"] == 10


def test_a_script_in_another_folder(folder):
    folder.write("project/tools/a.py", LOOP)
    (folder.path / "project/data").mkdir()
    answer = folder.run(
        "verify", "--no-measure", *QUICK[:4], "../tools/a.py", cwd=folder.path / "project/data"
    )
    assert answer.status == 0, answer.err
    assert (folder.path / "project/data/.unspool/a.certificate.json").exists()


@several_processors
def test_ctrl_c_leaves_nothing_behind(folder):
    folder.write("a.py", FASTER)
    before = folder.read("a.py")
    child = subprocess.Popen(
        [str(UNSPOOL), "optimize", "a.py", ITEMS],
        cwd=folder.path,
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(2.5)
    child.send_signal(signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert child.returncode == 128 + signal.SIGINT
    assert "interrupted; nothing was changed" in errors
    assert folder.read("a.py") == before
    assert sorted(os.listdir(folder.path)) == ["a.py"]


PROFILED = (
    HEAVY
    + """
import __main__
import pickle


class Point:
    def all(self):
        for n in range(2):
            heavy(n)

    def __init__(self, x):
        self.x = x


def walk(depth):
    if depth:
        for _ in range(2):
            walk(depth - 1)


def main():
    assert __main__.Point is Point and pickle.loads(pickle.dumps(Point(3))).x == 3
    for n in range(5):
        if n == 3:
            break
        heavy(n)
    walk(3)
    Point(1).all()
    print([heavy(n) for n in (1, 2, 3) if n > 1], __name__, __doc__, sorted(vars(__main__))[-1])


if __name__ == "__main__":
    main()
"""
)


def test_the_profiler_changes_nothing_and_counts_right(folder):
    from commands import ROOT

    folder.write("a.py", PROFILED)
    plain = folder.python("a.py", "x")
    assert plain.status == 0, plain.err
    rows = PROFILED.splitlines()
    breaking = rows.index("    for n in range(5):") + 1
    walking = rows.index("        for _ in range(2):") + 1
    method = rows.index("        for n in range(2):") + 1
    listing = next(row for row, line in enumerate(rows, 1) if "print([heavy" in line)
    request = folder.write(
        "request.json",
        json.dumps(
            {
                "source": str(folder.path / "a.py"),
                "output": str(folder.path / "answer.json"),
                "loops": [[breaking, 4], [walking, 8], [listing, 10], [method, 8], [1, 0]],
            }
        ),
    )
    (folder.path / "copy").mkdir()
    profiler = ROOT / "python/unspool/_run/profile_loops.py"
    folder.write("copy/a.py", profiler.read_text())
    env = environment(UNSPOOL_PROFILE=str(request))
    import sys

    done = subprocess.run(
        [sys.executable, "a.py", "x"],
        cwd=folder.path / "copy",
        env=env,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stdout) == (plain.status, plain.out), done.stderr
    answer = json.loads(folder.read("answer.json"))
    counts = [
        (loop["executions"], loop["iterations"], loop["most_iterations"])
        for loop in answer["loops"]
    ]
    assert counts == [(1, 4, 4), (7, 14, 2), (1, 3, 3), (1, 2, 2), (0, 0, 0)]
    assert [loop["found"] for loop in answer["loops"]] == [True, True, True, True, False]
    assert 0 < answer["loops"][1]["seconds"] <= answer["seconds"]
