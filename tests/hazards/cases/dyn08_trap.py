# /// hazard
# entry = "DYN-08"
# expect = "same-behaviour"
# ///
"""A trace function sees every call."""

import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    seen = []
    sys.settrace(
        lambda frame, event, arg: (
            seen.append(frame.f_code.co_name) if frame.f_code.co_name == "heavy" else None
        )
    )
    out = []
    for x in range(count):
        out.append(heavy(x))
    sys.settrace(None)
    print(out, len(seen))


if __name__ == "__main__":
    main()
