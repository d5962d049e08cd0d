import os


def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    work(x)
    return os.getpid()
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(len(set(out)))


if __name__ == "__main__":
    main()
