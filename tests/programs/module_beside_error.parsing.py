def parse(word):
    value = int(word)
    for step in range(2000):
        value = (value * 3 + step) % 10007
    return value
