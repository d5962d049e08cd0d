# /// hazard
# entry = "ENV-02"
# expect = "refuse"
# ///
"""Each call writes to the log."""

import logging
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


log = logging.getLogger("hazard")
logging.basicConfig(stream=sys.stdout, format="%(name)s %(message)s", level=logging.INFO)


def step(x):
    log.info("step %d", x)
    return heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(step(x))
    print(out)


if __name__ == "__main__":
    main()
