# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


import time
class Bag:
    def __iter__(self):
        for v in range(5):
            yield time.monotonic()


def main():
    rows = []
    last = None
    for v in Bag():
        rows.append(last is not None and v > last + 0.000001)
        last = v
        work(3)
    print(rows)


if __name__ == "__main__":
    main()
