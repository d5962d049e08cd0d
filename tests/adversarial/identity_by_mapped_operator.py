# also: spawn
import operator


def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


SKIP = (1, "skip")
def f(x):
    return SKIP if x % 2 else (work(x), "v")
def main():
    out = [f(x) for x in range(12)]
    print(list(map(operator.is_not, out, [SKIP] * 12)))


if __name__ == "__main__":
    main()
