# /// hazard
# entry = "IOS-10"
# expect = "same-behaviour"
# ///
"""Lines of a file end in different ways, and letters have several bytes."""

import os
import sys
import tempfile


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "text")
        with open(path, "wb") as file:
            for x in range(count):
                file.write(f"\u00e9\u2028{x}".encode() + (b"\r\n", b"\r", b"\n")[x % 3])
        out = []
        with open(path, encoding="utf-8") as lines:
            for line in lines:
                out.append((line, heavy(len(line))))
        print(ascii(out))


if __name__ == "__main__":
    main()
