import sys


def coefficients(n):
    row = [1]
    for k in range(n):
        row.append(row[-1] * (n - k) // (k + 1))
    return row


def polynomials(degrees):
    functions = []
    for degree in degrees:
        row = coefficients(degree)
        functions.append(lambda x, row=row: sum(c * x ** k for k, c in enumerate(row)))
    return functions


def main():
    x = int(sys.argv[1])
    functions = polynomials([int(a) for a in sys.argv[2:]])
    print([f(x) for f in functions])
    print(len(functions))


if __name__ == "__main__":
    main()
