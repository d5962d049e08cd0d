# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def g(x):
    try:
        if x == 7:
            raise
    except RuntimeError as e:
        return "rt"
    except ZeroDivisionError as e:
        return "zd"
    return work(x)
def main():
    out = []
    try:
        1 // 0
    except ZeroDivisionError:
        for x in range(12):
            out.append(g(x))
    print(out)


if __name__ == "__main__":
    main()
