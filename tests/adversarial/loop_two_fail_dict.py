def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return work(x) // (x - 5)
G = {}
def run():
    a = {}
    G["k"] = a
    for x in range(12):
        a[x] = 1
        a[x] = f(x)
def main():
    try:
        run()
    except ZeroDivisionError:
        pass
    print(G)


if __name__ == "__main__":
    main()
