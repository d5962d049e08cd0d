"""The walk against git: the same files are ignored, for random trees and random patterns."""

import os
import random
import shutil
import subprocess

import pytest

GIT = shutil.which("git")
NAMES = ["a", "b", "foo", "bar", "x.y", "[q]", "a b", "!n", "#h", "é", "-", "ab"]
PIECES = [
    "a",
    "b",
    "foo",
    "ba",
    "*",
    "**",
    "?",
    "/",
    "/",
    "[ab]",
    "[!a]",
    "[a-f]",
    "\\[q\\]",
    ".py",
    "*.py",
    "[[:alpha:]]",
    "x.y",
    "\\",
    " ",
    "!",
    "#",
    "é",
    "[",
    "]",
    "[]-a]",
    "[^b]",
    "-",
]


def pattern(rng):
    kind = rng.random()
    if kind < 0.25:
        text = rng.choice(NAMES) + rng.choice(["", "/", ".py", "/*", "/**", "/**/*.py"])
    elif kind < 0.4:
        text = "/".join(rng.choice(NAMES + ["*", "**", "?"]) for _ in range(rng.randint(1, 4)))
    else:
        text = "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 5)))
    if rng.random() < 0.25:
        text = "!" + text
    if rng.random() < 0.2:
        text = "/" + text
    if rng.random() < 0.15:
        text += rng.choice(["/", " ", "\\ ", "\r", "  "])
    return text


def make_tree(rng, root):
    folders = [root]
    for _ in range(rng.randint(2, 8)):
        folder = rng.choice(folders) / rng.choice(NAMES)
        if not folder.exists():
            folder.mkdir()
            folders.append(folder)
    for folder in folders:
        for name in rng.sample(NAMES, 4):
            (folder / (name + ".py")).touch()
        if folder == root or rng.random() < 0.35:
            lines = [pattern(rng) for _ in range(rng.randint(1, 6))]
            text = rng.choice(["\n", "\n", "\r\n"]).join(lines) + rng.choice(["", "\n"])
            (folder / ".gitignore").write_bytes(text.encode())
    if rng.random() < 0.3:
        (root / ".git/info").mkdir(exist_ok=True)
        (root / ".git/info/exclude").write_text(pattern(rng) + "\n")


@pytest.mark.skipif(GIT is None, reason="git is the oracle")
def test_same_files_as_git(probe, tmp_path):
    environment = {
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_CONFIG_SYSTEM": "/dev/null",
        "PATH": "/usr/bin:/bin",
        "HOME": str(tmp_path),
        "LC_ALL": "C.UTF-8",
    }
    ignored = 0
    for seed in range(int(os.environ.get("UNSPOOL_WALK_TREES", "150"))):
        rng = random.Random(seed)
        root = tmp_path / str(seed)
        root.mkdir()
        subprocess.run([GIT, "init", "-q", "--template=", root], check=True, env=environment)
        make_tree(rng, root)
        listed = subprocess.run(
            [GIT, "ls-files", "-z", "-o", "--exclude-standard"],
            cwd=root,
            env=environment,
            capture_output=True,
            check=True,
        ).stdout
        theirs = sorted(n for n in listed.decode().split("\0") if n.endswith(".py"))
        # A pattern of no file, as the default excludes are of no interest here.
        ours = probe("walk", "--exclude", "no-such-name", ".", cwd=root).stdout.splitlines()
        assert sorted(ours) == theirs, (
            seed,
            {str(p.relative_to(root)): p.read_bytes() for p in root.rglob(".gitignore")},
        )
        ignored += len(list(root.rglob("*.py"))) - len(theirs)
        shutil.rmtree(root)
    assert ignored > 100


def test_bad_folders(probe, tmp_path):
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg/a.py").touch()
    (tmp_path / "pkg/loop").symlink_to("..")
    (tmp_path / "self.py").symlink_to("self.py")
    (tmp_path / "pkg/out.py").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pkg/pipe.py")
    (tmp_path / "node_modules").mkdir()
    (tmp_path / "node_modules/b.py").touch()
    done = probe("walk", ".", cwd=tmp_path)
    assert (done.stdout.splitlines(), done.returncode) == (["pkg/a.py"], 0)
    # What is named is taken, whatever it is called; problems are words, and the rest is done.
    done = probe(
        "walk",
        "--output-format",
        "concise",
        "node_modules/b.py",
        "pkg",
        "self.py",
        "gone",
        "-",
        cwd=tmp_path,
    )
    assert done.stdout.splitlines() == [
        "- (named)",
        "node_modules/b.py (named)",
        "pkg/a.py",
        "gone: UNS001 no such file or folder",
        "self.py: UNS005 cannot read this file: Too many levels of symbolic links",
    ]
    done = probe("walk", "--force-exclude", "node_modules/b.py", "./pkg/a.py", cwd=tmp_path)
    assert done.stdout.splitlines() == ["pkg/a.py (named)"]


def test_deep_folders(probe, tmp_path):
    deep = tmp_path
    for _ in range(400):
        deep = deep / "dddd"
    os.makedirs(deep)
    (deep / "a.py").touch()
    assert probe("walk", ".", cwd=tmp_path).stdout == "dddd/" * 400 + "a.py\n"
