import sys

total = 0
for n in range(10):
    total += n
print("total", total, file=sys.stderr)
sys.exit(total)
