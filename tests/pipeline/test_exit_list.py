"""What a stage asks for before somebody leaves it."""

import pytest

from recruiter.pipeline import exit_checklist
from recruiter.pipeline.exit_checklist import ExitFacts, ExitItem
from recruiter.requisitions.models import Stage, StageKind

BOTH = (ExitItem.INTERVIEWS, ExitItem.CARDS)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (ExitFacts(), [(False, "No interview planned yet")]),
        (
            ExitFacts(interviews_planned=1, cards_expected=3, cards_submitted=2),
            [(False, "0 of 1 interview held"), (False, "2 of 3 scorecards in")],
        ),
        (
            ExitFacts(interviews_done=2, interviews_planned=2, cards_expected=1, cards_submitted=1),
            [(True, "2 of 2 interviews held"), (True, "1 of 1 scorecard in")],
        ),
        (
            ExitFacts(interviews_done=1, interviews_planned=1),
            [(True, "1 of 1 interview held"), (False, "No scorecard asked for yet")],
        ),
    ],
)
def test_interviews_and_cards_are_counted(facts, expected):
    assert [(check.done, check.text) for check in exit_checklist.checklist(BOTH, facts)] == expected


def test_the_last_stages_ask_for_debrief_slate_and_answer():
    items = [*exit_checklist.USUAL[StageKind.FINAL], *exit_checklist.USUAL[StageKind.OFFER]]
    before = exit_checklist.checklist(items, ExitFacts(cards_expected=1, interviews_planned=1))
    after = exit_checklist.checklist(
        items,
        ExitFacts(
            cards_expected=1,
            interviews_planned=1,
            cards_submitted=1,
            debriefed=True,
            on_slate=True,
            offer_accepted=True,
        ),
    )
    assert [check.done for check in before] == [False] * 4
    assert [check.done for check in after] == [True] * 4


def test_a_stage_may_ask_for_other_things_than_its_kind_does():
    assert exit_checklist.items_of(Stage(kind=StageKind.SCREEN, exit_list=None)) == BOTH
    assert exit_checklist.items_of(Stage(kind=StageKind.SCREEN, exit_list=["debrief", "unknown"])) == (
        ExitItem.DEBRIEF,
    )
    assert exit_checklist.items_of(Stage(kind=StageKind.SCREEN, exit_list=[])) == ()
