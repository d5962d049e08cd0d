import os
import sys


def encode(n):
    digits = ""
    while n:
        n, d = divmod(n, 7)
        digits = str(d) + digits
    return digits or "0"


def record(n, path):
    with open(path, "a") as f:
        f.write(encode(n) + "\n")
    return os.path.getsize(path)


def record_all(numbers, path):
    sizes = []
    for n in numbers:
        sizes.append(record(n, path))
    return sizes


def main():
    path = sys.argv[1]
    print(record_all([int(a) for a in sys.argv[2:]], path))
    if os.path.exists(path):
        with open(path) as f:
            print(f.read().split())


if __name__ == "__main__":
    main()
