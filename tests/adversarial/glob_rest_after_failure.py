def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


import pathlib
def f(p):
    return work(10 // (len(p.name) - 3))
def main():
    root = pathlib.Path("q")
    root.mkdir(exist_ok=True)
    for i in range(12):
        (root / f"f{i}").write_text(str(i))
    it = root.iterdir()
    out = []
    try:
        for p in it:
            out.append(f(p))
    except ZeroDivisionError:
        print(len(out) + len(list(it)))


if __name__ == "__main__":
    main()
