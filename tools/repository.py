"""What the checkers share: which files belong to the project, and how a finding is printed."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
CPP = (".cpp", ".h", ".def")
BINARY = (".png", ".jpg", ".gif", ".ico", ".gz", ".zip", ".whl")
_FOREIGN = {".git", ".venv", "build", "dist", "__pycache__", ".ruff_cache", ".unspool"}


def files(*suffixes: str, under: str = "") -> list[str]:
    """Paths from the root of files that are, or would be, committed; sorted."""
    try:
        listed = git(
            "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", under or "."
        )
        names = [name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    except (OSError, subprocess.CalledProcessError):
        names = _walk(under)
    return sorted({name for name in names if not suffixes or name.endswith(suffixes)})


def _walk(under: str) -> list[str]:
    names = []
    for folder, folders, here in os.walk(ROOT / under):
        folders[:] = [name for name in folders if name not in _FOREIGN]
        names += [str((pathlib.Path(folder) / name).relative_to(ROOT)) for name in here]
    return names


def git(*arguments: str) -> str:
    return subprocess.run(
        ["git", "-C", str(ROOT), *arguments], check=True, capture_output=True, text=True
    ).stdout


def changed() -> list[str]:
    """Files changed against where this branch left its upstream, or, on the upstream itself, by
    the last commit; with everything not committed yet. All files where history does not tell."""
    head = git("rev-parse", "HEAD").strip()
    base = os.environ.get("UNSPOOL_LINT_BASE", "")
    for candidate in (["@{upstream}"], ["origin/main"], ["main"]) if not base else ():
        try:
            base = git("merge-base", "HEAD", *candidate).strip()
            break
        except subprocess.CalledProcessError:
            continue
    if not base or base == head:
        base = "HEAD~1"
    try:
        names = git("diff", "--name-only", "-z", base).split("\0")
    except subprocess.CalledProcessError:
        return files()
    names += git("ls-files", "--others", "--exclude-standard", "-z").split("\0")
    return sorted({name for name in names if name and (ROOT / name).is_file()})


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def report(findings: list[str], checked: str) -> int:
    """Prints findings, or what was looked at; the exit code."""
    for finding in findings:
        print(finding)
    print(f"{len(findings)} finding{'s' * (len(findings) != 1)} in {checked}", file=sys.stderr)
    return 1 if findings else 0
