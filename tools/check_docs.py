"""What the documents name has to exist: paths, links, commands, verbs, layers.

README.md, CONTRIBUTING.md, ARCHITECTURE.md and docs/ are read. Commands are held against
`unspool --help` of the development build, verbs against `./dev --help`, the phase table of
ARCHITECTURE.md against src/layers.toml.
"""

from __future__ import annotations

import os
import pathlib
import posixpath
import re
import subprocess
import sys
import tomllib

from repository import ROOT, files, report, text

TOP = "bench|cmake|data|docs|examples|python|requirements|src|tests|tools"
PATH = re.compile(rf"`((?:{TOP})/[\w./*{{}},-]+|[A-Z]+\.md|CMake\w+\.\w+|pyproject\.toml)`")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)")
COMMAND = re.compile(r"(?:^\$ |`|python -m )unspool (?P<word>[a-z][\w-]*)", re.MULTILINE)
VERB = re.compile(r"\./dev (?P<verb>[a-z][\w-]*)")


def missing_paths(name: str, content: str) -> list[str]:
    return [
        f"{name}: {path} does not exist"
        for path in dict.fromkeys(PATH.findall(content))
        if not any(ROOT.glob(path.rstrip("/")))
    ]


def broken_links(name: str, content: str) -> list[str]:
    folder = posixpath.dirname(name)
    return [
        f"{name}: link to {target} leads nowhere"
        for target in dict.fromkeys(LINK.findall(content))
        if not (ROOT / folder / target).exists()
    ]


def unknown_commands(name: str, content: str, known: set[str]) -> list[str]:
    words = dict.fromkeys(match["word"] for match in COMMAND.finditer(content))
    return [f"{name}: there is no command {word}" for word in words if word not in known]


def unknown_verbs(name: str, content: str, known: set[str]) -> list[str]:
    words = dict.fromkeys(match["verb"] for match in VERB.finditer(content))
    return [f"{name}: there is no verb ./dev {word}" for word in words if word not in known]


def phase_table(content: str, layers: list[str]) -> list[str]:
    """The first column of the table, in order, is the layers that exist."""
    rows = re.findall(r"^\| `src/([\w/]+)`", content, re.MULTILINE)
    named = [row.removeprefix("frontends/") for row in rows]
    built = [name for name in layers if _exists(name)]
    if named != built:
        return [f"ARCHITECTURE.md: phase table has {named}, src/ has {built}"]
    return []


def _exists(layer: str) -> bool:
    return any((ROOT / "src" / path).is_dir() for path in (layer, f"frontends/{layer}"))


def commands(executable: pathlib.Path) -> set[str]:
    done = subprocess.run([executable, "--help"], capture_output=True, text=True, check=True)
    # Names of subcommands stand indented at the start of a line.
    return set(re.findall(r"^ {2,}([a-z][\w-]*)\b", done.stdout, re.MULTILINE))


def verbs() -> set[str]:
    done = subprocess.run([ROOT / "dev", "--help"], capture_output=True, text=True, check=True)
    return set(re.findall(r"^ {2}([a-z][\w-]*)\b", done.stdout, re.MULTILINE))


def main() -> int:
    executable = pathlib.Path(os.environ.get("UNSPOOL_BIN", ROOT / "build/dev/bin/unspool"))
    documents = [n for n in files(".md") if "/" not in n or n.startswith("docs/")]
    known, known_verbs = commands(executable), verbs()
    found = []
    for name in documents:
        content = text(name)
        found += missing_paths(name, content) + broken_links(name, content)
        # The past may name what is gone.
        if name != "CHANGELOG.md":
            found += unknown_commands(name, content, known)
            found += unknown_verbs(name, content, known_verbs)
    layers = tomllib.loads(text("src/layers.toml"))["layers"]
    found += phase_table(text("ARCHITECTURE.md"), list(layers))
    return report(found, f"{len(documents)} documents, {len(known)} commands")


if __name__ == "__main__":
    sys.exit(main())
