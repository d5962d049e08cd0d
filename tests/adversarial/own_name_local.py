# Names of builtins as a function's own variables: nothing is rebound unseen.
def score(text, dir):
    total = 0
    for vars in range(200):
        total += (vars * len(text)) % 7 * dir
    return total


def main():
    for dir in (1, 2):
        out = []
        for text in ["a" * n for n in range(12)]:
            out.append(score(text, dir))
        print(out)


if __name__ == "__main__":
    main()
