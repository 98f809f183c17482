"""What may happen to an application, without a database."""

from types import SimpleNamespace

import pytest

from recruiter.pipeline import rules
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import RequisitionStatus, StageKind
from tests.refusals import at, conflict, refusal

KINDS = [StageKind.APPLIED, StageKind.SCREEN, StageKind.INTERVIEW, StageKind.FINAL, StageKind.OFFER, StageKind.HIRED]
STAGES = [
    SimpleNamespace(id=position, position=position, name=kind.value.title(), kind=kind, requisition_id=1)
    for position, kind in enumerate(KINDS)
]
ELSEWHERE = SimpleNamespace(id=99, position=1, name="Screen", kind=StageKind.SCREEN, requisition_id=2)


def application(place, status=ApplicationStatus.ACTIVE):
    active = status == ApplicationStatus.ACTIVE
    return SimpleNamespace(requisition_id=1, stage_id=place, stage=STAGES[place], status=status, is_active=active)


def move(start, to, reason="", **options):
    return rules.check_move(application(start), stages=STAGES, to=to, reason=reason, **options)


@pytest.mark.parametrize(
    ("start", "to", "reason"),
    [
        (0, 1, None),
        (0, 2, None),
        (1, 3, "Skipping Interview asks for a reason."),
        (0, 4, "Skipping Interview asks for a reason."),
        (2, 4, None),
        (2, 3, None),
        (2, 1, "Going back to Screen asks for a reason."),
        (4, 0, "Going back to Applied asks for a reason."),
    ],
)
def test_back_and_past_an_interview_ask_for_a_reason(start, to, reason):
    assert rules.reason_needed(STAGES, current=STAGES[start], to=STAGES[to]) == reason
    if reason is None:
        move(start, STAGES[to])
    else:
        assert refusal(move, start, STAGES[to]) == at("reason", reason)
        move(start, STAGES[to], reason="She asked for it")


def test_staying_asks_for_nothing():
    assert rules.reason_needed(STAGES, current=STAGES[3], to=STAGES[3]) is None


def test_what_cannot_be():
    assert refusal(move, 0, ELSEWHERE) == at("to_stage", "This stage belongs to another requisition.")
    assert refusal(move, 1, STAGES[1]) == conflict("This application stands in Screen already.")
    hire = "A move to the stage of the hire needs an accepted offer."
    assert refusal(move, 4, STAGES[5], reason="Now") == conflict(hire)
    move(4, STAGES[5], offer_accepted=True)
    move(0, STAGES[5], offer_accepted=True)  # whoever has accepted goes past every stage


@pytest.mark.parametrize("status", [status for status in ApplicationStatus if status != ApplicationStatus.ACTIVE])
def test_ended_applications_stay(status):
    sentence = f"This application has ended ({status.value}). Reopen it first."
    ended = application(0, status)
    assert refusal(rules.check_active, ended) == conflict(sentence)
    assert refusal(rules.check_move, ended, stages=STAGES, to=STAGES[1], reason="") == conflict(sentence)
    rules.check_active(application(0))


@pytest.mark.parametrize("status", list(RequisitionStatus))
def test_only_a_search_that_is_on_takes_applications(status):
    if status in {RequisitionStatus.CLOSED, RequisitionStatus.DRAFT}:
        sentence = f"This requisition is {status.value}. Open it first."
        assert refusal(rules.check_open, status) == conflict(sentence)
    else:
        rules.check_open(status)


def place(number, reason="Evidence", *, requisition_id=1, status=ApplicationStatus.ACTIVE):
    """A place in an order: application 7 is that of “Person 7”."""
    person = SimpleNamespace(name=f"Person {number}")
    active = status == ApplicationStatus.ACTIVE
    return SimpleNamespace(id=number, candidate=person, requisition_id=requisition_id, is_active=active), reason


def test_a_slate_is_of_one_search_each_once_in_the_running_and_with_a_reason():
    def check(*order):
        return rules.check_order(SimpleNamespace(id=1), order)

    check()
    check(place(7), place(8, " Knows payments "))
    elsewhere = "One of these applications belongs to another requisition."
    assert refusal(check, place(7), place(8, requisition_id=2)) == at("order", elsewhere)
    assert refusal(check, place(7), place(8), place(7)) == at("order", "Somebody stands in this order twice.")
    ended = "Person 8 is no longer in the running. Leave them out, or reopen the application."
    assert refusal(check, place(7), place(8, status=ApplicationStatus.WITHDRAWN)) == conflict(ended)
    assert refusal(check, place(7), place(8, " \n")) == at("order", "Say why Person 8 stands in this place.")


def test_an_owner_may_move_the_application():
    ruth = SimpleNamespace(id=1, name="Ruth", active=True)
    rules.check_owner(ruth, mover_ids={1, 2})
    sentence = "Ruth may not move this application. Choose somebody who runs this search."
    assert refusal(rules.check_owner, ruth, mover_ids={2}) == at("owner", sentence)
    disabled = SimpleNamespace(id=1, name="Ruth", active=False)
    assert refusal(rules.check_owner, disabled, mover_ids={1}) == at("owner", sentence)
