def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


import pathlib
def main():
    root = pathlib.Path("q")
    root.mkdir(exist_ok=True)
    for i in range(12):
        (root / f"f{i}").write_text(str(i))
    it = root.iterdir()
    print([(work(x), next(it) is not None) for x in range(6)], len(list(it)))


if __name__ == "__main__":
    main()
