# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


import sys

sys.argv.append("zz")


def f(x):
    return work(x) + len(sys.argv)


def main():
    print([f(x) for x in range(12)])


if __name__ == "__main__":
    main()
