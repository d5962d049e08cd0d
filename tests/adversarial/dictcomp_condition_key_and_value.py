def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    print({str(x): work(x) for x in range(12) if x % 2})


if __name__ == "__main__":
    main()
