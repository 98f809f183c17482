"""Drift: the last half against all, skill lately against the prior, and how strictly people mark."""

import dataclasses
import random

import pytest

from recruiter.learning.governance import drift
from recruiter.learning.types import Card, PastSlate
from recruiter.ranking.training.training_set import as_history
from tests.ranking import small_model


def told(slates):
    return drift.drift_of(slates, as_history(slates, name="own"), seed=0)


def two_sided(count, chosen, seed=3):
    """Slates whose overall and attribute disagree; `chosen(number)` names the one that decides."""
    chance = random.Random(seed)
    out = []
    for number in range(count):
        cards, level = [], {}
        for item in ("a", "b", "c", "d"):
            level[item] = {name: chance.gauss(3.0, 1.0) for name in ("overall", "Depth")}
            for rater in ("person-1", "person-2", "person-3"):
                for name, value in level[item].items():
                    cards.append(Card(item, rater, name, min(5.0, max(1.0, value + chance.gauss(0, 0.2)))))
        key = chosen(number)
        best = max(level, key=lambda item: level[item][key])
        grades = {item: 3.0 if item == best else 1.0 for item in level}
        out.append(PastSlate(f"S-{number:03d}", cards, grades, 1.7e9 + number * 864_000.0, {"Depth": 1.0}))
    return out


def test_few_decisions_are_an_answer():
    found = told(small_model.slates(6))
    assert found["warnings"] == []
    assert found["halves"]["sentence"] == "Too few decisions to refit on the last half (6 of 40)."
    assert found["lately"]["sentence"] == "Too few decisions to follow its skill (6 of 40)."


def test_a_company_that_decides_as_before_gets_no_warning():
    found = told(small_model.slates(60))
    assert found["warnings"] == []
    assert found["halves"]["points"] < drift.MOVED
    assert found["lately"]["skill"] > 0.2
    assert [one["slates"] for one in found["lately"]["blocks"]] == [10, 10, 10]


def test_a_company_that_weighs_differently_now_is_told():
    found = told(two_sided(80, lambda number: "overall" if number < 40 else "Depth"))
    assert found["halves"]["warns"]
    assert "weighs differently now" in found["halves"]["sentence"]
    assert found["halves"]["sentence"] in found["warnings"]


def test_it_warns_when_the_declared_weights_alone_did_better_lately():
    # learnt from decisions that went by the attribute alone, and lately the overall decides
    found = told(two_sided(90, lambda number: "Depth" if number < 60 else "overall"))
    assert found["lately"]["warns"]
    assert found["lately"]["prior"] > found["lately"]["skill"]
    assert "declared weights alone did better" in found["lately"]["sentence"]


def raised(slates, last, by, raters=("person-1", "person-2")):
    return [
        one
        if place < len(slates) - last
        else dataclasses.replace(
            one,
            cards=[dataclasses.replace(c, score=min(5.0, c.score + by)) if c.rater in raters else c for c in one.cards],
        )
        for place, one in enumerate(slates)
    ]


def test_marks_that_rise_are_told_by_quarter():
    plain = told(small_model.slates(40))["leniency"]
    assert not plain["warns"]
    assert [one["period"] for one in plain["periods"]] == sorted(one["period"] for one in plain["periods"])
    found = told(raised(small_model.slates(40), 12, 1.5))["leniency"]
    assert found["warns"]
    assert "points higher than before" in found["sentence"]


def test_an_interviewer_who_marks_otherwise_is_counted_and_never_named():
    found = told(raised(small_model.slates(40), 12, -2.5, raters=("person-1",)))["leniency"]
    assert found["changed"] >= 1
    assert "interviewer" in found["sentence"]
    assert "person" not in repr(found)


def test_slates_without_dates_are_told_in_parts():
    slates = [dataclasses.replace(one, decided=float(place)) for place, one in enumerate(small_model.slates(40))]
    assert [one["period"] for one in told(slates)["leniency"]["periods"]] == [f"part {n} of 4" for n in (1, 2, 3, 4)]


def test_the_order_of_slates_changes_nothing():
    slates = small_model.slates(45)
    assert told(slates) == told(slates[::-1])


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_breaks_on_nothing(count):
    assert drift.leniency(small_model.slates(count))["warns"] is False
