import sys


def digits_of_power(base, exponent):
    total = 0
    value = base ** exponent
    while value:
        value, digit = divmod(value, 10)
        total += digit
    return total


def collect(bases, exponent):
    sums = []
    for base in bases:
        total = digits_of_power(base, exponent)
        sums.extend([(base, total)])
    return sums


def main(argv):
    try:
        size, exponent = int(argv[1]), int(argv[2])
    except (IndexError, ValueError):
        print("usage: extend_one_element.py SIZE EXPONENT")
        return 2
    sums = collect(list(range(2, 2 + size)), exponent)
    for base, total in sums:
        print("%d^%d has digit sum %d" % (base, exponent, total))
    print(sums[-1:] or "nothing")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv))
