"""When a debrief opens, how far apart people are, and who is clearly ahead."""

import pytest

from recruiter.debriefs import rules
from tests.refusals import at, conflict, refusal


def test_middle_and_spread_of_ratings():
    assert rules.mean([]) is None
    assert rules.mean([1, 2, 6]) == 3
    assert rules.spread([4]) is None
    assert rules.spread([2, 5, 3]) == 3


def test_the_widest_disagreement_is_first():
    assert rules.disagreement([]) == (1.0, 0.0)
    assert rules.disagreement([3]) == (0.0, 0.0)
    assert rules.disagreement([1, 4]) == (-3, -3.0)
    assert rules.disagreement([1, 4, 4, 1]) == (-3, -6.0)
    attributes = [[], [3, 3], [1, 4], [1, 1, 4, 4], [2, 4]]
    assert sorted(attributes, key=rules.disagreement) == [[1, 1, 4, 4], [1, 4], [2, 4], [3, 3], []]


def test_a_decision_has_words_and_an_end():
    assert rules.check_decision(" Offer to Ada. ") == "Offer to Ada."
    assert len(rules.check_decision("x" * 10_000)) == 10_000
    empty = "Write what was decided, like “Offer to Ada first, Bela second”."
    assert refusal(rules.check_decision, " ") == at("decision", empty)
    assert refusal(rules.check_decision, "x" * 10_001) == at("decision", "Use at most 10000 characters.")


@pytest.mark.parametrize(
    ("cards", "leader"),
    [
        ({}, None),
        ({1: [4, 4]}, None),  # nobody to be ahead of
        ({1: [4, 4], 2: []}, None),
        ({1: [4, 4], 2: [3, 3]}, 1),
        ({1: [3, 3], 2: [4, 4]}, 2),
        ({1: [4, 4], 2: [4, 4]}, None),
        ({1: [4], 2: [1, 1]}, None),  # one card says nothing of how far people differ
        ({1: [4, 4], 2: [1]}, None),
        ({1: [4, 2], 2: [2, 2]}, None),  # the lead may be chance
        ({1: [4, 4], 2: [3, 3], 3: [4, 4]}, None),
        ({1: [4, 4, 4], 2: [3, 3, 3], 3: [1, 1]}, 1),
    ],
)
def test_who_is_clearly_ahead(cards, leader):
    assert rules.clear_leader(cards) == leader


def test_a_lead_of_two_standard_errors_is_clear():
    scores = [3, 3, 3, 3]  # each has a variance of 1/12 at least, so the error is sqrt(2/48), twice that is 0.408
    assert rules.clear_leader({1: [3.42, 3.42, 3.42, 3.42], 2: scores}) == 1
    assert rules.clear_leader({1: [3.40, 3.40, 3.40, 3.40], 2: scores}) is None


def test_a_lead_of_exactly_two_standard_errors_is_not_larger_than_that():
    second = [1, 3]  # two steps apart; with one and a half beside it the error is 1.25
    assert rules.clear_leader({1: [5.25, 3.75], 2: second}) is None
    assert rules.clear_leader({1: [5.5, 4], 2: second}) == 1


def test_another_choice_than_the_leader_has_a_reason():
    names = ("Ada", "Bela")
    rules.check_departure(differs=False, names=names, reason="")
    rules.check_departure(differs=True, names=names, reason="Knows payments")
    sentence = "Ada had the higher plain mean of the scorecards. Say why Bela comes first."
    assert refusal(rules.check_departure, differs=True, names=names, reason=" ") == at("reason", sentence)


def test_the_least_experienced_speaks_first_and_who_decides_last():
    assert rules.speaking_order({1: 0, 2: 9, 3: 4}, decides=1) == [3, 2, 1]
    assert rules.speaking_order({1: 5, 2: 5}, decides=0) == [1, 2]


def test_it_opens_early_with_a_reason_alone():
    assert rules.check_open(missing=[], opened=False, reason="") is False
    assert rules.check_open(missing=["Igor"], opened=True, reason="") is False
    assert rules.check_open(missing=["Igor"], opened=False, reason="Ill") is True
    sentence = "The debrief waits for the scorecards of Igor, Ines. Wait for them, or open it early and say why."
    missing = ["Igor", "Ines", "Igor"]
    assert refusal(rules.check_open, missing=missing, opened=False, reason="") == conflict(sentence)


def test_the_reason_is_cut_where_it_is_too_long():
    assert rules.check_reason(" Ill ") == "Ill"
    assert len(rules.check_reason("x" * 10_001)) == 10_000
    sentence = "Say why the debrief opens before all scorecards are in."
    assert refusal(rules.check_reason, " ") == at("open_early", sentence)
