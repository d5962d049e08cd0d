"""The closing line of a test run: tests passed and failed, summed over JUnit files."""

from __future__ import annotations

import argparse
import pathlib
import sys
import xml.etree.ElementTree as xml


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--checks", type=int, default=0, help="checks that wrote no file")
    parser.add_argument("--failed-checks", type=int, default=0, help="how many of them failed")
    parser.add_argument("folders", nargs="*")
    options = parser.parse_args()
    passed, failed, skipped = options.checks - options.failed_checks, options.failed_checks, 0
    for folder in options.folders:
        for path in sorted(pathlib.Path(folder).glob("*.xml")):
            for case in xml.parse(path).getroot().iter("testcase"):
                if case.find("failure") is not None or case.find("error") is not None:
                    failed += 1
                elif case.find("skipped") is not None or case.get("status") == "notrun":
                    skipped += 1
                else:
                    passed += 1
    print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
    return 0


if __name__ == "__main__":
    sys.exit(main())
