def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


TABLE = {n: [n] for n in range(10)}


def keep(numbers, table):
    out = []
    for number in numbers:
        entry = table[number]
        out.append(work(entry[0]))
    entry.append("end")
    return out


if __name__ == "__main__":
    print(keep([1, 2, 3, 3], TABLE), TABLE)
