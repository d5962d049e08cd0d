# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


OUT = []
def prepare():
    global OUT
    OUT = [0]
    return [1, 2, 3, 4, 5, 6]


def main():
    old = OUT
    for v in prepare():
        OUT.append(work(v))
    print(OUT, old)


if __name__ == "__main__":
    main()
