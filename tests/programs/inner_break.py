"""break belongs to the inner loop: it ends no iteration of the outer one."""
import sys


def goldbach_all(evens):
    pairs = {}
    for even in evens:
        pairs[even] = None
        p = 2
        while p <= even // 2:
            for divisor in range(2, p):
                if p % divisor == 0:
                    break
            else:
                q = even - p
                for divisor in range(2, q):
                    if q % divisor == 0:
                        break
                else:
                    pairs[even] = (p, q)
                    break
            p += 1
    return pairs


def main():
    start, stop = [int(a) for a in sys.argv[1:3]]
    pairs = goldbach_all([n for n in range(start, stop) if n % 2 == 0])
    for even, pair in pairs.items():
        print(even, pair)
    print(len(pairs), list(pairs.values()).count(None))


if __name__ == "__main__":
    main()
