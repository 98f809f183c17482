"""What a seat on a panel that asks for scorecards means: whoever plans an interview is told before it is planned.

A scorecard that somebody will owe closes pages to them, and is marked where they have read others' before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.budget.models import BudgetCase
from recruiter.debriefs import queries as debriefs
from recruiter.foundation.wording import listing
from recruiter.interviews.schedule_checks import Concern, ScheduleWarning
from recruiter.offers.models import Offer
from recruiter.pipeline.models import Application
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import readings
from recruiter.scorecards.models import Scorecard


@dataclass(frozen=True)
class Page:
    """A page that tells of scorecards, and what it takes to read it."""

    name: str
    permission: Permission
    subject: Requisition | Application | BudgetCase


def warnings(session: Session, *, application: Application, panel: Sequence[User]) -> list[ScheduleWarning]:
    """Whose card would be marked, of a panel that is asked for scorecards; whom it would close out, and of which pages that they see now."""
    schedule_warnings = []
    pages = _pages_with(session, application) if panel else []
    readers = readings.readers_among(session, [user.id for user in panel], application_id=application.id)
    for user in panel if pages or readers else ():
        if scorecards.owes_on_application(session, viewer=user, application_id=application.id):
            continue  # what it would close is closed to them already, and whoever put them there was told
        if user.id in readers:
            schedule_warnings.append(ScheduleWarning(Concern.HAS_READ, _read_sentence(user, application)))
        open_now = [
            page.name
            for page in pages
            if permits.permits(session, actor=user, permission=page.permission, on=page.subject)
        ]
        if open_now:
            sentence = f"{user.name} will not see {listing(open_now)} until their scorecard on this interview is in."
            schedule_warnings.append(ScheduleWarning(Concern.CLOSES, sentence))
    return schedule_warnings


def _read_sentence(user: User, application: Application) -> str:
    return (
        f"{user.name} has read scorecards on {application.candidate.name}. Theirs will be marked “After seeing the others”, "
        "and will count in no average and in no ranking."
    )


def _pages_with(session: Session, application: Application) -> list[Page]:
    """The pages that contain an application and tell of scorecards."""
    requisition, pages = application.requisition, []
    sent = select(Scorecard.id).where(Scorecard.application_id == application.id, Scorecard.sent)
    has_cards = session.scalar(sent.limit(1)) is not None
    if application.finalist is not None:
        pages.append(Page("the slate", Permission.FINALISTS_READ, requisition))
    if application.finalist is not None or (has_cards and debriefs.is_in_debrief(session, application)):
        pages.append(Page("the debrief", Permission.DEBRIEF_READ, requisition))
    cases = session.scalars(_cases_with(application))
    pages += [Page(f"budget case {case.number}", Permission.CASE_READ, case) for case in cases]
    if has_cards:
        name = f"the scorecards on {application.candidate.name}"
        pages.append(Page(name, Permission.SCORECARD_LIST, application))
    return pages


def _cases_with(application: Application) -> Select[BudgetCase]:
    """The cases that contain an application: those for it, and all of a search where it stands on the slate."""
    cases = (
        select(BudgetCase)
        .join(Offer, Offer.id == BudgetCase.offer_id)
        .join(Application, Application.id == Offer.application_id)
        .order_by(BudgetCase.id)
    )
    if application.finalist is None:
        return cases.where(Application.id == application.id)
    return cases.where(Application.requisition_id == application.requisition_id)
