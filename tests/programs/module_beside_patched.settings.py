factor = 2


def scaled(number):
    return number * factor
