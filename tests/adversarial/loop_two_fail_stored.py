def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    return work(x) // (x - 5)
class H:
    pass
def run(h):
    a = []
    h.a = a
    for x in range(12):
        a.append(x)
        a.append(f(x))
def main():
    h = H()
    try:
        run(h)
    except ZeroDivisionError:
        pass
    print(h.a)


if __name__ == "__main__":
    main()
