# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


def main():
    out = []
    last = 0
    for v in (i + last for i in range(12)):
        last = work(v)
        out.append(last)
    print(out)


if __name__ == "__main__":
    main()
