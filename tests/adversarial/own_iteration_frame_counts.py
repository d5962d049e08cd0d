# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


import sys
class Bag:
    def __iter__(self):
        for v in range(5):
            yield sys._getframe(1).f_lineno


def main():
    rows = []
    for v in Bag():
        rows.append((v, work(v)))
    print(rows)


if __name__ == "__main__":
    main()
