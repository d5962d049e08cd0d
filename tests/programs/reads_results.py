import sys


def spread(values):
    total = 0
    for a in values:
        for b in values:
            total += abs(a - b)
    return total


def grow(seeds):
    """Each new value depends on those found before."""
    out = []
    for seed in seeds:
        out.append(seed + spread(out[-12:]) % 100)
    return out


def main():
    print(grow([int(a) for a in sys.argv[1:]]))


if __name__ == "__main__":
    main()
