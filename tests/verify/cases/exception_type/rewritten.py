def parse(text):
    try:
        return int(text)
    except ValueError as error:
        raise RuntimeError(*error.args) from None


for text in ["1", "x"]:
    print(parse(text))
