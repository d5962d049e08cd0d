"""Interpreters newer than this system's, unpacked below build/interpreters and run from there.

They come from Debian's unstable release, by this system's own apt: its mirror, its keys, its proxy.
Nothing is installed. An interpreter runs under the loader and libraries that came with it, so that
the age of this system's does not matter.
"""

from __future__ import annotations

import os
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "interpreters"
SUITE = "sid"
# Beside the interpreter itself: its whole standard library, and that library's tests.
PACKAGES = ("python{v}", "libpython{v}-testsuite")


def named(interpreter: str) -> str:
    """What --python means: a path as it is, a version as the path of an interpreter fetched."""
    return str(path_of(interpreter)) if re.fullmatch(r"3\.\d+", interpreter) else interpreter


def path_of(version: str) -> pathlib.Path:
    """The interpreter of a version like 3.14; fetched when it is not there yet."""
    if not re.fullmatch(r"3\.\d+", version):
        raise SystemExit(f"{version} is not a version like 3.14")
    starter = FOLDER / f"python{version}"
    if not starter.exists():
        _fetch(version, starter)
    return starter


def _fetch(version: str, starter: pathlib.Path) -> None:
    if not shutil.which("apt-get"):
        raise SystemExit(f"Python {version} is fetched by apt-get, which is not here; use --python")
    state = FOLDER / "apt"
    for folder in ("lists/partial", "cache/archives/partial"):
        (state / folder).mkdir(parents=True, exist_ok=True)
    (state / "status").touch()
    (state / "sources.list").write_text(f"deb {_mirror()} {SUITE} main\n")
    apt = [
        "apt-get",
        "--quiet=2",
        # Also where apt itself may not write: as another user than root.
        *("-o", f"Dir::State={state}", "-o", f"Dir::State::status={state}/status"),
        *("-o", f"Dir::State::lists={state}/lists", "-o", f"Dir::Cache={state}/cache"),
        *("-o", f"Dir::Etc::SourceList={state}/sources.list", "-o", "Dir::Etc::SourceParts=-"),
        *("-o", "APT::Sandbox::User=root", "-o", "Debug::NoLocking=true"),
        *("-o", "APT::Update::Post-Invoke-Success::=true", "-o", "Dpkg::Use-Pty=0"),
    ]
    print(f"fetching Python {version} into {starter.parent}", file=sys.stderr, flush=True)
    _run([*apt, "update"])
    wanted = [name.format(v=version) for name in PACKAGES]
    shown = _run([*apt, "install", "--print-uris", "--no-install-recommends", "-y", *wanted])
    files = re.findall(r"^'[^']+' (\S+) ", shown, re.MULTILINE)
    if not files:
        raise SystemExit(f"the unstable release has no python{version}")
    _run([*apt, "install", "--download-only", "--no-install-recommends", "-y", *wanted])
    root = starter.parent / f"root-{version}"
    shutil.rmtree(root, ignore_errors=True)
    for name in files:
        _run(["dpkg-deb", "-x", str(state / "cache/archives" / name), str(root)])
        (state / "cache/archives" / name).unlink()
    _write_starter(version, starter, root)


def _mirror() -> str:
    """Where apt gets this release of Debian from."""
    # A mirror of the past has no unstable release of today; what apt is told to use comes first.
    said = _run(["apt-get", "indextargets", "--format", "$(ORIGIN) $(CODENAME) $(REPO_URI)"])
    found = [line.split() for line in said.splitlines()]
    for origin, codename, *address in found:
        if origin == "Debian" and address and "-" not in codename:
            return address[0]
    raise SystemExit("apt knows no Debian mirror; run `apt-get update`, or use --python")


def _write_starter(version: str, starter: pathlib.Path, root: pathlib.Path) -> None:
    loaders = sorted(root.glob("usr/lib*/ld-linux-*.so*")) + sorted(
        root.glob("usr/lib/*/ld-linux-*.so*")
    )
    libraries = sorted({str(path.parent) for path in root.glob("usr/lib/*/libc.so.6")})
    program = root / "usr" / "bin" / f"python{version}"
    if not loaders or not libraries or not program.exists():
        raise SystemExit(f"the packages of Python {version} are not laid out as expected")
    text = (
        "#!/bin/sh\n"
        f"# Python {version} with the loader and libraries it was built for.\n"
        f'exec "{loaders[0]}" --library-path "{":".join(libraries)}" "{program}" "$@"\n'
    )
    unfinished = starter.with_suffix(".new")
    unfinished.write_text(text)
    unfinished.chmod(0o755)
    os.replace(unfinished, starter)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise SystemExit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        print(path_of(asked))
