import sys


def ackermann_like(m, n):
    """Deep recursion on small numbers."""
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann_like(m - 1, 1)
    return ackermann_like(m - 1, ackermann_like(m, n - 1))


def descending(top):
    values = [0] * (top // 2 + 1)
    for i in range(top, -1, -2):
        values[i // 2] = ackermann_like(2, i)
    return values


def main():
    top = int(sys.argv[1])
    try:
        values = descending(top)
    except RecursionError:
        values = []
        print("too deep")
    print(values)


if __name__ == "__main__":
    main()
