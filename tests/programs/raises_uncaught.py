import sys

PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23]


def order(base, modulus):
    """Multiplicative order of base; needs gcd(base, modulus) == 1."""
    value, exponent = base % modulus, 1
    while value != 1:
        value = value * base % modulus
        exponent += 1
        if exponent > modulus:
            raise ValueError("%d has no order modulo %d" % (base, modulus))
    return exponent


def orders(base, moduli):
    table = {}
    for modulus in moduli:
        table[modulus] = order(base, modulus)
    return table


def main():
    base = int(sys.argv[1])
    moduli = [int(argument) for argument in sys.argv[2:]] or PRIMES
    print("orders of", base)
    for modulus, result in orders(base, moduli).items():
        print("%6d %6d" % (modulus, result))


if __name__ == "__main__":
    main()
