import sys


def necklace(word):
    """Smallest rotation, so that all rotations of a word are the same necklace."""
    best = word
    for shift in range(1, len(word)):
        turned = word[shift:] + word[:shift]
        if turned < best:
            best = turned
    return best


def words(letters, length):
    if length <= 0:
        return [""]
    shorter = words(letters, length - 1)
    return [letter + rest for letter in letters for rest in shorter]


def count_necklaces(letters, length):
    seen = set()
    for word in words(letters, length):
        seen.add(necklace(word))
    return seen


def main():
    letters = sys.argv[1] if len(sys.argv) > 1 else "abc"
    length = int(sys.argv[2]) if len(sys.argv) > 2 else 12
    found = count_necklaces(letters, length)
    print(len(found))
    for word in sorted(found)[:12]:
        print(repr(word))


if __name__ == "__main__":
    main()
