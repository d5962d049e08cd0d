def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    if n == 13:
        raise ValueError("unlucky")
    return total


def survey(numbers):
    out = []
    best = None
    for number in numbers:
        if number % 3 == 1:
            best = work(number)
        out.append(work(number))
    return best, out


def named(numbers):
    out = []
    for number in numbers:
        if number > 5:
            found = work(number)
            out.append(found)
    try:
        print(found)
    except UnboundLocalError as error:
        print("unbound", error)
    return out


if __name__ == "__main__":
    for count in (0, 1, 3, 5, 6, 7, 12):
        print(survey(list(range(count))), named(list(range(count))))
