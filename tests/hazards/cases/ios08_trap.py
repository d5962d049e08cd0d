# /// hazard
# entry = "IOS-08"
# expect = "refuse"
# ///
"""Each iteration sends something away."""

import socket
import sys


def heavy(n):
    s = 0
    for i in range(n % 50 + 200):
        s = (s * 31 + i * n) % 1000003
    return s


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 24
    here, there = socket.socketpair()
    for x in range(count):
        here.sendall(b"%d," % heavy(x))
    here.close()
    data = b""
    while part := there.recv(1000):
        data += part
    there.close()
    print(data)


if __name__ == "__main__":
    main()
