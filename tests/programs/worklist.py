import sys


def neighbours(n, limit):
    result = []
    for step in (2, 3, 5):
        m = n * step % limit
        for _ in range(100):
            m = (m * 7 + 3) % limit
        result.append(m)
    return result


def reachable(start, limit):
    queue = [start]
    sizes = []
    for node in queue:
        found = neighbours(node, limit)
        sizes.append(sum(found))
        for other in found:
            if other not in queue:
                queue.append(other)
    return queue, sizes


def main():
    start, limit = map(int, sys.argv[1:3])
    queue, sizes = reachable(start, limit)
    print(queue)
    print(sizes)


if __name__ == "__main__":
    main()
