import sys


def is_prime(n):
    if n < 2:
        return False
    d = 2
    while d * d <= n:
        if n % d == 0:
            return False
        d += 1
    return True


def twins(limit):
    found = []
    for n in range(limit):
        if is_prime(n) and is_prime(n + 2):
            print("twins", n, n + 2)
            found.append(n)
    return found


def main():
    print(len(twins(int(sys.argv[1]))))


if __name__ == "__main__":
    main()
