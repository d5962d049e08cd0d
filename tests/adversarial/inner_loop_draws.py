# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def take(it):
    for y in it:
        if y % 5 == 4:
            break
    return work(y)


def main():
    it = iter(range(100))
    print([take(it) for x in range(12)])


if __name__ == "__main__":
    main()
