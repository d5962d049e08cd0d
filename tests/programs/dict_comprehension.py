import sys

SUITS = 'cdhs'
WORDS = 'the quick brown fox jumps over the lazy dog while eleven wizards boxed'.split()


def edit_distance(a, b):
    row = list(range(len(b) + 1))
    for i, ca in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, cb in enumerate(b, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (ca != cb))
    return row[-1]


def nearest(word, vocabulary):
    return min(vocabulary, key=lambda other: (edit_distance(word, other), other))


def suggestions(misspelt, vocabulary):
    return {word: nearest(word, vocabulary) for word in misspelt if word not in SUITS}


if __name__ == '__main__':
    misspelt = sys.argv[1:] or [w[::-1] + w for w in WORDS * 40]
    for word, suggestion in suggestions(misspelt, WORDS).items():
        print(word, '->', suggestion)
