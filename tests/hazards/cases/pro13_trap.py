# /// hazard
# entry = "PRO-13"
# expect = "refuse"
# ///
"""The body logs."""

import logging
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


log = logging.getLogger("hazard")


def step(x):
    log.warning("step %d", x)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    logging.basicConfig(stream=sys.stdout, format="%(name)s %(message)s")
    out = [step(x) for x in range(count)]
    print(out)


if __name__ == "__main__":
    main()
