# also: spawn
class Box:
    def __init__(self, text):
        self.text = text

    def drop(self):
        self.text = None
        return True


def work(item):
    box = Box(item if item != "x" else None)
    try:
        if box.text and box.drop():
            return "with" + box.text
        if box.text is not None:
            other = box
            other.text = None
            return "and" + box.text
    except TypeError as error:
        return str(error)
    return "none"


def main():
    items = ["a=1", "b=", "=c", "x", "key=value=more"] * 3
    results = [work(item) for item in items]
    print(results)


if __name__ == "__main__":
    main()
