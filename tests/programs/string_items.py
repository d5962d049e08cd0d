import sys

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def distances(text, letter):
    """Sum of the distances from each place of text to the nearest such letter."""
    total = 0
    for place in range(len(text)):
        best = len(text)
        for other in range(len(text)):
            if text[other] == letter and abs(place - other) < best:
                best = abs(place - other)
        total += best
    return total


def profile(text, letters):
    result = []
    for letter in letters:
        if letter.isspace():
            continue
        result.append(letter.upper() + str(distances(text, letter)))
    return result


def main():
    text = sys.argv[1] if len(sys.argv) > 1 else "pack my box with five dozen jugs " * 20
    letters = sys.argv[2] if len(sys.argv) > 2 else ALPHABET
    print(" ".join(profile(text, letters)))
    print(profile(text, ""), profile("", letters[:3]))


if __name__ == "__main__":
    main()
