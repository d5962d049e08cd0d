made = []


def __getattr__(name):
    made.append(name)
    return len(made)
