# /// hazard
# entry = "IOS-08"
# expect = "rewrite"
# ///
"""What is sent away is made first."""

import socket
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    out = []
    for x in range(count):
        out.append(heavy(x))
    here, there = socket.socketpair()
    here.sendall(b"%d" % sum(out))
    here.close()
    print(there.recv(1000))
    there.close()


if __name__ == "__main__":
    main()
