def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    return total


def use(rows):
    out = []
    for row in rows:
        part = [work(row)]
        part.append(part)
        out.append(part)
    part.append(1)
    return out


def gen(rows):
    out = []
    for row in rows:
        last = (k for k in range(row))
        out.append(work(row))
    return out, list(last)


def func(rows):
    out = []
    for row in rows:
        last = work
        name = str(row)
        out.append(last(row))
    return out, last, name


def sets(rows):
    out = []
    for row in rows:
        seen = {work(row), row}
        out.append(len(seen))
    return out, list(seen)


def outer(rows):
    for group in rows:
        out = []
        for row in group:
            size = work(row)
            out.append(size)
        if group:
            print(size, row)
        else:
            try:
                print("old", size, row)
            except NameError as error:
                print(error)
    return out


if __name__ == "__main__":
    out = use([1, 2, 3])
    print([len(part) for part in out], out[-1][1][1][0])
    print(gen([1, 2, 5]))
    print(func([1, 2, 3])[::2])
    print(sets([1, 20, 300]))
    print(outer([[], [1, 2], [], [4]]))
