def convert(text):
    if text not in {"a": 1}:
        raise ValueError("no such word")
    return 1


convert("b")
