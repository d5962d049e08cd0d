# /// hazard
# entry = "GEN-07"
# expect = "refuse"
# ///
"""The body changes what the generator reads next."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def steps(plan):
    for at in range(len(plan)):
        yield plan[at]


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    plan = [1, 2, 3, 4] * (count // 4)
    out = []
    for x in steps(plan):
        out.append(heavy(x))
        plan[(x + 1) % 4] += 1
        if len(out) > 50:
            break
    print(out, plan)


if __name__ == "__main__":
    main()
