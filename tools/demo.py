"""`unspool optimize` on copies of the example programs, below build/demo.

A program whose source, arguments and executable are those of an earlier demo is not run again: its
summary is shown once more. --again runs everything anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
import subprocess
import sys

from repository import ROOT, files

# Folder of examples/, what makes its data, the command line.
PROGRAMS = [
    ("photo_filter", None, ["photo_filter.py"]),
    ("raytracer", None, ["raytracer.py"]),
    ("log_stats", ["make_data.py", "logs"], ["log_stats.py", "logs"]),
    ("monte_carlo", None, ["clinic.py"]),
]
UNSPOOL = ROOT / "build/release/bin/unspool"
TARGET = ROOT / "build/demo"


def fingerprint(name: str, arguments: list[str]) -> str:
    digest = hashlib.sha256(repr(arguments).encode())
    digest.update(UNSPOOL.read_bytes())
    for path in files(under=f"examples/{name}"):
        digest.update(path.encode() + (ROOT / path).read_bytes())
    return digest.hexdigest()


def optimize(name: str, data: list[str] | None, arguments: list[str]) -> int:
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "examples" / name, folder)
    if data:
        subprocess.run([sys.executable, *data], cwd=folder, check=True)
    environment = dict(os.environ)
    if sys.stdout.isatty() and "NO_COLOR" not in environment:
        environment["FORCE_COLOR"] = "1"
    # Standard error is the terminal's, so that progress shows; the summary is kept.
    child = subprocess.Popen(
        [UNSPOOL, "optimize", "--python", sys.executable, *arguments],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    summary = []
    for line in child.stdout:
        print(line, end="", flush=True)
        summary.append(line)
    (TARGET / f"{name}.summary").write_text("".join(summary))
    return child.wait()


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev demo", description=__doc__)
    parser.add_argument("--again", action="store_true")
    parser.add_argument("names", nargs="*", help=", ".join(name for name, *_ in PROGRAMS))
    options = parser.parse_args()
    TARGET.mkdir(parents=True, exist_ok=True)
    failed = []
    for name, data, arguments in PROGRAMS:
        if options.names and name not in options.names:
            continue
        print(f"\n$ unspool optimize {' '.join(arguments)}", flush=True)
        stamp = TARGET / f"{name}.stamp"
        current = fingerprint(name, arguments)
        if not options.again and stamp.exists() and stamp.read_text() == current:
            print((TARGET / f"{name}.summary").read_text(), end="")
            print("(nothing changed since this ran; ./dev demo --again runs it anew)")
            continue
        stamp.unlink(missing_ok=True)
        status = optimize(name, data, arguments)
        # 1: not faster on this machine, or refused. The summary says which; no failure of the demo.
        if status > 1:
            failed.append(name)
        else:
            stamp.write_text(current)
    print("\nWhat was written:")
    for path in sorted(TARGET.glob("*/.unspool/**/*")):
        if path.is_file() and path.suffix in (".html", ".diff", ".patch", ".json"):
            print(f"  {path.relative_to(ROOT)}")
    for name in failed:
        print(f"{name}: optimize could not run", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
