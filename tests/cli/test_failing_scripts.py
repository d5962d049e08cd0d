"""`verify` and `optimize` of scripts that do not run as they are called: what is said, and what is left."""

import json
import os
import pathlib
import signal
import subprocess
import time

import pytest
from commands import HEAVY, UNSPOOL, environment

MAIN = (
    HEAVY
    + """

def main():
    GET
    out = []
    for n in range(10):
        out.append(heavy(n))
    print(name, out[-1])
    END


if __name__ == "__main__":
    main()
"""
)
QUICK = ["--no-measure", "--start-method", "fork", "--workers", "2"]


def script(get="name = 'x'", end="", imports=""):
    return imports + "\n" + MAIN.replace("GET", get).replace("END", end)


FAILURES = {
    "argv": (
        script("name = sys.argv[1]", imports="import sys"),
        [
            "ended with exit code 1:",
            '|   File "a.py", line ROW, in main\n',
            "| IndexError: list index",
        ],
        "give the script its arguments, after its name",
    ),
    "argparse": (
        script(
            "p = argparse.ArgumentParser(); p.add_argument('name'); name = p.parse_args().name",
            imports="import argparse",
        ),
        ["ended with exit code 2:", "| usage: a.py [-h] name", "arguments are required: name"],
        "give the script its arguments, after its name",
    ),
    "input": (
        script("name = input()"),
        ["| EOFError: EOF when reading a line"],
        "name a file to be read as such with `--stdin FILE`",
    ),
    "file": (
        script("name = open('missing.txt').read()"),
        ["| FileNotFoundError: [Errno 2] No such file or directory: 'missing.txt'"],
        "it runs in a copy of",
    ),
    "module": (
        script("import no_such_module; name = no_such_module"),
        ["| ModuleNotFoundError: No module named 'no_such_module'"],
        "--python PATH",
    ),
    "words": (
        script(
            "name = 'x' if sys.platform == '?' else sys.exit('not today')", imports="import sys"
        ),
        ["| not today"],
        "make it run to its end first",
    ),
    "silent": (
        script("os._exit(3)", imports="import os"),
        ["ended with exit code 3"],
        "make it run to its end first",
    ),
    "signal": (
        script("os.kill(os.getpid(), 9)", imports="import os"),
        ["was ended by signal 9 (Killed)"],
        "make it run to its end first",
    ),
}


@pytest.mark.parametrize("name", FAILURES)
def test_optimize_shows_the_scripts_own_words(folder, name):
    text, words, advice = FAILURES[name]
    folder.write("a.py", text)
    answer = folder.run("optimize", "a.py")
    said = answer.out + answer.err
    assert answer.status == 2, said
    rows = [n for n, line in enumerate(text.splitlines(), 1) if "sys.argv" in line]
    for word in words:
        assert word.replace("ROW", str(rows[0] if rows else 0)) in said
    assert advice in said
    assert "1.00 to 1.00" not in said
    # Neither the profiler nor the copy it ran in.
    assert "_begin" not in said and "/unspool-" not in said


def test_verify_shows_them_too(folder):
    folder.write("a.py", FAILURES["argv"][0])
    answer = folder.run("verify", *QUICK, "a.py")
    assert "| IndexError: list index out of range" in answer.out
    assert "give the script its arguments" in answer.out
    certificate = json.loads(folder.read(".unspool/a.certificate.json"))
    failure = certificate["comparison"]["original"]["failure"]
    assert failure["ending"] == "ended with exit code 1"
    assert failure["stderr"][-1] == "IndexError: list index out of range"


def test_a_script_that_fails_after_its_loops_is_judged(folder):
    folder.write("a.py", script(end="raise SystemExit(3)"))
    answer = folder.run("optimize", "--json", "a.py")
    assert answer.status == 1
    assert json.loads(answer.out)["reason"] == "no-rewrite"
    answer = folder.run("optimize", "--json", "a.py", "argument")
    assert answer.status == 1
    folder.write("a.py", FAILURES["words"][0])
    answer = folder.run("optimize", "--json", "a.py")
    assert (answer.status, json.loads(answer.out)["reason"]) == (2, "script-failed")


def test_much_output_is_cut_to_its_end(folder):
    get = "name = 'x'; print('line\\\\n' * 100000, file=sys.stderr)"
    end = "sys.exit('the end' + '!' * 10000)"
    folder.write("a.py", script(get, end, imports="import sys"))
    answer = folder.run("optimize", "a.py")
    assert len(answer.out) < 3000
    assert "| the end!!!" in answer.out


