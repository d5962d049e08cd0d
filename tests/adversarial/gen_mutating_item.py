def work(row):
    total = 0
    for k in range(300):
        total += k * len(row)
    return total


def growing(n):
    row = []
    for k in range(n):
        row.append(k)
        yield row


def measure(rows):
    out = []
    for row in rows:
        out.append(work(row))
    return out


def here(n):
    out = []
    for row in growing(n):
        out.append(work(row))
    return out


if __name__ == "__main__":
    print(measure(growing(30)))
    rows = growing(30)
    print(measure(rows), list(rows))
    print(here(20))
    shared = []
    print(measure(shared.append(k) or shared for k in range(20)))
