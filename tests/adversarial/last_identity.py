def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def keep(numbers):
    out = []
    for number in numbers:
        row = [work(number)]
        out.append(row)
    return out, row


if __name__ == "__main__":
    out, row = keep(list(range(12)))
    print(out[-1] is row, len({id(r) for r in out}))

    rows = [[n] for n in range(9)]
    kept, row = keep(range(3))
    print(kept[0] is kept[1], kept[2] is row, len({id(r) for r in kept + [row]}), rows[0] is row)
