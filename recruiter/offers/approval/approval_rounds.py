"""What was said on a request since its round of approval began: votes, open questions, and whose word would count now.

An offer and a budget case are approved by the same chains; both are an `ApprovalRequest`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol, TypeVar

from recruiter.foundation.errors import DomainError
from recruiter.foundation.json_types import JsonObject
from recruiter.offers.approval import approval_chain
from recruiter.offers.approval.approval_chain import Seat, Slot, Vote
from recruiter.requisitions.models import Requisition

APPROVED, QUESTION, ANSWER = "approved", "question", "answer"
A_MINUTE = dt.timedelta(minutes=1)
ROUND_ENDING = {"refused", "changes_requested"}


class Statement(Protocol):
    """What an approver said on a request, or what an approver was answered."""

    by_id: int
    for_id: int | None
    group_name: str | None

    @property
    def step(self) -> int | None:
        """The step of the chain that it belongs to, from 1 on."""

    @property
    def decision(self) -> str:
        """`approved`, `refused`, `changes_requested`, `question` or `answer`."""


StatementT = TypeVar("StatementT", bound=Statement)
StatementT_co = TypeVar("StatementT_co", bound=Statement, covariant=True)


class ApprovalRequest(Protocol[StatementT_co]):
    """Something that a chain approves: an offer above the band, or a budget case."""

    id: int
    plan: JsonObject | None
    answer_by: dt.datetime | None
    submitted_at: dt.datetime | None
    approval_kind: ClassVar[str]

    @property
    def requisition(self) -> Requisition:
        """The search that it belongs to."""

    @property
    def awaits_approval(self) -> bool:
        """Whether approvers are asked now."""

    @property
    def requester_ids(self) -> set[int]:
        """Who asked, and so never approves."""

    @property
    def statements(self) -> Sequence[StatementT_co]:
        """What was said on what is asked now, the oldest first."""


Approvable = ApprovalRequest[Statement]


def approvals_of(request: ApprovalRequest[StatementT_co]) -> list[StatementT_co]:
    """The approvals of the present round: a refusal or a request for changes begins a new one, a question is no approval."""
    return approvals_among(request.statements)


def approvals_among(statements: Sequence[StatementT]) -> list[StatementT]:
    """The same among statements, the oldest first, as they stood at some moment."""
    ends = (place for place, statement in enumerate(statements, 1) if statement.decision in ROUND_ENDING)
    return [statement for statement in statements[max(ends, default=0) :] if statement.decision == APPROVED]


def votes_of(request: Approvable) -> list[Vote]:
    """The approvals of the present round as the arithmetic of chains takes them; an old one without a group filled the default's."""
    default_group = approval_chain.DEFAULT.steps[0][0].name
    return [
        Vote(
            approval.by_id, approval.for_id or approval.by_id, approval.step or 1, approval.group_name or default_group
        )
        for approval in approvals_of(request)
    ]


def open_questions(request: ApprovalRequest[StatementT_co]) -> list[StatementT_co]:
    """The questions that nobody has answered, the oldest first; somebody's own approval takes their question back."""
    unanswered: list[StatementT_co] = []
    for statement in request.statements if request.awaits_approval else ():
        if statement.decision == QUESTION:
            unanswered.append(statement)
        elif statement.decision == ANSWER:
            unanswered = unanswered[1:]
        elif statement.decision in ROUND_ENDING:
            unanswered = []
        else:
            unanswered = [question for question in unanswered if question.by_id != statement.by_id]
    return unanswered


@dataclass(frozen=True)
class GroupProgress:
    """A group of a step: how many must approve, of how many people (0: of all approvers), and how many have."""

    name: str
    needed: int
    of: int
    approved: int

    @property
    def given(self) -> int:
        """The approvals that count: more than are needed add nothing."""
        return min(self.approved, self.needed)


@dataclass(frozen=True)
class StepProgress:
    """A step of a chain under way: `done`, `now` or `later`."""

    number: int
    state: str
    groups: list[GroupProgress]

    @property
    def is_done(self) -> bool:
        """Whether it needs nobody any more."""
        return self.state == "done"


@dataclass(frozen=True)
class ApprovalProgress:
    """A chain under way; the answer is due by the last minute of a day, so that it reads as that day."""

    name: str
    answer_by: dt.datetime | None
    steps: list[StepProgress]


def progress_of(request: Approvable) -> ApprovalProgress | None:
    """The chain of a request; None where approval was never asked for."""
    if request.plan is None:
        return None
    name, answer_by = approval_chain.plan_of(request.plan).name, request.answer_by and request.answer_by - A_MINUTE
    return ApprovalProgress(name, answer_by, steps_of(request))


def steps_of(request: Approvable) -> list[StepProgress]:
    """How far an approval has come, step by step."""
    plan, votes = approval_chain.plan_of(request.plan), votes_of(request)
    present, _ = approval_chain.open_groups(plan, votes)
    steps = []
    for number, groups in enumerate(plan.steps, start=1):
        state = "now" if number == present else "done" if present == 0 or number < present else "later"
        in_groups = [
            GroupProgress(
                group.name, group.needed, len(group.members), approval_chain.approvals_in_group(votes, number, group)
            )
            for group in groups
        ]
        steps.append(StepProgress(number, state, in_groups))
    return steps


def unfilled_seats_of(request: Approvable) -> list[Seat]:
    """The places in the chain of a request whose word is still asked for, now or in a later step."""
    plan = approval_chain.plan_of(request.plan)
    return approval_chain.unfilled_seats(plan, votes_of(request)) if request.awaits_approval else []


def seats_of(request: Approvable, user_id: int) -> list[Seat]:
    """Those of one approver."""
    return [seat for seat in unfilled_seats_of(request) if seat.user_id == user_id]


def stuck_seats_of(request: Approvable, *, able: Collection[int]) -> list[Seat]:
    """The places of those who are not able to answer, in groups that too few others can answer for; who asked is not able either."""
    plan, votes = approval_chain.plan_of(request.plan), votes_of(request)
    if not request.awaits_approval:
        return []
    return approval_chain.stuck_seats(plan, votes, able=set(able) - request.requester_ids)


def slot_of(request: Approvable, user_id: int, *, represented: Collection[int]) -> Slot:
    """Where somebody's word counts now, for themselves or for whom they represent. Raises Forbidden or Conflict."""
    return approval_chain.slot_for(
        approval_chain.plan_of(request.plan),
        votes_of(request),
        actor=user_id,
        stands_for=represented,
        barred=request.requester_ids,
    )


def slot_or_reason(request: Approvable, user_id: int, *, represented: Collection[int]) -> tuple[Slot | None, str]:
    """Where somebody's word counts now, else the sentence that says why it does not."""
    try:
        return slot_of(request, user_id, represented=represented), ""
    except DomainError as error:
        return None, error.message


def has_turn(request: Approvable, user_id: int, *, represented: Collection[int]) -> bool:
    """Whether the word of somebody would count now; for who asked it never does."""
    return slot_or_reason(request, user_id, represented=represented)[0] is not None


def slot_details(request: Approvable, slot: Slot) -> dict[str, int]:
    """Step and represented approver of a statement, as the audit log keeps them: only what a configured chain adds."""
    step = {} if approval_chain.plan_of(request.plan) == approval_chain.DEFAULT else {"step": slot.step}
    return step | ({"for_id": slot.on_behalf_of} if slot.on_behalf_of else {})
