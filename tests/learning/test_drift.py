"""Drift: the last half against all, skill lately against the prior, and how strictly people mark."""

import dataclasses
import random

import pytest

from recruiter.learning.governance import drift
from recruiter.learning.types import Card, PastSlate
from recruiter.ranking.training.training_set import as_history
from tests.ranking import small_model


def drift_of_slates(slates):
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
    findings = drift_of_slates(small_model.slates(6))
    assert findings["warnings"] == []
    assert findings["halves"]["sentence"] == "Too few decisions to refit on the last half (6 of 40)."
    assert findings["lately"]["sentence"] == "Too few decisions to follow its skill (6 of 40)."


def test_a_company_that_decides_as_before_gets_no_warning():
    findings = drift_of_slates(small_model.slates(60))
    assert findings["warnings"] == []
    assert findings["halves"]["points"] < drift.MOVED
    assert findings["lately"]["skill"] > 0.2
    assert [block["slates"] for block in findings["lately"]["blocks"]] == [10, 10, 10]


def test_a_company_that_weighs_differently_now_is_told():
    findings = drift_of_slates(two_sided(80, lambda number: "overall" if number < 40 else "Depth"))
    assert findings["halves"]["warns"]
    assert "weighs differently now" in findings["halves"]["sentence"]
    assert findings["halves"]["sentence"] in findings["warnings"]


def test_it_warns_when_the_declared_weights_alone_did_better_lately():
    # learnt from decisions that went by the attribute alone, and lately the overall decides
    findings = drift_of_slates(two_sided(90, lambda number: "Depth" if number < 60 else "overall"))
    assert findings["lately"]["warns"]
    assert findings["lately"]["prior"] > findings["lately"]["skill"]
    assert "declared weights alone did better" in findings["lately"]["sentence"]


def raised(slates, last, by, raters=("person-1", "person-2")):
    return [
        slate
        if place < len(slates) - last
        else dataclasses.replace(
            slate,
            cards=[
                dataclasses.replace(c, score=min(5.0, c.score + by)) if c.rater in raters else c for c in slate.cards
            ],
        )
        for place, slate in enumerate(slates)
    ]


def test_marks_that_rise_are_told_by_quarter():
    plain = drift_of_slates(small_model.slates(40))["leniency"]
    assert not plain["warns"]
    assert [period["period"] for period in plain["periods"]] == sorted(period["period"] for period in plain["periods"])
    finding = drift_of_slates(raised(small_model.slates(40), 12, 1.5))["leniency"]
    assert finding["warns"]
    assert "points higher than before" in finding["sentence"]


def test_an_interviewer_who_marks_otherwise_is_counted_and_never_named():
    finding = drift_of_slates(raised(small_model.slates(40), 12, -2.5, raters=("person-1",)))["leniency"]
    assert finding["changed"] >= 1
    assert "interviewer" in finding["sentence"]
    assert "person" not in repr(finding)


def test_slates_without_dates_are_told_in_parts():
    slates = [dataclasses.replace(slate, decided=float(place)) for place, slate in enumerate(small_model.slates(40))]
    assert [period["period"] for period in drift_of_slates(slates)["leniency"]["periods"]] == [
        f"part {n} of 4" for n in (1, 2, 3, 4)
    ]


def test_the_order_of_slates_changes_nothing():
    slates = small_model.slates(45)
    assert drift_of_slates(slates) == drift_of_slates(slates[::-1])


@pytest.mark.parametrize("count", [0, 1])
def test_nothing_breaks_on_nothing(count):
    assert drift.leniency(small_model.slates(count))["warns"] is False
