from typing import NamedTuple


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class P(NamedTuple):
    x: int
    y: int
LOG = []
def record(t):
    LOG.append(t)
    return len(LOG)
def main():
    p = P(1, 2)
    out = []
    for x in range(12):
        record(p._asdict())
        out.append(work(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
