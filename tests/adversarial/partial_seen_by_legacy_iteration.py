def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise IndexError("the end, for who asks by index")
    return total


def collect(numbers, sizes):
    for number in numbers:
        sizes[number] = None
        sizes[number] = work(number)
    return sizes


class Rows:
    def __init__(self):
        self.sizes = {}

    def __getitem__(self, index):
        return collect(range(index * 4, index * 4 + 4), self.sizes)


if __name__ == "__main__":
    rows = Rows()
    for row in rows:
        print(len(row))
    print(sorted(rows.sizes))
