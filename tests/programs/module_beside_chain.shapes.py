import lengths


def area(number):
    return lengths.side(number) ** 2
