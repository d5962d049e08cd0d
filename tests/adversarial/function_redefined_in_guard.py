# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return work(x)
def main():
    out = [f(x) for x in range(12)]
    print(out)
main2 = main
if __name__ == "__main__":
    main()
    def f(x): return -1
    main()
