def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def keep(rows):
    out = []
    for row in rows:
        last = row
        out.append(work(len(row)))
    last.append("end")
    return out


def inner(rows):
    out = []
    for row in rows:
        part = row[0]
        out.append(work(len(part)))
    part.append("end")
    return out


if __name__ == "__main__":
    rows = [[n] for n in range(8)]
    print(keep(rows), rows)
    deep = [[[n]] for n in range(8)]
    print(inner(deep), deep)
