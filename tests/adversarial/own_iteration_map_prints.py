# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def loud(v):
    print("loud", v)
    return v
class Bag:
    def __iter__(self):
        return map(loud, range(6))


def main():
    rows = []
    for v in Bag():
        rows.append(work(v))
    print(rows)


if __name__ == "__main__":
    main()
