def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


LOG = []
class E(Exception):
    def __str__(self):
        LOG.append(1)
        return "e"
def f(x):
    try:
        if x % 3 == 0:
            raise E()
    except E as e:
        return str(e)
    return str(work(x))
def main():
    out = []
    for x in range(12):
        out.append(f(x))
    print(out, len(LOG))


if __name__ == "__main__":
    main()
