def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def f(x):
    if work(x) >= 0 and x == 4:
        raise StopIteration(x)
    return x
def main():
    out = []
    try:
        for x in range(12):
            out.append(f(x))
    except StopIteration as e:
        print("stop", e.value, out)


if __name__ == "__main__":
    main()
