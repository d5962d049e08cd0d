# also: spawn
import sys


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


NAME = "some long name here"
def f(x):
    return (NAME, work(x))
def main():
    out = [f(x) for x in range(12)]
    print(sys.getrefcount(NAME) > 12)


if __name__ == "__main__":
    main()
