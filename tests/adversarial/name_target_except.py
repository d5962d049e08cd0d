def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    out = []
    for e in range(12):
        try:
            s = work(e) // (e % 3)
        except ZeroDivisionError as e:
            s = str(e)
        out.append(s)
    print(out)


if __name__ == "__main__":
    main()
