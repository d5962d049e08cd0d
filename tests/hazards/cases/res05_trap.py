# /// hazard
# entry = "RES-05"
# expect = "refuse"
# ///
"""The iterations write to memory that processes share."""

import sys
from multiprocessing import shared_memory


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    block = shared_memory.SharedMemory(create=True, size=max(count, 1))
    try:
        for x in range(count):
            block.buf[x] = heavy(x) % 256
        print(list(block.buf[:count]))
    finally:
        block.close()
        block.unlink()


if __name__ == "__main__":
    main()
