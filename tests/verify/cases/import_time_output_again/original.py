print("starting")


def work(n):
    return n


if __name__ == "__main__":
    print([work(n) for n in range(4)])
