"""A sample of the hazards: all cases as written, once each; `./dev hazards` runs all of it."""

from __future__ import annotations

import functools
import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import hazard_cases  # noqa: E402

CASES = hazard_cases.load_all()
WAYS = hazard_cases.all_ways(workers=(2, 3))


@functools.cache
def tried(at: int) -> hazard_cases.Outcome:
    case = CASES[at]
    way = WAYS[at % len(WAYS)]
    return hazard_cases.try_out(case, "as written", case.source, [way], case.arguments[:1])


@pytest.mark.parametrize("at", range(len(CASES)), ids=[case.name for case in CASES])
def test_case_keeps_its_behaviour(at):
    outcome = tried(at)
    assert not outcome.broken
    assert not outcome.differences
    if outcome.case.expect == "refuse":
        assert not outcome.rewritten


def test_enough_twins_are_rewritten():
    twins = [tried(at) for at, case in enumerate(CASES) if case.role == "twin"]
    left_alone = [f"{twin.case.name}: {twin.reason}" for twin in twins if not twin.rewritten]
    assert len(left_alone) <= 0.3 * len(twins), "\n".join(left_alone)


def test_every_entry_has_a_twin():
    """Refusing everything must never pass."""
    entries = {case.entry for case in CASES}
    without = entries - {case.entry for case in CASES if case.role == "twin"}
    assert without == {"PRO-04", "PRO-07", "PRO-14"}  # states of the process, not of the loop


def test_cases_have_twenty_variants():
    for case in CASES[::20]:
        sources = [source for _, source in case.variants(20)]
        assert len(set(sources)) == 21
