# How many doctors does the walk-in clinic need?
#
# Simulates many days of the clinic for each possible roster, every day with its
# own seed so that a strange day can be looked at again, and prints a table.
#
#   python clinic.py --days 1000

import argparse
import heapq
import math
import os
import random
from concurrent.futures import ProcessPoolExecutor

OPENING = 8 * 60            # minutes after midnight
CLOSING = 20 * 60
PATIENCE = 95               # after so many minutes in the waiting room people leave
URGENT_SHARE = 0.12

# patients per hour, by hour of the day
ARRIVALS = {8: 9, 9: 14, 10: 16, 11: 13, 12: 9, 13: 8, 14: 10, 15: 12, 16: 15, 17: 18, 18: 13, 19: 6}

ARRIVE, FINISH = 0, 1


def draw_arrivals(rng):
    """Arrival times of one day, thinning a Poisson process of the highest rate."""
    top = max(ARRIVALS.values()) / 60.0
    times = []
    now = float(OPENING)
    while True:
        now += rng.expovariate(top)
        if now >= CLOSING:
            return times
        if rng.random() * top * 60 <= ARRIVALS[int(now) // 60]:
            times.append(now)


def treatment_time(rng, urgent):
    if urgent:
        return rng.lognormvariate(3.3, 0.5)
    return 3.0 + rng.gammavariate(2.2, 4.1)


def percentile(values, share):
    if not values:
        return 0.0
    values = sorted(values)
    place = (len(values) - 1) * share
    low = math.floor(place)
    high = math.ceil(place)
    return values[low] + (values[high] - values[low]) * (place - low)


def simulate_day(seed, doctors):
    """One day of the clinic: (patients, left untreated, mean wait, 95% wait, overtime)."""
    rng = random.Random(seed)
    events = []
    for number, time in enumerate(draw_arrivals(rng)):
        heapq.heappush(events, (time, ARRIVE, number))
    patients = len(events)
    waiting = []        # heap of (not urgent, arrival time)
    waits = []
    left = 0
    free = doctors
    now = OPENING
    while events:
        now, kind, number = heapq.heappop(events)
        if kind == FINISH:
            free += 1
        else:
            urgent = rng.random() < URGENT_SHARE
            heapq.heappush(waiting, (not urgent, now))
        while free and waiting:
            calm, since = heapq.heappop(waiting)
            if calm and now - since > PATIENCE:
                left += 1
                continue
            waits.append(now - since)
            free -= 1
            done = now + treatment_time(rng, not calm)
            heapq.heappush(events, (done, FINISH, number))
    mean = sum(waits) / len(waits) if waits else 0.0
    return patients, left, mean, percentile(waits, 0.95), max(0.0, now - CLOSING)


def interval(values):
    """95% confidence interval of the mean."""
    n = len(values)
    mean = sum(values) / n
    if n < 2:
        return mean, mean
    spread = math.sqrt(sum((v - mean) ** 2 for v in values) / (n - 1))
    return mean - 1.96 * spread / math.sqrt(n), mean + 1.96 * spread / math.sqrt(n)


def available_cpus():
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:      # macOS, Windows
        return os.cpu_count() or 1


def main():
    parser = argparse.ArgumentParser(description="Simulate a walk-in clinic.")
    parser.add_argument("--days", type=int, default=5500, help="days simulated for each roster")
    parser.add_argument("--rosters", default="2,3,4,5", help="numbers of doctors to try")
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--csv", help="write one line a day to this file")
    args = parser.parse_args()

    rosters = [int(part) for part in args.rosters.split(",")]
    jobs = [(doctors, day) for doctors in rosters for day in range(args.days)]

    seeds = [args.seed + day for doctors, day in jobs]      # same days for all rosters
    workers = available_cpus()
    chunk = max(1, len(jobs) // (workers * 16))
    with ProcessPoolExecutor(workers) as pool:
        results = pool.map(simulate_day, seeds, [doctors for doctors, day in jobs], chunksize=chunk)
        days = [job + result for job, result in zip(jobs, results)]

    print("doctors  patients  left   wait  (95% interval)   wait95  overtime")
    for doctors in rosters:
        mine = [row for row in days if row[0] == doctors]
        if not mine:
            continue
        patients = sum(row[2] for row in mine)
        left = sum(row[3] for row in mine)
        waits = [row[4] for row in mine]
        low, high = interval(waits)
        print("%7d  %8d  %4.1f%%  %5.1f  (%5.1f to %5.1f)   %6.1f  %8.1f" % (
            doctors, patients, 100.0 * left / max(1, patients), sum(waits) / len(waits), low, high,
            sum(row[5] for row in mine) / len(mine), sum(row[6] for row in mine) / len(mine)))

    if args.csv:
        with open(args.csv, "w") as f:
            f.write("doctors,day,patients,left,wait,wait95,overtime\n")
            for row in days:
                f.write(",".join(str(field) for field in row) + "\n")


if __name__ == "__main__":
    main()
