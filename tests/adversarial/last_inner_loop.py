def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def grid(numbers):
    out = []
    for number in numbers:
        for k in range(number):
            step = k * number
        out.append(work(number))
    try:
        print(k, step)
    except UnboundLocalError as error:
        print("unbound", error)
    return out


def sums(numbers):
    out = []
    for number in numbers:
        total = 0
        count = 0
        while total < 50:
            total += number + 1
            count += 1
            out.append(total)
    return out, total, count


if __name__ == "__main__":
    print(grid([0, 0]), grid([0, 3, 0]), grid([]))
    print(sums([1, 5, 20, 0]))
