# also: spawn
def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return str(work(x)) + __file__[-4:]
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(len(out), out)


if __name__ == "__main__":
    main()