def test_standard_input_from_a_file(folder):
    folder.write("a.py", script("name = input()"))
    folder.write("in.txt", "Ada\n")
    answer = folder.run("verify", *QUICK, "--json", "--stdin", "in.txt", "a.py")
    assert answer.status == 0, answer.err
    certificate = json.loads(answer.out)
    assert certificate["comparison"]["original"]["exit_code"] == 0
    assert certificate["command"].endswith("a.py < " + str(folder.path / "in.txt"))
    answer = folder.run("optimize", "--stdin", "in.txt", "a.py")
    assert answer.status == 1 and "ended with" not in answer.out
    assert folder.run("optimize", "--stdin", "missing.txt", "a.py").status == 2


@pytest.mark.parametrize("value", ["time.time()", "random.random()"])
def test_what_is_not_repeatable_is_shown(folder, value):
    folder.write("a.py", script(end=f"print('now', {value})", imports="import random, time"))
    answer = folder.run("verify", *QUICK, "a.py")
    assert answer.status == 1
    assert "stdout, line 2 differs between two runs of the original" in answer.out
    assert "    first:  now " in answer.out and "    second: now " in answer.out
    assert "leave it out or fix the seed" in answer.out


def test_nothing_to_gain_predicts_none(folder):
    folder.write("a.py", script())
    answer = folder.run("optimize", "a.py")
    assert answer.status == 1
    assert "predicted  none (the profiled run took" in answer.out


def leftovers(folder):
    return [path.name for path in (folder.path / "tmp").iterdir()]


def processes_of(folder):
    """Processes that have anything of the folder on their command line or as working folder."""
    found = []
    for process in pathlib.Path("/proc").iterdir():
        if not process.name.isdigit() or int(process.name) == os.getpid():
            continue
        try:
            words = (process / "cmdline").read_bytes() + os.fsencode(os.readlink(process / "cwd"))
        except OSError:
            continue
        if os.fsencode(folder.path) in words:
            found.append(words)
    return found


ENDLESS = script(
    end="import subprocess, sys\n"
    "    subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
    "    while True: pass"
)


@pytest.mark.parametrize("command", ["verify", "optimize"])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_in_a_script_without_end(folder, command, number):
    folder.write("a.py", ENDLESS)
    (folder.path / "tmp").mkdir()
    before = folder.files()
    child = subprocess.Popen(
        [str(UNSPOOL), command, "a.py"],
        cwd=folder.path,
        env=environment(TMPDIR=str(folder.path / "tmp")),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(1.5)
    child.send_signal(number)
    out, errors = child.communicate(timeout=60)
    assert child.returncode == 128 + number
    assert errors.endswith("error: interrupted; nothing was changed\n")
    assert folder.files() == before
    assert leftovers(folder) == []
    assert processes_of(folder) == []


def test_a_reader_that_has_gone_leaves_nothing(folder):
    """`unspool optimize ... 2>&1 | head -1`, in a shell whose processes die of a broken pipe."""
    folder.write("a.py", ENDLESS)
    (folder.path / "tmp").mkdir()
    child = subprocess.Popen(
        [str(UNSPOOL), "optimize", "--timeout", "2", "a.py"],
        cwd=folder.path,
        env=environment(TMPDIR=str(folder.path / "tmp")),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    child.stdout.close()
    child.wait(timeout=60)
    assert leftovers(folder) == []
    assert processes_of(folder) == []


def test_a_run_that_takes_too_long_says_what_to_do(folder):
    folder.write("a.py", ENDLESS)
    answer = folder.run("optimize", "--timeout", "1", "a.py", timeout=60)
    assert answer.status == 2
    assert "did not end within 1.00 s; allow it more with `--timeout SECONDS`" in answer.err


def test_the_script_changes_while_it_is_tried(folder):
    """What optimize has to offer is of a text that is no more."""
    wait = "import time; text = open(__file__).read(); time.sleep(0 if 'ordered' '_map' in text else 2)"
    text = script(wait + "; name = 'x'").replace("range(10)", "range(200000, 200100)")
    target = folder.path / "a.py"
    target.write_text(text)
    folder.write("unspool.toml", "[bench]\nwarmup = 0\nmin-runs = 4\n")
    child = subprocess.Popen(
        [
            str(UNSPOOL),
            "optimize",
            "--start-method",
            "fork",
            "--workers",
            "2",
            "--runs",
            "4",
            "a.py",
        ],
        cwd=folder.path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    time.sleep(3)
    target.write_text(text + "# mine\n")
    out, _ = child.communicate(timeout=300)
    assert folder.read("a.py") == text + "# mine\n", out
    assert not (folder.path / "parallel_support.py").exists()
    if child.returncode == 2:
        assert "a.py: UNS063 the file has changed since it was read" in out
