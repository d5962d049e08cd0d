def parse(text):
    return int(text)


for text in ["1", "x"]:
    print(parse(text))
