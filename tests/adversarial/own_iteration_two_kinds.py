# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __iter__(self):
        return iter([1, 2, 3, 4])
class Loud:
    def __iter__(self):
        for v in range(4):
            print(v)
            yield v


def main():
    import sys
    rows = []
    for bag in (Bag(), Loud()):
        for v in bag:
            rows.append(work(v))
    print(rows)


if __name__ == "__main__":
    main()
