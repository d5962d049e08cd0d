def side(number):
    value = number
    for step in range(3000):
        value = (value * 7 + step) % 1009
    return value + 3
