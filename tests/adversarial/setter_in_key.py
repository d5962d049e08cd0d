# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


SCALE = 1
def key(v):
    global SCALE
    SCALE = 7
    return -v


def main():
    out = []
    for v in sorted([1, 2, 3, 4, 5], key=key):
        out.append(work(v) * SCALE)
    print(out)


if __name__ == "__main__":
    main()
