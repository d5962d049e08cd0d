def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def k(x):
    if x == 5:
        raise KeyError("k")
    return x
def v(x):
    if x == 5:
        raise ValueError("v")
    return work(x)
def main():
    try:
        out = {k(x): v(x) for x in range(12)}
    except Exception as e:
        print(repr(e))


if __name__ == "__main__":
    main()
