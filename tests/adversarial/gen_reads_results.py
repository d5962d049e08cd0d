def work(n):
    total = 0
    for k in range(300):
        total += k * n
    return total


def until(out, limit):
    k = 0
    while len(out) < limit:
        yield k
        k += 2


def feed(out, numbers):
    for number in numbers:
        out.append(work(number))
    return out


def in_list(values):
    source = iter(values)
    for value in source:
        if len(values) < 30:
            values.append(work(value) % 50)
    return values


def own(values):
    source = iter(values)
    for value in source:
        values.append(work(value) % 50)
        if len(values) > 30:
            return values


if __name__ == "__main__":
    out = []
    print(feed(out, until(out, 12)))
    again = []
    source = (n for n in range(40) if len(again) < 9)
    print(feed(again, source), list(source))
    print(in_list([1, 2, 3]), own([1, 2]))
