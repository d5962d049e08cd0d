"""Compares ordered_map with a ProcessPoolExecutor written by hand, in turns, in one run.

Each measure times one whole loop, the start and the end of the workers included. Printed are medians,
and the ratio of the hand-written form's time to ours: 1.00 is equal, more is faster than by hand.

    python bench/support_map.py [--seconds 1.0] [--rounds 7] [--workers 2] [--method fork]
"""

import argparse
import concurrent.futures
import multiprocessing
import pathlib
import statistics
import sys
import time

SUPPORT = pathlib.Path(__file__).resolve().parents[1] / "src" / "transform" / "support"
sys.path.insert(0, str(SUPPORT))

from parallel_support import ordered_map  # noqa: E402


def spin(turns):
    total = 0
    for i in range(turns):
        total += i * i
    return total


def make_row(turns):
    spin(turns)
    return [float(i) for i in range(2_000)]


def workloads(seconds):
    """Name, task, items, chunk size: the same total work, cut in different ways."""
    began = time.perf_counter()
    spin(2_000_000)
    turns = int(2_000_000 * seconds / (time.perf_counter() - began))
    return [
        ("200 even items", spin, [turns // 200] * 200, 25),
        ("20,000 small items", spin, [turns // 20_000] * 20_000, 500),
        ("24 items, chunk of one", spin, [turns // 24] * 24, 1),
        ("uneven items", spin, [turns * i // 5050 for i in range(101)], 5),
        ("large results", make_row, [turns // 400] * 400, 20),
    ]


def by_loop(task, items, chunksize, workers, context):
    return [(item, task(item)) for item in items]


def by_hand(task, items, chunksize, workers, context):
    with concurrent.futures.ProcessPoolExecutor(workers, mp_context=context) as pool:
        return list(zip(items, pool.map(task, items, chunksize=chunksize)))  # noqa: B905


def by_support(task, items, chunksize, workers, context):
    return [
        (item, result)
        for item, result in ordered_map(task, items, chunksize=chunksize, workers=workers)
    ]


def by_support_alone(task, items, chunksize, workers, context):
    return [(item, result) for item, result in ordered_map(task, items, workers=workers)]


FORMS = [by_loop, by_hand, by_support, by_support_alone]


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument(
        "--seconds", type=float, default=1.0, help="of work in one loop, run by itself"
    )
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--workers", type=int, default=2)
    options.add_argument(
        "--method", default="fork", choices=multiprocessing.get_all_start_methods()
    )
    options = options.parse_args()
    multiprocessing.set_start_method(options.method)
    context = multiprocessing.get_context(options.method)
    print(
        f"{'':24}{'loop':>9}{'by hand':>9}{'ours':>9}{'ratio':>7}{'own chunks':>12}{'ratio':>7}{'gain':>7}"
    )
    for name, task, items, chunksize in workloads(options.seconds):
        times = {form: [] for form in FORMS}
        for turn in range(options.rounds):
            for form in FORMS if turn % 2 else reversed(FORMS):
                began = time.perf_counter()
                pairs = form(task, items, chunksize, options.workers, context)
                times[form].append(time.perf_counter() - began)
                assert len(pairs) == len(items)
        loop, hand, ours, alone = (statistics.median(times[form]) for form in FORMS)
        print(
            f"{name:24}{loop:9.3f}{hand:9.3f}{ours:9.3f}{hand / ours:7.2f}"
            f"{alone:12.3f}{hand / alone:7.2f}{loop / ours:7.2f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
