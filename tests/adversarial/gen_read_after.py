def work(n):
    total = 0
    for k in range(300):
        total += k * n
    return total


def pairs(n):
    for a in range(n):
        for b in range(a):
            yield a, b


def measure(numbers):
    out = []
    for a, b in numbers:
        out.append(work(a * b))
    return out, a, b


def weigh(numbers):
    out = {}
    for number in numbers:
        out[number] = work(number[0])
    return out


def started(n):
    source = pairs(n)
    first = next(source)
    return first, measure(source), list(source)


if __name__ == "__main__":
    print(started(9))
    source = pairs(6)
    print(measure(source), list(source))
    doubled = ((b, a) for a, b in pairs(6))
    print(weigh(doubled), list(doubled))
    both = zip(pairs(4), pairs(5))
    print([work(a[0] * b[1]) for a, b in both], list(both))
