"""How far a finalist came, what teaches the model, and which gates stop a fit."""

import datetime as dt

import pytest

from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import ApplicationStatus
from recruiter.ranking import rules
from recruiter.ranking.rules import ApplicationOutcome, Gate
from recruiter.requisitions.models import RequisitionStatus

NOW = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)
ACTIVE, REJECTED, WITHDRAWN, HIRED = (
    ApplicationStatus.ACTIVE,
    ApplicationStatus.REJECTED,
    ApplicationStatus.WITHDRAWN,
    ApplicationStatus.HIRED,
)


def test_the_grade_is_the_offer():
    slate = [
        ApplicationOutcome(1, REJECTED),
        ApplicationOutcome(2, REJECTED, finalist=True),
        ApplicationOutcome(3, HIRED, offered_at=NOW + HOUR, finalist=True),
        ApplicationOutcome(4, REJECTED, offered_at=NOW, offer_status=OfferStatus.DECLINED),
        ApplicationOutcome(5, REJECTED, offered_at=NOW + 2 * HOUR),
    ]
    assert rules.grades(slate) == {1: 0.0, 2: 1.0, 3: 2.0, 4: 3.0, 5: 2.0}
    same_time = [ApplicationOutcome(9, HIRED, offered_at=NOW), ApplicationOutcome(7, REJECTED, offered_at=NOW)]
    assert rules.grades(same_time) == {9: 2.0, 7: 3.0}
    assert rules.grades([]) == {}


@pytest.mark.parametrize(
    ("status", "offer", "word"),
    [
        (HIRED, OfferStatus.RENEGED, "hired"),
        (REJECTED, OfferStatus.RENEGED, "reneged"),
        (WITHDRAWN, OfferStatus.DECLINED, "declined"),
        (REJECTED, OfferStatus.LAPSED, "rejected"),
        (WITHDRAWN, None, "withdrawn"),
        (ACTIVE, None, ""),
    ],
)
def test_what_became_of_somebody(status, offer, word):
    assert rules.outcome(ApplicationOutcome(1, status, offer_status=offer)) == word


@pytest.mark.parametrize("status", list(RequisitionStatus))
@pytest.mark.parametrize("started", [True, False])
def test_when_a_slate_is_decided(status, started):
    closed = status == RequisitionStatus.CLOSED or (status == RequisitionStatus.FILLED and started)
    assert rules.is_closed(status, hire_started=started) is closed


@pytest.mark.parametrize(
    ("grade", "outcome", "imported", "best", "counts"),
    [
        (0, "rejected", False, 3, True),
        (1, "withdrawn", False, 3, False),
        (2, "withdrawn", False, 3, True),
        (3, "withdrawn", False, 3, True),
        (1, "withdrawn", True, 1, True),
        (1, "withdrawn", True, 2, False),
        (2, "withdrawn", True, 3, False),
    ],
)
def test_who_teaches(grade, outcome, imported, best, counts):
    assert rules.counts_for_training(grade, outcome=outcome, imported=imported, best=best) is counts


@pytest.mark.parametrize(
    ("grades", "imported", "choice"),
    [([], True, False), ([], False, False), ([0, 1], True, True), ([0, 1], False, False), ([0, 2], False, True)],
)
def test_which_slates_teach(grades, imported, choice):
    assert rules.has_choice(grades, imported=imported) is choice


@pytest.mark.parametrize(
    ("decisions", "passed", "sentence"),
    [
        (0, False, "No past decision held a choice."),
        (1, True, "1 decision held a choice. That is few: the declared weights carry the ranking until there are 20."),
        (19, True, "19 decisions held a choice. That is few: the declared weights carry the ranking until there are 20."),
        (20, True, "20 decisions held a choice: the ranking is partly learnt."),
        (50, True, "50 decisions held a choice: the ranking is partly learnt."),
        (51, True, "51 decisions held a choice."),
    ],
)  # fmt: skip
def test_enough_data(decisions, passed, sentence):
    assert rules.gates_for(decisions)[0] == Gate("enough_data", passed, blocks=True, sentence=sentence)


PRIOR, PLAIN = "the same model before it learnt from any decision", "the plain mean of the recommendations"


@pytest.mark.parametrize(
    ("skill", "other", "passed"), [(0.5, 0.4, True), (0.38, 0.4, True), (0.375, 0.4, False), (0.4, 0.4, True)]
)
def test_skill_is_not_behind_by_more_than_two_hundredths(skill, other, passed):
    phrase = "not behind" if passed else "behind"
    ours = f"Skill {skill:.2f} against {other:.2f}: {phrase}"
    gates = rules.gates_for(60, skill=skill, prior=other, plain=other)
    assert gates[1] == Gate("prior_only", passed, blocks=True, sentence=f"{ours} {PRIOR}.")
    assert gates[2] == Gate("plain_mean", passed, blocks=True, sentence=f"{ours} {PLAIN}.")
    assert rules.blocking_gates(gates) == ([] if passed else gates[1:3])


@pytest.mark.parametrize("measures", [{"skill": 0.5}, {"prior": 0.5, "plain": 0.5}, {}])
def test_what_cannot_be_compared_stops_nothing(measures):
    gates = rules.gates_for(3, **measures)
    for gate, name, other in ((gates[1], "prior_only", PRIOR), (gates[2], "plain_mean", PLAIN)):
        sentence = f"Too few decisions to compare it with {other}; its prior leads."
        assert gate == Gate(name, passed=True, blocks=True, sentence=sentence)


def test_the_allow_list_and_the_card():
    good = rules.gates_for(60)
    assert good[3] == Gate(
        "allow_list", passed=True, blocks=True, sentence="It looks at nothing that is not on the allow list."
    )
    assert good[4] == Gate("card", passed=True, blocks=True, sentence="Its card is complete.")
    bad = rules.gates_for(60, missing=("a purpose", "limits"), foreign="It looks at names.")
    assert bad[3] == Gate("allow_list", passed=False, blocks=True, sentence="It looks at names.")
    assert bad[4] == Gate("card", passed=False, blocks=True, sentence="Its card lacks a purpose, limits.")
    assert rules.blocking_gates(bad) == bad[3:]
    assert rules.blocking_gates([Gate("warning", passed=False, blocks=False, sentence="Careful.")]) == []
