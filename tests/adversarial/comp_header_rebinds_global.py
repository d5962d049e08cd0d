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
    def __getitem__(self, i):
        if i > 7:
            raise IndexError
        return i


def main():
    out = [work(v) * SCALE for v in Bag()]
    print(out)


if __name__ == "__main__":
    main()
