# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self, other):
        self.other = other
    def __iter__(self):
        return iter(self.other)
class Loud:
    def __iter__(self):
        for v in range(5):
            print("loud", v)
            yield v


def main():
    out = []
    for v in Bag(Loud()):
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
