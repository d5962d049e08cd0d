import sys


def factorise(n):
    factors = []
    divisor = 2
    while divisor * divisor <= n:
        while n % divisor == 0:
            factors.append(divisor)
            n //= divisor
        divisor += 1
    if n > 1:
        factors.append(n)
    return factors


def factor_table(numbers):
    table = {}
    for number in numbers:
        factors = factorise(number)
        table[number] = factors
    return table


def main():
    start, count = (int(a) for a in sys.argv[1:3])
    # the first ones come twice: their place stays, their value is stored again
    numbers = list(range(start, start + count)) + list(range(start, start + count // 3))
    table = factor_table(numbers)
    for number, factors in table.items():
        print(number, "=", " * ".join(map(str, factors)))
    print(list(table)[-1:], len(table))


if __name__ == "__main__":
    main()
