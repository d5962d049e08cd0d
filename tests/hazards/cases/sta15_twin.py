# /// hazard
# entry = "STA-15"
# expect = "rewrite"
# ///
"""Settings are a dictionary made in the call."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def build(x):
    settings = {}
    settings["step"] = settings.get("step", "") + str(x % 10)
    return settings["step"], heavy(x)


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    print([build(x) for x in range(count)])


if __name__ == "__main__":
    main()
