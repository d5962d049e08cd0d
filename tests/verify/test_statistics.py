"""The statistics against scipy."""

import numpy
import pytest
import scipy.stats


def samples(seed, n, m, shift=1.0, digits=None):
    random = numpy.random.default_rng(seed)
    a = 1 + random.gamma(2, 0.1, n)
    b = (1 + random.gamma(2, 0.1, m)) * shift
    if digits is not None:
        a, b = a.round(digits), b.round(digits)
    return a.tolist(), b.tolist()


def ask(probe, a, b, **more):
    return probe.ask({"do": "statistics", "a": a, "b": b, **more})


@pytest.mark.parametrize("seed", range(5))
def test_summary(probe, seed):
    a, b = samples(seed, 5 + 3 * seed, 7)
    got = ask(probe, a, b)
    assert got["mean"] == pytest.approx(numpy.mean(a), rel=1e-12)
    assert got["stddev"] == pytest.approx(numpy.std(a, ddof=1), rel=1e-12)
    assert got["median"] == pytest.approx(numpy.median(a), rel=1e-12)
    assert got["mad"] == pytest.approx(scipy.stats.median_abs_deviation(a), rel=1e-12)
    assert (got["min"], got["max"]) == (min(a), max(a))
    z = 0.6745 * numpy.abs(numpy.array(a) - numpy.median(a)) / got["mad"]
    assert got["outliers"] == (z > 3.5).sum()


def test_outliers(probe):
    assert ask(probe, [1, 1.1, 0.9, 1.05, 9], [1])["outliers"] == 1
    # More than half alike: the median deviation is 0.
    assert ask(probe, [1] * 20 + [9], [1])["outliers"] == 1
    assert ask(probe, [2, 2, 2], [1])["outliers"] == 0


@pytest.mark.parametrize("n,m", [(1, 1), (3, 3), (5, 5), (4, 9), (10, 10), (20, 17)])
@pytest.mark.parametrize("shift", [1.0, 1.1, 0.5])
def test_mann_whitney_exact(probe, n, m, shift):
    a, b = samples(n * 31 + m, n, m, shift)
    expected = scipy.stats.mannwhitneyu(a, b, method="exact").pvalue
    assert ask(probe, a, b)["p"] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("n,m,digits", [(8, 9, 1), (30, 25, None), (40, 12, 2), (5, 5, 0)])
def test_mann_whitney_with_ties_or_many(probe, n, m, digits):
    a, b = samples(n, n, m, 1.05, digits)
    expected = scipy.stats.mannwhitneyu(a, b, method="asymptotic").pvalue
    if len(set(a + b)) == 1:
        expected = 1
    assert ask(probe, a, b)["p"] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("n,m", [(5, 5), (9, 12), (20, 20), (31, 18)])
@pytest.mark.parametrize("confidence", [0.95, 0.99])
def test_bootstrap_interval(probe, n, m, confidence):
    a, b = samples(n + m, n, m, 0.6)
    got = ask(probe, a, b, confidence=confidence, resamples=20000)
    expected = scipy.stats.bootstrap(
        (a, b),
        lambda x, y, axis: numpy.median(x, axis=axis) / numpy.median(y, axis=axis),
        confidence_level=confidence,
        method="percentile",
        n_resamples=20000,
        vectorized=True,
        random_state=numpy.random.default_rng(3),
    ).confidence_interval
    # Two simulations of the same distribution: within a few per cent of its width.
    width = expected.high - expected.low
    assert got["low"] == pytest.approx(expected.low, abs=0.08 * width)
    assert got["high"] == pytest.approx(expected.high, abs=0.08 * width)


def test_bootstrap_repeats_with_its_seed(probe):
    a, b = samples(1, 40, 39)
    few = {"resamples": 200}
    assert ask(probe, a, b, seed=5, **few) == ask(probe, a, b, seed=5, **few)
    ends = {
        tuple(ask(probe, a, b, seed=seed, **few)[end] for end in ("low", "high"))
        for seed in range(6)
    }
    assert len(ends) > 1
