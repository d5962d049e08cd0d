def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return work(x) // (x - 5)
def main():
    out = []
    try:
        for x in range(12):
            out.append(f(x))
    except ZeroDivisionError:
        print("failed at", x)
    print(out)


if __name__ == "__main__":
    main()
