def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    print(f"{[work(x) for x in range(12)]=}")


if __name__ == "__main__":
    main()
