# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class MyErr(Exception):
    pass
ERR = MyErr()
def f(x):
    ERR.add_note(str(x))
    return work(x)
def main():
    ERR.add_note("z")
    out = [f(x) for x in range(12)]
    print(out, len(ERR.__notes__))


if __name__ == "__main__":
    main()
