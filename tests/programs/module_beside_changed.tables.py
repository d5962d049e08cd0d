table = {0: 1}


def add(key, value):
    table[key] = value


def look(number):
    value = number
    for step in range(1000):
        value = (value + step * table.get(number % 5, 7)) % 9973
    return value
