# /// hazard
# entry = "RES-03"
# expect = "rewrite"
# ///
"""The other side is asked once, before the loop."""

import socket
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    ends = socket.socketpair()
    ends[0].sendall(b"7")
    base = int(ends[1].recv(1))
    for end in ends:
        end.close()
    out = []
    for x in range(count):
        out.append(heavy(x) + 7)
    print(out, base)


if __name__ == "__main__":
    main()
