def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def main():
    primes = []
    rest = iter(range(2, 60))
    for step in range(6):
        prime = next(rest)
        primes.append(prime)
        rest = filter(prime.__rmod__, rest)
    print([work(x) for x in rest])
    print(primes, list(rest))


main()
