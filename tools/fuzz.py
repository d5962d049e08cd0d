"""Runs the libFuzzer targets of build/fuzz for a time each.

A corpus grows in build/fuzz-corpus/TARGET from the seeds in tests/fuzz/TARGET; a finding is left in
build/fuzz-findings. Executions and coverage are printed at the end of each.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys

from repository import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev fuzz", description=__doc__)
    parser.add_argument("target", nargs="?", help="one of build/fuzz/bin/*_fuzz, default all")
    parser.add_argument("seconds", nargs="?", type=int, default=60)
    parser.add_argument("--jobs", type=int, default=1)
    options = parser.parse_args()
    targets = sorted((ROOT / "build/fuzz/bin").glob("*_fuzz"))
    if options.target:
        wanted = options.target.removesuffix("_fuzz") + "_fuzz"
        targets = [target for target in targets if target.name == wanted]
    if not targets:
        print("no such fuzz target", file=sys.stderr)
        return 2
    findings = ROOT / "build/fuzz-findings"
    findings.mkdir(parents=True, exist_ok=True)
    status = 0
    for target in targets:
        name = target.name.removesuffix("_fuzz")
        corpus = ROOT / "build/fuzz-corpus" / name
        corpus.mkdir(parents=True, exist_ok=True)
        seeds = [str(p) for p in [ROOT / "tests/fuzz" / name] if p.is_dir()]
        dictionary = ROOT / "tests/fuzz/python.dict"
        command = [
            target,
            f"-max_total_time={options.seconds}",
            "-timeout=20",
            "-rss_limit_mb=4096",
        ]
        command += [f"-artifact_prefix={findings}/{name}-", "-print_final_stats=1"]
        command += [f"-dict={dictionary}"] if dictionary.exists() else []
        done = subprocess.run([*command, corpus, *seeds], stderr=subprocess.PIPE, text=True)
        coverage = re.findall(r"cov: (\d+)", done.stderr)
        executions = re.findall(r"number_of_executed_units: (\d+)", done.stderr)
        print(f"{name}: {(executions or ['?'])[-1]} executions, coverage {(coverage or ['?'])[-1]}")
        if done.returncode:
            print(done.stderr[-6000:])
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
