factor = 2


def use(value):
    global factor
    factor = value
