# A script as people write it: no functions around the work, no main guard.
import sys

size = int(sys.argv[1]) if len(sys.argv) > 1 else 400
print("partitions up to", size)


def partitions(n):
    """Number of ways to write n as a sum of positive numbers."""
    ways = [1] + [0] * n
    for part in range(1, n + 1):
        for total in range(part, n + 1):
            ways[total] += ways[total - part]
    return ways[n]


counts = []
for n in range(size):
    value = partitions(n)
    if value % 2:
        counts.append((n, value))

for n, value in counts[-10:]:
    print(n, value)
print("odd ones:", len(counts))
print("last looked at:", n if size > 0 else None)
