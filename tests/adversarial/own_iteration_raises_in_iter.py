# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __iter__(self):
        raise ValueError("no")


def main():
    out = []
    try:
        for v in Bag():
            out.append(work(v))
    except ValueError as e:
        print("value", e)
    print(out)


if __name__ == "__main__":
    main()
