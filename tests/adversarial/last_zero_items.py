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
        size = work(number)
        out.append(size)
    try:
        print(number, size)
    except UnboundLocalError as error:
        print("unbound", error)
    return out


def kept(numbers):
    size = number = "before"
    out = []
    for number in numbers:
        size = work(number) + 1
        out.append(size)
    return number, size, out


def main():
    for count in (0, 1, 2, 12):
        print(survey(list(range(count))))
        print(kept(list(range(count))))


if __name__ == "__main__":
    main()
