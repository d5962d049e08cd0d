"""`unspool check`: what it prints, what it writes, and with which exit code it ends."""

import json
import os
import subprocess

import pytest
from commands import CARRIED, HEAVY, LOOP, UNSPOOL, environment


def test_finds_a_loop(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("check", "a.py")
    assert answer.status == 1
    assert "a.py:11:5: UNS101 [*]" in answer.out
    assert "Found 1 candidate." in answer.out
    assert "[*] 1 fixable with the `--fix` option." in answer.out
    assert answer.err == ""


def test_nothing_found_is_success(folder):
    folder.write("a.py", CARRIED)
    answer = folder.run("check", "a.py")
    assert (answer.status, answer.out) == (0, "Nothing to rewrite in 1 file.\n")


def test_refusals_are_shown_on_request_and_are_no_findings(folder):
    folder.write("a.py", CARRIED)
    answer = folder.run("check", "--show-refusals", "a.py")
    assert answer.status == 0
    assert "a.py:11:5: UNS190" in answer.out
    assert "`state`" in answer.out


def test_checking_changes_nothing(folder):
    folder.write("a.py", LOOP)
    before = folder.files()
    for options in ([], ["--diff"], ["--show-refusals"], ["--statistics"], ["--show-files"]):
        folder.run("check", *options, "a.py")
    assert folder.files() == before


def test_fix_rewrites_the_file_and_adds_the_support_module(folder):
    folder.write("a.py", LOOP)
    plain = folder.python("a.py")
    answer = folder.run("check", "--fix", "a.py")
    assert answer.status == 0
    assert "1 fixed, 0 remaining" in answer.out
    assert sorted(folder.files()) == ["a.py", "parallel_support.py"]
    assert "ordered_map(" in folder.read("a.py")
    assert folder.python("a.py") == plain
    again = folder.run("check", "--fix", "a.py")
    assert again.status == 0
    assert "fixed" not in again.out


def test_diff_can_be_applied(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("check", "--diff", "a.py")
    assert answer.status == 1
    assert "Would fix 1 candidate" in answer.err
    subprocess.run(
        ["git", "apply", "-p0", "-"], cwd=folder.path, input=answer.out.encode(), check=True
    )
    by_diff = folder.files()
    folder.write("a.py", LOOP)
    (folder.path / "parallel_support.py").unlink()
    folder.run("check", "--fix", "a.py")
    assert folder.files() == by_diff


def test_diff_of_nothing_is_success(folder):
    folder.write("a.py", CARRIED)
    answer = folder.run("check", "--diff", "a.py")
    assert (answer.status, answer.out, answer.err) == (0, "", "")


def test_standard_input_to_standard_output(folder):
    answer = folder.run("check", "--fix", "-", stdin=LOOP)
    assert answer.status == 0
    assert "ordered_map(" in answer.out
    assert "1 fixed" in answer.err
    assert folder.files() == {}
    untouched = folder.run("check", "--fix", "-", stdin=CARRIED)
    assert untouched.out == CARRIED


def test_standard_input_has_the_name_it_is_given(folder):
    answer = folder.run(
        "check", "--output-format", "concise", "--stdin-filename", "pkg/b.py", "-", stdin=LOOP
    )
    assert answer.out.startswith("pkg/b.py:11:5: UNS101")


def test_another_file_with_the_support_modules_name(folder):
    folder.write("a.py", LOOP)
    folder.write("parallel_support.py", "VALUE = 1\n")
    before = folder.files()
    answer = folder.run("check", "--fix", "a.py")
    assert answer.status == 2
    assert "UNS067" in answer.out
    assert "rename it" in answer.out
    assert folder.files() == before


def test_a_support_module_that_is_there_is_used(folder):
    folder.write("a.py", LOOP)
    folder.run("check", "--fix", "a.py")
    folder.write("b.py", LOOP)
    answer = folder.run("check", "--fix", "b.py")
    assert answer.status == 0
    assert "Added" not in answer.out


def test_json(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("check", "--output-format", "json", "a.py")
    assert answer.status == 1
    [found] = json.loads(answer.out)["diagnostics"]
    assert found["code"] == "UNS101"
    assert found["location"] == {"row": 11, "column": 5}
    assert found["fix"]["applicability"] == "safe"
    assert found["parallel"]["verdict"] == "parallel"
    assert found["parallel"]["strategy"] == "process-pool"
    assert {item["evidence"] for item in found["parallel"]["obligations"]} <= {
        "proved",
        "known",
        "stated",
        "guarded",
    }


def test_json_of_nothing_is_json(folder):
    folder.write("a.py", CARRIED)
    answer = folder.run("check", "--output-format", "json", "a.py")
    assert json.loads(answer.out)["diagnostics"] == []


def test_github(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("check", "--output-format", "github", "a.py")
    assert answer.out.startswith("::warning title=unspool (UNS101),file=")
    assert answer.out.count("\n") == 1


def test_output_file(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("check", "--output-format", "json", "-o", "out.json", "a.py")
    assert (answer.status, answer.out) == (1, "")
    assert len(json.loads(folder.read("out.json"))["diagnostics"]) == 1


def test_output_format_from_the_environment(folder):
    folder.write("a.py", LOOP)
    answer = folder.run("check", "a.py", env={"UNSPOOL_OUTPUT_FORMAT": "github"})
    assert answer.out.startswith("::warning")


@pytest.mark.parametrize(
    ("options", "status"),
    [
        (["--select", "UNS102"], 0),
        (["--select", "UNS1"], 1),
        (["--select", "parallel-loop"], 1),
        (["--ignore", "UNS101"], 0),
        (["--select", "UNS102", "--extend-select", "UNS101"], 1),
        (["--exit-zero"], 0),
        (["--isolated", "-q"], 1),
        (["-s"], 1),
        (["--target-version", "py39"], 1),
        (["--config", "check.ignore = ['UNS101']"], 0),
        (["--exclude", "a.py", "--force-exclude"], 0),
    ],
)
def test_options_that_decide_the_exit_code(folder, options, status):
    folder.write("a.py", LOOP)
    assert folder.run("check", *options, "a.py").status == status


def test_configuration_file(folder):
    folder.write("a.py", LOOP)
    folder.write("pyproject.toml", '[tool.unspool.check]\nignore = ["UNS101"]\n')
    assert folder.run("check", "a.py").status == 0
    assert folder.run("check", "--isolated", "a.py").status == 1


def test_pragma(folder):
    for comment in ("# unspool: ignore[UNS101]", "# noqa: UNS101"):
        folder.write("a.py", LOOP.replace("range(10):", f"range(10):  {comment}"))
        assert folder.run("check", "a.py").status == 0
        before = folder.files()
        assert folder.run("check", "--fix", "a.py").status == 0
        assert folder.files() == before


def test_unfixable(folder):
    folder.write("a.py", LOOP)
    before = folder.files()
    answer = folder.run("check", "--fix", "--unfixable", "UNS101", "a.py")
    assert answer.status == 1
    assert folder.files() == before


TWO = (
    HEAVY
    + """

def main():
    first = []
    for n in range(10):
        first.append(heavy(n))
    second = [heavy(n) for n in range(20)]
    print(first, second)


if __name__ == "__main__":
    main()
"""
)


def test_only_one_place(folder):
    folder.write("a.py", TWO)
    plain = folder.python("a.py")
    answer = folder.run("check", "--fix", "--only", "a.py:13", "a.py")
    assert answer.status == 0
    text = folder.read("a.py")
    assert text.count("ordered_map(") == 1
    assert "for n in range(10):" in text
    assert folder.python("a.py") == plain


def test_only_needs_a_loop(folder):
    folder.write("a.py", TWO)
    answer = folder.run("check", "--only", "a.py:1", "a.py")
    assert answer.status == 2
    assert "no loop or comprehension at a.py:1" in answer.err
    assert folder.run("check", "--only", "a.py", "a.py").status == 2


def test_what_is_left_is_shown_where_it_stands_after_the_fix(folder):
    folder.write("a.py", TWO)
    answer = folder.run(
        "check", "--fix", "--unfixable", "UNS102", "--output-format", "concise", "a.py"
    )
    assert answer.status == 1
    row = int(answer.out.split(":")[1])
    assert "second = [heavy" in folder.read("a.py").splitlines()[row - 1]


def test_exit_non_zero_on_fix(folder):
    folder.write("a.py", LOOP)
    assert folder.run("check", "--fix", "--exit-non-zero-on-fix", "a.py").status == 1


def test_statistics(folder):
    folder.write("a.py", TWO)
    answer = folder.run("check", "--statistics", "-q", "a.py")
    assert answer.out == "1\tUNS101\t[*] parallel-loop\n1\tUNS102\t[*] parallel-comprehension\n"


def test_folder_of_files_is_sorted_and_the_same_each_time(folder):
    for name in ("z", "b", "pkg/m", "pkg/a"):
        folder.write(f"{name}.py", LOOP)
    first = folder.run("check", "--output-format", "concise", ".")
    paths = [line.split(":")[0] for line in first.out.splitlines() if "UNS101" in line]
    assert paths == ["b.py", "pkg/a.py", "pkg/m.py", "z.py"]
    for _ in range(5):
        assert folder.run("check", "--output-format", "concise", ".") == first
    listed = folder.run("check", "--show-files", ".")
    assert listed.out.split() == paths


def test_many_files_at_once_are_fixed(folder):
    for number in range(12):
        folder.write(f"d{number % 3}/m{number}.py", LOOP)
    answer = folder.run("check", "--fix", ".")
    assert answer.status == 0
    assert "12 fixed" in answer.out
    assert sum("parallel_support" in name for name in folder.files()) == 3


def test_scripts_and_modules(folder):
    text = (
        HEAVY
        + """

def all_of(numbers):
    return [heavy(n) for n in numbers]
"""
    )
    folder.write("module.py", text)
    assert folder.run("check", "--no-entry", "module.py").status == 0
    folder.write(
        "script.py", text + "\n\nif __name__ == '__main__':\n    print(all_of([1, 2, 3]))\n"
    )
    assert folder.run("check", "script.py").status == 1


def test_arguments_from_a_file(folder):
    folder.write("a.py", LOOP)
    folder.write("args", "check\n--output-format\nconcise\na.py\n")
    assert "UNS101" in folder.run("@args").out
    missing = folder.run("@nothing")
    assert missing.status == 2
    assert "@nothing" in missing.err


def test_colours(folder):
    folder.write("a.py", LOOP)
    assert "\x1b[" not in folder.run("check", "a.py").out
    assert "\x1b[" in folder.run("check", "--color", "always", "a.py").out
    assert "\x1b[" in folder.run("check", "a.py", env={"FORCE_COLOR": "1"}).out
    both = folder.run("check", "--color", "never", "a.py", env={"FORCE_COLOR": "1"})
    assert "\x1b[" not in both.out


def on_a_terminal(folder, *arguments, **variables):
    """Output of a command whose standard output and error are a terminal."""
    master, slave = os.openpty()
    child = subprocess.Popen(
        [str(UNSPOOL), *arguments],
        cwd=folder.path,
        stdin=subprocess.DEVNULL,
        stdout=slave,
        stderr=slave,
        env=environment(TERM="xterm-256color") | variables,
    )
    os.close(slave)
    output = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:
            break
        if not part:
            break
        output += part
    os.close(master)
    child.wait()
    return output.decode()


def test_a_terminal_gets_colours_unless_they_are_not_wanted(folder):
    folder.write("a.py", LOOP)
    assert "\x1b[" in on_a_terminal(folder, "check", "a.py")
    assert "\x1b[" not in on_a_terminal(folder, "check", "a.py", NO_COLOR="1")
    assert "\x1b[" not in on_a_terminal(folder, "check", "a.py", TERM="dumb")


def test_an_async_loop_is_refused_in_words(folder):
    folder.write(
        "a.py", "async def every(items):\n    async for item in items:\n        yield item\n"
    )
    answer = folder.run("check", "--show-refusals", "a.py")
    assert answer.status == 0
    assert "a.py:2:5: UNS190" in answer.out
    assert answer.err == ""


@pytest.mark.parametrize(
    "mark",
    ["# @generated by build.py", "#!/usr/bin/env python3\n\n#  Do not edit!", "# Autogenerated"],
)
def test_generated_files_are_left_alone(folder, mark):
    folder.write("a.py", mark + "\n" + LOOP)
    answer = folder.run("check", "--fix", "--show-refusals", "a.py")
    assert "the file says that it is generated" in answer.out
    assert set(folder.files()) == {"a.py"}
    assert folder.read("a.py") == mark + "\n" + LOOP


def test_only_the_comments_at_the_top_say_that_a_file_is_generated(folder):
    folder.write("a.py", '"""Text."""\n# do not edit\n' + LOOP)
    assert "[*] 1 fixable" in folder.run("check", "a.py").out
