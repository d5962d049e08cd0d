# also: spawn
import sys


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    work(x)
    return len(str(10 ** 5000))
def main():
    sys.set_int_max_str_digits(6000)
    out = []
    for x in range(12):
        out.append(f(x))
    print(out)


if __name__ == "__main__":
    main()
