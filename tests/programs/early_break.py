import sys


def quality(n):
    score = 0
    for d in range(1, n + 1):
        if n % d == 0:
            score += d
    return score


def until_perfect(numbers):
    qualities = []
    for n in numbers:
        score = quality(n)
        qualities.append(score)
        if score == 2 * n:
            break
    else:
        qualities.append(None)
    return qualities


def main():
    start = int(sys.argv[1])
    print(until_perfect(list(range(start, start + int(sys.argv[2])))))


if __name__ == "__main__":
    main()
