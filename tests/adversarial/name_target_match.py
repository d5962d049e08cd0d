def work(n):
    t = 0
    for i in range(300):
        t += (i * n) % 7
    return t


def main():
    out = {}
    for x in range(12):
        s = work(x)
        match s % 3:
            case 0:
                pass
            case x:
                s += 1
        out[x] = s
    print(out)


if __name__ == "__main__":
    main()
