# /// hazard
# entry = "IOS-13"
# expect = "refuse"
# ///
"""All iterations read from one archive."""

import io
import sys
import zipfile


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for x in range(count):
            archive.writestr(f"{x}", "x" * x)
    with zipfile.ZipFile(data) as archive:
        out = [heavy(len(archive.read(name))) for name in archive.namelist()]
    print(out)


if __name__ == "__main__":
    main()
