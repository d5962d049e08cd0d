"""Programs of every shape run as they would by themselves."""

import os

import pytest


def comparison_of(answer):
    return answer["certificate"]["comparison"]


def test_name_with_spaces_and_letters(probe, tmp_path, few):
    root = tmp_path / "mein Örtchen 日本"
    root.mkdir()
    program = """
import os, sys
print(__file__, sys.argv, sys.path[0], os.getcwd(), __name__)
"""
    answer = probe.verify(
        root,
        program,
        program + "pass\n",
        script="ein prögramm 'x' $1.py",
        subject={"arguments": ["a b", "ü", "", "-q", "'"]},
        matrix=few,
    )
    assert comparison_of(answer)["verdict"] == "equal"
    command = answer["certificate"]["command"]
    assert command.endswith(r"""'ein prögramm '\''x'\'' $1.py' 'a b' 'ü' '' -q ''\'''""")


def test_name_that_is_not_utf8(probe, tmp_path, few):
    (tmp_path / "in").mkdir()
    with open(os.fsencode(tmp_path) + b"/in/caf\xe9", "wb") as file:
        file.write(b"1")
    program = 'import os\nos.rename(b"in/caf\\xe9", b"in/\\xff")\n'
    changed = 'import os\nos.rename(b"in/caf\\xe9", b"in/\\xfe")\n'
    answer = probe.verify(tmp_path, program, changed, matrix=few)
    places = [difference["place"] for difference in comparison_of(answer)["differences"]]
    assert places == ["in/\\xfe", "in/\\xff"]


def test_main_is_as_in_a_plain_run(probe, tmp_path, few):
    program = """
import os, sys
main = sys.modules["__main__"]
facts = [__name__, __file__, main.__spec__, sys.argv, os.path.basename(sys.path[0]),
         [entry for entry in sys.path if "hook" in entry], sys.excepthook is sys.__excepthook__,
         "multiprocessing" in sys.modules, "resource" in sys.modules, "json" in sys.modules]
expected = ["__main__", os.path.abspath("program.py"), None, ["program.py", "x"],
            os.path.basename(os.getcwd()),
            [], True, False, False, False]
assert facts == expected, facts
"""
    answer = probe.verify(tmp_path, program, program, subject={"arguments": ["x"]}, matrix=few)
    assert comparison_of(answer)["verdict"] == "equal"
    assert comparison_of(answer)["original"]["exit_code"] == 0


def test_sitecustomize_of_the_user_is_run(probe, tmp_path, few):
    site = tmp_path / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text("import builtins\nbuiltins.FROM_SITE = 7\n")
    root = tmp_path / "project"
    root.mkdir()
    answer = probe.verify(
        root,
        "import sitecustomize\nraise SystemExit(FROM_SITE)\n",
        "import sitecustomize\nraise SystemExit(FROM_SITE)\n",
        options={"environment": {"PYTHONPATH": str(site)}},
        matrix=few,
    )
    assert comparison_of(answer)["original"]["exit_code"] == 7


PACKAGE = {
    "pkg/__init__.py": "",
    "pkg/helper.py": "def double(n):\n    return 2 * n\n",
    "pkg/tool.py": "from pkg.helper import double\nprint([double(n) for n in range(4)])\n",
}


def test_module_of_a_package(probe, tmp_path, few):
    changed = dict(PACKAGE)
    changed["pkg/tool.py"] = """
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from pkg.helper import double


def main():
    with ProcessPoolExecutor(2, multiprocessing.get_context()) as pool:
        print(list(pool.map(double, range(4))))


if __name__ == "__main__":
    main()
"""
    answer = probe.verify(
        tmp_path,
        PACKAGE,
        changed,
        subject={"script": "", "module": "pkg.tool"},
        matrix={"start_methods": ["fork", "spawn", "forkserver"], "workers": [2]},
    )
    assert comparison_of(answer)["verdict"] == "equal", answer["text"]


def test_module_of_a_package_run_as_script(probe, tmp_path, few):
    original = {
        "pkg/tool.py": "import helper\nprint(helper.double(2))\n",
        "pkg/helper.py": PACKAGE["pkg/helper.py"],
    }
    wrong = {"pkg/helper.py": "def double(n):\n    return n + n + 1\n"}
    for rewritten, verdict in [(original, "equal"), (wrong, "different")]:
        answer = probe.verify(tmp_path, original, rewritten, script="pkg/tool.py", matrix=few)
        assert comparison_of(answer)["verdict"] == verdict


def test_working_folder_below_the_root(probe, tmp_path, few):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "in.txt").write_text("5")
    program = 'open("out.txt", "w").write(open("in.txt").read())\n'
    answer = probe.verify(
        tmp_path,
        {"src/program.py": program},
        {"src/program.py": program.replace("out", "off")},
        script="src/program.py",
        subject={"working_folder": "data"},
        matrix=few,
    )
    places = [difference["place"] for difference in comparison_of(answer)["differences"]]
    assert places == ["data/off.txt", "data/out.txt"]


