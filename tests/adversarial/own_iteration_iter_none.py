# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Base:
    def __getitem__(self, i):
        if i > 5:
            raise IndexError
        return i
class Bag(Base):
    __iter__ = None


def main():
    out = []
    try:
        for v in Bag():
            out.append(work(v))
    except TypeError as e:
        print(e)
    print(out)


if __name__ == "__main__":
    main()
