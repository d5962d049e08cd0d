# /// hazard
# entry = "PRO-13"
# expect = "rewrite"
# ///
"""The script logs after the loop."""

import logging
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


log = logging.getLogger("hazard")


def step(x):
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    logging.basicConfig(stream=sys.stdout, format="%(name)s %(message)s")
    out = [step(x) for x in range(count)]
    log.warning("%d steps", len(out))
    print(out)


if __name__ == "__main__":
    main()
