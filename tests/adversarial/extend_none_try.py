def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    w = work(x)
    if x % 3:
        return [w]
def main():
    out = []
    for i in range(12):
        try:
            out.extend(f(i))
        except TypeError:
            pass
    print(out)


if __name__ == "__main__":
    main()