def test_standard_input(probe, tmp_path, few):
    text = tmp_path / "input.txt"
    text.write_text("a\nb\n")
    root = tmp_path / "project"
    root.mkdir()
    program = "import sys\nsys.exit(len(sys.stdin.read()))\n"
    answer = probe.verify(root, program, program, matrix=few, options={"stdin_file": str(text)})
    assert comparison_of(answer)["original"]["exit_code"] == 4
    answer = probe.verify(root, program, program, matrix=few)
    assert comparison_of(answer)["original"]["exit_code"] == 0


def test_closed_stdout(probe, tmp_path, few):
    program = "import sys\nprint(1)\nsys.exit(3 if sys.stdout is None else 4)\n"
    answer = probe.verify(tmp_path, program, program, matrix=few, options={"close_stdout": True})
    assert comparison_of(answer)["verdict"] == "equal"
    assert comparison_of(answer)["original"]["exit_code"] == 3


def test_large_output_is_compared_to_its_end(probe, tmp_path, few):
    program = """
import sys
line = b"x" * 99 + b"\\n"
for _ in range(1000):
    sys.stdout.buffer.write(line * 1000)
"""
    answer = probe.verify(tmp_path, program, program, matrix=few)
    assert comparison_of(answer)["verdict"] == "equal"
    assert comparison_of(answer)["original"]["stdout_bytes"] == 100_000_000
    answer = probe.verify(tmp_path, program, program + "print(end='y')\n", matrix=few)
    (difference,) = comparison_of(answer)["differences"]
    assert difference["place"] == "stdout, line 1000001"
    assert difference["original"] == "<end>"
    assert difference["rewritten"] == "y"


def test_folder_too_large_to_copy(probe, tmp_path, few):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "big").write_bytes(b"0" * 3_000_000)
    limit = {"copy_limit": 1 << 20}
    answer = probe.verify(tmp_path, "", "", matrix=few, options=limit)
    assert "holds more than 1 MiB, too much to copy for each run" in answer["error"]
    program = 'import os\nraise SystemExit(os.path.getsize("data/big") == 3_000_000)\n'
    answer = probe.verify(
        tmp_path, program, program, matrix=few, options={**limit, "linked": ["data"]}
    )
    assert comparison_of(answer)["original"]["exit_code"] == 1
    answer = probe.verify(tmp_path, "", "", matrix=few, options={"copy_file_limit": 1})
    assert "holds more than 1 files" in answer["error"]


def test_links_lead_where_they_led_but_never_into_the_users_folder(probe, tmp_path, few):
    root = tmp_path / "project"
    root.mkdir()
    (root / "data.txt").write_text("inside")
    (tmp_path / "outside.txt").write_text("outside")
    (root / "absolute").symlink_to(root / "data.txt")
    (root / "relative").symlink_to("../outside.txt")
    (root / "loop").symlink_to("loop")
    program = """
assert open("relative").read() == "outside"
with open("absolute", "w") as out:
    out.write("changed")
assert open("data.txt").read() == "changed"
"""
    answer = probe.verify(root, program, program, matrix=few)
    assert comparison_of(answer)["verdict"] == "equal"
    assert comparison_of(answer)["original"]["exit_code"] == 0
    assert (root / "data.txt").read_text() == "inside"


def test_stale_byte_code_of_the_other_version_is_not_used(probe, tmp_path, few):
    original = {"program.py": "import part\nprint(part.VALUE)\n", "part.py": "VALUE = 1\n"}
    rewritten = {"part.py": "VALUE = 2\n"}
    for path, text in original.items():
        (tmp_path / path).write_text(text)
    import py_compile

    py_compile.compile(str(tmp_path / "part.py"))
    answer = probe.verify(tmp_path, original, rewritten, matrix=few)
    (difference,) = comparison_of(answer)["differences"]
    assert (difference["original"], difference["rewritten"]) == ("1", "2")


def test_script_outside_the_root(probe, tmp_path, few):
    answer = probe.verify(tmp_path, "", "", matrix=few, subject={"script": "/etc/program.py"})
    assert "does not lie below" in answer["error"]
    files = [{"path": "../program.py", "original": "", "rewritten": ""}]
    answer = probe.verify(tmp_path, "", "", matrix=few, subject={"files": files})
    assert "is not below the folder" in answer["error"]
    assert not (tmp_path.parent / "program.py").exists()


@pytest.mark.parametrize("text", ["def f(:\n", "raise ImportError('x')\n"])
def test_originals_that_cannot_run(probe, tmp_path, few, text):
    answer = probe.verify(tmp_path, text, text, matrix=few)
    assert comparison_of(answer)["verdict"] == "not-runnable", answer["text"]
