"""Who may see a card, what makes it whole, and when its reminders go out."""

import dataclasses
import datetime as dt
import itertools

import pytest

from recruiter.foundation.errors import RuleBroken
from recruiter.scorecards import rules
from recruiter.scorecards.models import ReminderStep
from recruiter.scorecards.rules import CardContent, Mark
from tests.refusals import at, conflict, refusal

END = dt.datetime(2026, 11, 18, 9, 30, tzinfo=dt.UTC)
SECOND, HOUR = dt.timedelta(seconds=1), dt.timedelta(hours=1)
FRESH, BEFORE_DUE, OVERDUE, MANAGER = rules.REMINDER_DELAYS
ATTRIBUTES = ["Role skills", "Café"]
WHOLE = CardContent([Mark("Role skills", 3), Mark("Café", 5, "Led a team")], overall=3)


@pytest.mark.parametrize(("own", "submitted", "owes"), list(itertools.product([True, False], repeat=3)))
def test_blind_until_sent(own, submitted, owes):
    seen = rules.may_see(viewer_id=1, author_id=1 if own else 2, submitted=submitted, owes_card=owes)
    assert seen is (own or (submitted and not owes))


def test_a_card_opens_with_its_interview():
    rules.check_opens(starts_at=END, now=END)
    sentence = "This scorecard opens when the interview starts."
    assert refusal(rules.check_opens, starts_at=END, now=END - SECOND) == conflict(sentence)


def test_content_is_cleaned_and_spelled_as_the_requisition_does():
    content = CardContent([Mark("CAFE", 5, " a\x00b "), Mark("role skills", None)], 4, " s ", " q ", " c ")
    checked = rules.check_content(content, attributes=ATTRIBUTES)
    assert checked == CardContent([Mark("Café", 5, "ab"), Mark("Role skills", None)], 4, "s", "q", "c")
    long = dataclasses.replace(content, summary="x" * 10_001)
    assert len(rules.check_content(long, attributes=ATTRIBUTES).summary) == 10_000


@pytest.mark.parametrize(
    ("marks", "sentence"),
    [
        ([Mark("Courage", 3)], "“Courage” is not an attribute of this requisition."),
        ([Mark("Café", 3), Mark("CAFE", 3)], "“CAFE” is rated twice."),
        ([Mark("CAFE", 0)], "Rate Café from 1 to 5, or leave it as not covered."),
        ([Mark("Café", 6)], "Rate Café from 1 to 5, or leave it as not covered."),
    ],
)
def test_marks_that_cannot_be(marks, sentence):
    assert refusal(rules.check_content, CardContent(marks), attributes=ATTRIBUTES) == at("ratings", sentence)


@pytest.mark.parametrize("rating", [1, 2, 3, 4, 5])
def test_every_mark_of_the_scale(rating):
    marks = rules.check_content(CardContent([Mark("Café", rating)]), attributes=ATTRIBUTES).marks
    assert [mark.rating for mark in marks] == [rating]


@pytest.mark.parametrize("overall", [0, 5])
def test_the_recommendation_has_four_choices(overall):
    sentence = "Recommend 1 strong no, 2 no, 3 yes or 4 strong yes."
    assert refusal(rules.check_content, CardContent(overall=overall), attributes=[]) == at("overall", sentence)
    for good in (1, 2, 3, 4, None):
        assert rules.check_content(CardContent(overall=good), attributes=[]).overall == good


def test_what_a_card_needs_to_be_sent():
    rules.check_complete(WHOLE)
    kind, errors, message = refusal(rules.check_complete, CardContent([Mark("Café", None)]))
    assert kind is RuleBroken
    assert errors == {
        "ratings": ["Rate at least one attribute."],
        "overall": ["Choose whether you would hire for this role."],
    }
    assert message == "Rate at least one attribute."


@pytest.mark.parametrize(("rating", "needs"), [(1, True), (2, False), (3, False), (4, False), (5, True)])
def test_the_ends_of_the_scale_need_evidence(rating, needs):
    content = CardContent([Mark("Café", rating)], overall=3)
    sentence = f"Write what you saw or heard for Café: a {rating} needs its evidence."
    if needs:
        assert refusal(rules.check_complete, content) == at("evidence.Café", sentence)
    else:
        rules.check_complete(content)
    assert refusal(rules.check_complete, content, evidence_for_all=True) == at("evidence.Café", sentence)
    rules.check_complete(CardContent([Mark("Café", rating, "Seen")], overall=3), evidence_for_all=True)


def test_anchors_are_five_or_none():
    assert rules.check_anchors({}) == {}
    assert rules.check_anchors({1: " ", 2: ""}) == {}
    five = {rating: f" a {rating} " for rating in range(1, 6)}
    assert rules.check_anchors(five) == {rating: f"a {rating}" for rating in range(1, 6)}
    assert rules.check_anchors({**five, 3: "x" * 500})[3] == "x" * 400
    sentence = "Say what a 2, 4, 5 looks like too, or leave all five empty."
    assert refusal(rules.check_anchors, {1: "a", 3: "b", 5: " "}) == at("anchors", sentence)


def test_five_comparisons_make_a_deviation():
    assert rules.deviation([(4, 3)] * 4) is None
    assert rules.deviation([(4, 3), (3, 3), (5, 3), (2, 3), (5, 3)]) == 0.8


@pytest.mark.parametrize(
    ("after", "sent", "step"),
    [
        (HOUR - SECOND, [], None),
        (HOUR, [], FRESH),
        (HOUR, [FRESH], None),
        (20 * HOUR - SECOND, [FRESH], None),
        (20 * HOUR, [FRESH], BEFORE_DUE),
        (20 * HOUR, [], BEFORE_DUE),
        (24 * HOUR, [FRESH, BEFORE_DUE], OVERDUE),
        (24 * HOUR, [MANAGER], None),
        (28 * HOUR, [OVERDUE], MANAGER),
        (28 * HOUR, [], OVERDUE),  # whoever decides hears nothing before the interviewer
        (28 * HOUR, [OVERDUE, MANAGER], None),
        (28 * HOUR, [FRESH, BEFORE_DUE], OVERDUE),
    ],
)
def test_the_furthest_reminder_whose_time_has_come(after, sent, step):
    assert rules.due_step(ends_at=END, now=END + after, sent=sent) == step


def test_reminders_follow_each_other():
    assert [rules.next_step(step) for step in ReminderStep] == [BEFORE_DUE, OVERDUE, MANAGER, None]
    assert list(rules.REMINDER_DELAYS.values()) == [HOUR, 20 * HOUR, 24 * HOUR, 28 * HOUR]
