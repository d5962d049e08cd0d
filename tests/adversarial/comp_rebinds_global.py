# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


SCALE = 1
def prepare():
    global SCALE
    SCALE = 7
    return [1, 2, 3, 4, 5, 6]


def main():
    out = [work(v) * SCALE for v in prepare()]
    print(out)


if __name__ == "__main__":
    main()
