# also: spawn
import sys


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []
def f(x):
    b = []
    try:
        sys.exit((b := LOG) and 3)
    except SystemExit:
        pass
    b.append(x)
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out, len(LOG))


if __name__ == "__main__":
    main()
