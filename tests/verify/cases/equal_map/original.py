def score(n):
    return n * n % 97


def main():
    scores = {}
    for n in range(40):
        scores[n] = score(n)
    print(scores)
    with open("scores.txt", "w") as out:
        out.write(repr(scores))


if __name__ == "__main__":
    main()
