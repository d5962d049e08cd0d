def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def deep(n):
    return 0 if n == 0 else 1 + deep(n - 1)
def f(x):
    try:
        return deep(980 + x) + work(x)
    except RecursionError:
        return -1
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(out)


if __name__ == "__main__":
    main()
