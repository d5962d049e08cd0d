def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def survey(numbers):
    out = []
    for number in numbers:
        if number < 0:
            number = -number
        out.append(work(number))
    print("last", number)
    return out


def pairs(rows):
    out = {}
    for name, value in rows:
        value = work(value)
        out[name] = value
    return name, value, out


if __name__ == "__main__":
    for numbers in ([3], [-3], [5, -2, 5, -9], [-1] * 20):
        print(survey(list(numbers)))
        print(pairs([(str(n), n) for n in numbers]))
