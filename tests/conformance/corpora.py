"""Where the source files come from."""

from __future__ import annotations

import pathlib
import random
from collections.abc import Iterable

ROOT = pathlib.Path(__file__).resolve().parents[2]
# `./dev conformance` installs requirements/corpus.txt here.
PACKAGES = ROOT / "build" / "corpus"


def python_files(folders: Iterable[pathlib.Path]) -> list[pathlib.Path]:
    """All of them, sorted; links are followed only where they lead to files."""
    found: set[pathlib.Path] = set()
    for folder in folders:
        if folder.is_file():
            found.add(folder)
            continue
        for pattern in ("*.py", "*.pyi"):
            found.update(path for path in folder.rglob(pattern) if path.is_file())
    return sorted(found)


def sample(files: list[pathlib.Path], count: int, seed: int) -> list[pathlib.Path]:
    if count >= len(files):
        return files
    return sorted(random.Random(seed).sample(files, count))
