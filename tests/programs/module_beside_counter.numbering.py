count = 0


def label(text):
    global count
    count += 1
    return f"{count}: {text}"
