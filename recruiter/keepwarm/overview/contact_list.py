"""The list of who must hear from us, most urgent first, in a handful of statements whatever its length."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation.act import Moment
from recruiter.foundation.database import paging
from recruiter.foundation.database.scope import Scope
from recruiter.keepwarm import queries
from recruiter.keepwarm.models.records import FallThrough
from recruiter.keepwarm.schedule import agreement_queries, bench_facts, next_contact
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist


@dataclass(frozen=True)
class ContactListItem:
    """One line of the keep-warm list."""

    finalist: Finalist
    standing: next_contact.Standing
    contact: next_contact.ContactSummary
    offer: OfferStatus | None

    @property
    def application(self) -> Application:
        """Whom it is about."""
        return self.finalist.application


def _next_in_line(finalists: Iterable[Finalist], losses: dict[int, FallThrough]) -> set[int]:
    """For each requisition with an open loss, the finalist of the lowest place who is still in the running."""
    in_running = [finalist for finalist in finalists if finalist.application.status == ApplicationStatus.ACTIVE]
    next_by_requisition: dict[int, int] = {}
    for finalist in sorted(in_running, key=lambda finalist: finalist.position):
        next_by_requisition.setdefault(finalist.requisition_id, finalist.application_id)
    return {next_by_requisition[requisition_id] for requisition_id in losses.keys() & next_by_requisition.keys()}


def rows_for(
    session: Session,
    finalists: Sequence[Finalist],
    *,
    moment: Moment,
    say: Callable[[dt.date], str] = next_contact.short_day,
    viewer: User | None = None,
) -> list[ContactListItem]:
    """How each of some finalists stands, in a handful of statements whatever their number.

    Who comes next after a loss is not told to a viewer who owes a card on the search.
    """
    if not finalists:
        return []
    ids = [finalist.application_id for finalist in finalists]
    requisition_ids = sorted({finalist.requisition_id for finalist in finalists})
    bench = bench_facts.load(session, ids, requisition_ids=requisition_ids, contacts_until=moment.now)
    offer_states = agreement_queries.offers_on(session, requisition_ids)
    next_in_line = _next_in_line(finalists, queries.open_losses(session, requisition_ids, viewer=viewer))
    rows = []
    for finalist in finalists:
        states = offer_states.get(finalist.requisition_id, {})
        facts = bench.rule_facts(
            finalist.application_id,
            finalist.application.requisition,
            active=finalist.application.status == ApplicationStatus.ACTIVE,
            named_at=finalist.named_at,
            offers=states.values(),
            moment=moment,
            next_after_loss=finalist.application_id in next_in_line,
            say=say,
        )
        standing, offer = next_contact.standing(facts, moment=moment), states.get(finalist.application_id)
        rows.append(ContactListItem(finalist, standing, facts.contact, offer))
    return rows


DUE: dict[str, Callable[[next_contact.Standing, dt.date], bool]] = {
    "overdue": lambda standing, _: standing.warmth == next_contact.Warmth.COLD,
    "today": lambda standing, today: standing.due_on == today,
    "later": lambda standing, today: standing.due_on is not None and standing.due_on > today,
}


def finalists_to_contact(
    session: Session,
    *,
    within: Scope,
    moment: Moment,
    requisition_id: int | None = None,
    due: str = "all",
    say: Callable[[dt.date], str] = next_contact.short_day,
    viewer: User | None = None,
) -> list[ContactListItem]:
    """Everybody on a slate who is still in the running on a search that goes on, most urgent first.

    `due` narrows to `overdue`, `today` or `later`; `say` is how the reasons write a day.
    """
    statement = queries.in_running(within)
    if requisition_id is not None:
        statement = statement.where(Finalist.requisition_id == requisition_id)
    rows = rows_for(session, session.scalars(statement).all(), moment=moment, say=say, viewer=viewer)
    if due in DUE:
        rows = [row for row in rows if DUE[due](row.standing, moment.today)]
    return sorted(rows, key=lambda row: (*row.standing.sort_key, row.finalist.id))


def page(rows: list[ContactListItem], *, limit: int, cursor: str | None) -> paging.Page[ContactListItem]:
    """A page of the list, which is computed as a whole since its order depends on the day."""
    after = paging.decode(cursor, int)
    return paging.slice_of(rows, limit=limit, after=after[0] if after else 0)


def standing_of(
    session: Session, applications: Sequence[Application], *, moment: Moment, viewer: User | None = None
) -> dict[int, next_contact.Standing]:
    """How each of some applications stands; those that are no finalists are left out."""
    ids = [application.id for application in applications]
    statement = queries.with_person(select(Finalist)).where(Finalist.application_id.in_(ids))
    rows = rows_for(session, session.scalars(statement).all(), moment=moment, viewer=viewer)
    return {row.application.id: row.standing for row in rows}
