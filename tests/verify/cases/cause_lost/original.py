def convert(text):
    try:
        return {"a": 1}[text]
    except KeyError as error:
        raise ValueError("no such word") from error


convert("b")
