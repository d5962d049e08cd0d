# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __iter__(self):
        print("opened")
        return iter([1, 2, 3, 4, 5, 6])


def main():
    out = []
    for v in Bag():
        out.append(work(v))
    print(out)


if __name__ == "__main__":
    main()
