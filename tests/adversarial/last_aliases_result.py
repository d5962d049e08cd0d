def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def rows_of(numbers):
    rows = []
    for number in numbers:
        row = [work(number)]
        rows.append(row)
    row.append("marked")
    return rows


def wrapped(numbers):
    rows = []
    for number in numbers:
        row = [work(number)]
        rows.append((number, row))
    row.append("marked")
    return rows


def both(numbers):
    rows = []
    for number in numbers:
        row = [work(number)]
        other = row
        rows.append({"row": row, "other": other})
    other.append("one")
    row.append("two")
    return rows


if __name__ == "__main__":
    numbers = [1, 2, 2, 1, 7] * 6
    print(rows_of(numbers)[-3:])
    print(wrapped(numbers)[-3:])
    print(both(numbers)[-3:])
