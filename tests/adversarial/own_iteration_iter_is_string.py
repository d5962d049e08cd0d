# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __iter__(self):
        return "abc"


def main():
    out = []
    try:
        for v in Bag():
            out.append(work(len(v)))
    except TypeError as e:
        print(e)
    print(out)


if __name__ == "__main__":
    main()
