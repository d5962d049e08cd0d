import math


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
def impure(x):
    LOG.append(x)
    return float(len(LOG))
def main():
    math.sqrt = impure
    out = []
    for x in range(12):
        out.append(work(x) + math.sqrt(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
