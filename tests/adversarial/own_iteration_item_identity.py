# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Bag:
    def __init__(self):
        self.row = [1, 2]
    def __iter__(self):
        for i in range(6):
            yield self.row


def main():
    bag = Bag()
    out = []
    for row in bag:
        row[0] += 1
        out.append(work(row[0]))
    print(out, bag.row)


if __name__ == "__main__":
    main()
