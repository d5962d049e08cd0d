# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


SCALE = 1
def prepare(n):
    global SCALE
    SCALE = n
    return range(n)


def main():
    out = []
    for n in (3, 4, 5):
        for v in prepare(n):
            out.append(work(v) * SCALE)
    print(out)


if __name__ == "__main__":
    main()
