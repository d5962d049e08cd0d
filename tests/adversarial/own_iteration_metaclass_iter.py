# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Meta(type):
    def __iter__(cls):
        for v in range(6):
            print("meta", v)
            yield v
class Bag(metaclass=Meta):
    def __iter__(self):
        return iter([1])


def main():
    out = []
    for v in Bag:
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
