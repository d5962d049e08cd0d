# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __getitem__(self, i):
        if i == 4:
            raise KeyError(i)
        return i


def main():
    out = []
    try:
        for v in Bag():
            out.append(work(v))
    except KeyError as e:
        print("key", e)
    print(out)


if __name__ == "__main__":
    main()
