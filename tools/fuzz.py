"""Runs the libFuzzer targets of build/fuzz for a time each, one process at a time.

The corpus of a target grows in build/fuzz-corpus/TARGET. It starts from tests/fuzz/TARGET and from
small files, and pieces of larger ones, of the standard library's own tests, taken where they are
installed. A finding is left in build/fuzz-findings. Coverage is printed as it grows; executions,
coverage and when it last grew at the end of each.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import pathlib
import random
import re
import subprocess
import sys
import sysconfig
import time

from repository import ROOT

FILES = 150
PIECES = 150
SMALL = 3000
STATUS = re.compile(r"#(\d+)\s+(\w+)\s+cov: (\d+) ft: (\d+) corp: (\d+)")


def seeds(target: str, folder: pathlib.Path) -> None:
    """The same ones every time. What comes before the text differs from target to target."""
    folder.mkdir(parents=True, exist_ok=True)
    chosen = random.Random(target)
    tests = pathlib.Path(sysconfig.get_path("stdlib")) / "test"
    files = sorted(tests.rglob("*.py"))
    small = [path for path in files if 0 < path.stat().st_size <= SMALL]
    texts = [path.read_bytes() for path in chosen.sample(small, min(FILES, len(small)))]
    large = [path for path in files if path.stat().st_size > SMALL]
    for path in chosen.sample(large, min(PIECES, len(large))):
        lines = path.read_bytes().splitlines(keepends=True)
        at = chosen.randrange(len(lines))
        texts.append(b"".join(lines[at : at + 30])[:SMALL])
    for text in texts:
        if target == "edits":
            # FuzzedDataProvider takes numbers from the end of the input.
            seed = text[:1500] + chosen.randbytes(20)
        else:
            seed = bytes([chosen.choice((2, 3, 4, 7))]) + text
        (folder / hashlib.sha256(seed).hexdigest()[:20]).write_bytes(seed)


def run(target: pathlib.Path, seconds: int, findings: pathlib.Path) -> int:
    name = target.name.removesuffix("_fuzz")
    corpus = ROOT / "build/fuzz-corpus" / name
    corpus.mkdir(parents=True, exist_ok=True)
    start_from = ROOT / "build/fuzz-seeds" / name
    seeds(name, start_from)
    folders = [corpus, start_from, *(p for p in [ROOT / "tests/fuzz" / name] if p.is_dir())]
    command = [
        *("nice", "-n", "19", target, *folders),
        *(f"-max_total_time={seconds}", "-fork=0", "-timeout=60", "-rss_limit_mb=4096"),
        *(f"-artifact_prefix={findings}/{name}-", "-print_final_stats=1", "-max_len=4096"),
        f"-dict={ROOT / 'tests/fuzz/python.dict'}",
    ]
    log = findings / f"{name}.log"
    begin = shown = time.monotonic()
    grown, best, executions = 0.0, (0, 0), "?"
    environment = os.environ | {"UBSAN_OPTIONS": "halt_on_error=1:print_stacktrace=1"}
    with (
        log.open("w") as out,
        subprocess.Popen(command, stderr=subprocess.PIPE, text=True, errors="replace",
                         env=environment) as process,
    ):  # fmt: skip
        for line in process.stderr:
            out.write(line)
            if found := re.search(r"number_of_executed_units: (\d+)", line):
                executions = found[1]
            if not (status := STATUS.match(line)):
                continue
            now = time.monotonic()
            edges, features = int(status[3]), int(status[4])
            if edges > best[0]:
                grown = now - begin
            best = max(best, (edges, features))
            if now - shown >= 60 or status[2] in ("INITED", "DONE"):
                shown = now
                print(f"  {name} {now - begin:6.0f} s: {status[1]} executions, coverage {edges} "
                      f"({features} features), {status[5]} inputs", flush=True)  # fmt: skip
    print(f"{name}: {executions} executions, coverage {best[0]} ({best[1]} features), "
          f"last grown after {grown:.0f} s of {time.monotonic() - begin:.0f}", flush=True)  # fmt: skip
    if process.returncode:
        print(log.read_text(errors="replace")[-6000:])
    return process.returncode


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="./dev fuzz", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("target", nargs="?", help="one of build/fuzz/bin/*_fuzz, default all")
    parser.add_argument("seconds", nargs="?", type=int, default=60)
    options = parser.parse_args()
    if options.target and options.target.isdigit():
        options.target, options.seconds = None, int(options.target)
    targets = sorted((ROOT / "build/fuzz/bin").glob("*_fuzz"))
    if options.target:
        wanted = options.target.removesuffix("_fuzz") + "_fuzz"
        targets = [target for target in targets if target.name == wanted]
    if not targets:
        print("no such fuzz target", file=sys.stderr)
        return 2
    findings = ROOT / "build/fuzz-findings"
    findings.mkdir(parents=True, exist_ok=True)
    return 1 if any([run(target, options.seconds, findings) for target in targets]) else 0


if __name__ == "__main__":
    sys.exit(main())
