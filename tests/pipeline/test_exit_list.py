"""What a stage asks for before somebody leaves it."""

import pytest

from recruiter.pipeline import exit_checklist
from recruiter.pipeline.exit_checklist import ExitFacts, ExitItem
from recruiter.requisitions.models import Stage, StageKind

BOTH = (ExitItem.INTERVIEWS, ExitItem.CARDS)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (ExitFacts(), [(False, "No interview planned yet")]),
        (
            ExitFacts(planned=1, expected=3, submitted=2),
            [(False, "0 of 1 interview held"), (False, "2 of 3 scorecards in")],
        ),
        (
            ExitFacts(held=2, planned=2, expected=1, submitted=1),
            [(True, "2 of 2 interviews held"), (True, "1 of 1 scorecard in")],
        ),
        (ExitFacts(held=1, planned=1), [(True, "1 of 1 interview held"), (False, "No scorecard asked for yet")]),
    ],
)
def test_interviews_and_cards_are_counted(facts, words):
    assert [(one.done, one.words) for one in exit_checklist.lines(BOTH, facts)] == words


def test_the_last_stages_ask_for_debrief_slate_and_answer():
    items = [*exit_checklist.USUAL[StageKind.FINAL], *exit_checklist.USUAL[StageKind.OFFER]]
    before = exit_checklist.lines(items, ExitFacts(expected=1, planned=1))
    after = exit_checklist.lines(
        items, ExitFacts(expected=1, planned=1, submitted=1, debriefed=True, on_slate=True, accepted=True)
    )
    assert [one.done for one in before] == [False] * 4
    assert [one.done for one in after] == [True] * 4


def test_a_stage_may_ask_for_other_things_than_its_kind_does():
    assert exit_checklist.items_of(Stage(kind=StageKind.SCREEN, exit_list=None)) == BOTH
    assert exit_checklist.items_of(Stage(kind=StageKind.SCREEN, exit_list=["debrief", "unknown"])) == (
        ExitItem.DEBRIEF,
    )
    assert exit_checklist.items_of(Stage(kind=StageKind.SCREEN, exit_list=[])) == ()
