SCALE = 3
total = {"a": 1, "e": 5, "t": 20}


def score(text):
    points = 0
    for step in range(200):
        for letter in text:
            points = (points * 31 + total.get(letter, 0) + step) % 65521
    return points * SCALE


def weight(length):
    return length * length % 17 + SCALE
