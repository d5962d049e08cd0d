# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, it):
        self.it = it
    def __iter__(self):
        return zip(self.it, range(20))


def main():
    rows = []
    it = iter(range(-4, 9))
    try:
        for v, w in Bag(it):
            rows.append(work(7 // (v + w)))
    except ZeroDivisionError as e:
        print(e)
    print(rows, list(it))


if __name__ == "__main__":
    main()
