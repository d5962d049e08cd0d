import random
import sys
from functools import reduce
from operator import add


def walk(seed, steps):
    """Where a random walk of its own stream ends."""
    rng = random.Random(seed)
    x = y = 0
    for _ in range(steps):
        dx, dy = rng.choice(((1, 0), (-1, 0), (0, 1), (0, -1)))
        x += dx
        y += dy
    return x, y, rng.random()


def ends(seeds, steps):
    return [walk(seed, steps) for seed in seeds]


def main():
    count, steps = map(int, sys.argv[1:3])
    places = ends(range(100, 100 + count), steps)
    for x, y, draw in places[:5]:
        print(x, y, repr(draw))
    print(reduce(add, (x * x + y * y for x, y, _ in places), 0))
    random.seed(1)
    print(random.random())      # the shared stream is not touched by walks


if __name__ == "__main__":
    main()
