def work(n):
    total = 0
    for k in range(300):
        total += (k * n) % 7
    return total


def show():
    return sorted(name for name in ("size", "shape") if name in SEEN)


SEEN = {}
results = []
for number in range(12):
    size = work(number)
    shape = [size, number]
    results.append(size)
print(number, size, shape, results, show())
shape.append(results)
for number in []:
    size = work(number)
    results.append([size])
print(number, size, len(shape))
