# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


import sys

N = len(sys.argv)


def f(x):
    return work(x) + N


def main():
    sys.argv.append("x")
    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
