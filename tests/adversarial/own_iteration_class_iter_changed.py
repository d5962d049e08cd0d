# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __iter__(self):
        return iter([1, 2, 3, 4, 5])
def loud(self):
    for v in (1, 2, 3):
        print("now", v)
        yield v


def main():
    Bag.__iter__ = loud
    out = []
    for v in Bag():
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
