# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


LOG = []


SCALE = 1
class Bag:
    def __init__(self):
        global SCALE
        SCALE = 7
    def __iter__(self):
        return iter([1, 2, 3, 4, 5, 6])


def main():
    out = []
    for v in Bag():
        out.append(work(v) * SCALE)
    print(out)


if __name__ == "__main__":
    main()
