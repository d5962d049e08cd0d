import sys


def digits(line):
    total = 0
    for i in range(3000):
        total += (i * len(line)) % 7
    return total


def main():
    out = []
    for line in sys.stdin:
        out.append(digits(line))
    print(len(sys.argv), out)


if __name__ == "__main__":
    main()
