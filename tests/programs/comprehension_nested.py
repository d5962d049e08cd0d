import math
import sys


def lattice_points(radius, offset):
    """Points with whole coordinates in a circle around (offset/7, 0)."""
    count = 0
    r2 = radius * radius
    for x in range(-radius - 1, radius + 2):
        rest = r2 - (x - offset / 7) ** 2
        if rest >= 0:
            count += 2 * math.floor(math.sqrt(rest)) + 1
    return count


def table(radii, offsets):
    return [(r, o, lattice_points(r, o))
            for r in radii if r % 2
            for o in offsets if o != r]


def main():
    size = int(sys.argv[1])
    rows = table(range(1, size), list(range(5)))
    for r, o, n in rows:
        print("%3d %2d %6d" % (r, o, n))
    print(len(rows), "rows", sum(n for r, o, n in rows))


if __name__ == "__main__":
    main()
