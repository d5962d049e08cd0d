import sys


def convolve(signal, kernel, shift):
    result = []
    for n in range(len(signal)):
        total = 0
        for k, weight in enumerate(kernel):
            total += weight * signal[(n + k + shift) % len(signal)]
        result.append(total)
    return result


def channels(signals, kernels):
    filtered = []
    for index, (signal, kernel) in enumerate(zip(signals, kernels), start=1):
        filtered.append((index, max(convolve(signal, kernel, index), default=0)))
    return filtered


def wave(n, seed):
    return [(seed * k * k + 17 * k) % 101 - 50 for k in range(n)]


def main():
    count, length = int(sys.argv[1]), int(sys.argv[2])
    signals = [wave(length, s + 1) for s in range(count)]
    kernels = [wave(7, 3 * s) for s in range(count + 2)]       # zip drops the last two
    for index, peak in channels(signals, kernels):
        print("channel", index, "peak", peak)
    print(channels([], kernels), channels(signals, []))


main()
