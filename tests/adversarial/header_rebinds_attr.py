# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


class S:
    scale = 1
def prepare():
    S.scale = 7
    return [1, 2, 3, 4, 5, 6]


def main():
    out = []
    for v in prepare():
        out.append(work(v) * S.scale)
    print(out)


if __name__ == "__main__":
    main()
