import time

print("took", time.perf_counter())
