# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


TAB = list({"n%d" % i for i in range(100, 130)})
def f(x):
    return str(work(x)) + TAB[x % 12]
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(out == [str(work(x)) + TAB[x % 12] for x in list(range(12))])


if __name__ == "__main__":
    main()
