known = {}


def square(number):
    if number not in known:
        known[number] = number * number
    return known[number], len(known)
