# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


class C:
    pass
def f(x):
    return C.__module__ + str(work(x))
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(out)


if __name__ == "__main__":
    main()
