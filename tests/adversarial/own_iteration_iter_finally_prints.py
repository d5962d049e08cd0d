# also: spawn
def work(n):
    t = 0
    for i in range(3000):
        t += (i * n) % 7
    return t


class Gen:
    def __iter__(self):
        try:
            for i in range(8):
                yield i
        finally:
            print("closed")


def main():
    found = None
    for v in Gen():
        if work(v) > 8000:
            found = v
            break
    print(found)


if __name__ == "__main__":
    main()
