import math


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


NAN = math.nan
def f(x):
    return NAN if x == 3 else float(work(x))
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(NAN in out, out.count(NAN))


if __name__ == "__main__":
    main()
