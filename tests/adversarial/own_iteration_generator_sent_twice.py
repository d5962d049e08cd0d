# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __iter__(self):
        for v in range(10):
            yield v


def main():
    g = Bag().__iter__()
    out = []
    try:
        for v in g:
            out.append(work(10 // (v - 3)))
    except ZeroDivisionError:
        print("stopped")
    print(out, list(g))


if __name__ == "__main__":
    main()
