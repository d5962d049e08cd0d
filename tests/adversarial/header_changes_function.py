# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


def one(v):
    return work(v)
def two(v):
    return -v
def prepare():
    global one
    one = two
    return [1, 2, 3, 4, 5, 6]


def main():
    out = []
    for v in prepare():
        out.append(one(v))
    print(out)


if __name__ == "__main__":
    main()
