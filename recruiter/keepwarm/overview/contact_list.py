"""The list of who must hear from us, most urgent first, in a handful of statements whatever its length."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from recruiter.accounts.models import User
from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.foundation.database import paging
from recruiter.keepwarm.models.records import FallThrough
from recruiter.keepwarm.queries import open_losses
from recruiter.keepwarm.schedule import agreement_queries, bench_facts, next_contact
from recruiter.keepwarm.schedule.agreement_queries import Ids
from recruiter.keepwarm.schedule.cadence import USUAL, Situation
from recruiter.offers.models import OfferStatus
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Requisition, RequisitionStatus

MANY = 200


@dataclass(frozen=True)
class Row:
    """One line of the keep-warm list."""

    finalist: Finalist
    standing: next_contact.Standing
    last_two_way: dt.datetime | None
    last_said: str
    open_concerns: int
    snoozed_until: dt.date | None = None
    offer: OfferStatus | None = None

    @property
    def application(self) -> Application:
        """Whom it is about."""
        return self.finalist.application


def _next_in_line(finalists: Iterable[Finalist], losses: dict[int, FallThrough]) -> set[int]:
    """For each requisition with an open loss, the finalist of the lowest place who is still in the running."""
    best: dict[int, Finalist] = {}
    for one in finalists:
        if one.requisition_id in losses and one.application.status == ApplicationStatus.ACTIVE:
            before = best.get(one.requisition_id)
            if before is None or one.position < before.position:
                best[one.requisition_id] = one
    return {one.application_id for one in best.values()}


def rows_for(
    session: Session,
    finalists: Sequence[Finalist],
    *,
    now: dt.datetime,
    zone: dt.tzinfo,
    calendar: WorkingDays = WEEKDAYS,
    chosen_by: Select[Any] | None = None,
    say: Callable[[dt.date], str] = next_contact.shown,
    viewer: User | None = None,
) -> list[Row]:
    """How each of some finalists stands, in a handful of statements whatever their number.

    `chosen_by` is the select that the finalists came from: where they are thousands, it stands for their numbers. Who comes
    next after a loss is not told to a viewer who owes a card on the search.
    """
    if not finalists:
        return []
    ids: Ids = [one.application_id for one in finalists]
    requisition_ids: Ids = sorted({one.requisition_id for one in finalists})
    if chosen_by is not None and len(finalists) > MANY:
        ids = chosen_by.with_only_columns(Finalist.application_id)
        requisition_ids = chosen_by.with_only_columns(Finalist.requisition_id)
    talks, promises = bench_facts.talks(session, ids, now=now), bench_facts.promise_facts(session, ids)
    elsewhere = bench_facts.deadlines(session, ids)
    going = agreement_queries.offers_on(session, requisition_ids)
    own = agreement_queries.cadences(session, requisition_ids)
    chosen = _next_in_line(finalists, open_losses(session, requisition_ids, viewer=viewer))
    rows = []
    for one in finalists:
        requisition = one.application.requisition
        talk, states = talks.get(one.application_id, bench_facts.Talk()), going.get(one.requisition_id, {}).values()
        clocks = own.get(one.requisition_id, USUAL)
        facts = next_contact.Facts(
            active=one.application.status == ApplicationStatus.ACTIVE,
            named_on=one.named_at.astimezone(zone).date(),
            last_two_way=talk.two_way,
            promises=tuple(promises.get(one.application_id, ())),
            decisions_on=tuple(elsewhere.get(one.application_id, ())),
            offer_out=OfferStatus.EXTENDED in states,
            offer_days=requisition.cadence_offer_days,
            bench_days=requisition.cadence_bench_days,
            next_after_loss=one.application_id in chosen,
            accepted=OfferStatus.ACCEPTED in states,
            accepted_days=clocks.days(Situation.ACCEPTED),
            deadline_days=clocks.days(Situation.DEADLINE),
            final_round_on=talk.unthanked.astimezone(zone).date() if talk.unthanked else None,
            final_round_days=clocks.days(Situation.FINAL_ROUND),
            calendar=calendar,
            snoozed_until=talk.snoozed_until,
            snoozed_at=talk.snoozed_at,
            say=say,
        )
        rows.append(
            Row(
                one,
                next_contact.standing(facts, now=now, zone=zone),
                facts.last_two_way,
                talk.words,
                talk.concerns,
                facts.snooze,
                going.get(one.requisition_id, {}).get(one.application_id),
            )
        )
    return rows


def _finalists(wanted: Select[Any]) -> Select[Any]:
    loaded = wanted.join(Finalist.application).options(contains_eager(Finalist.application))
    return loaded.options(
        joinedload(Finalist.application, Application.candidate),
        joinedload(Finalist.application, Application.stage),
        joinedload(Finalist.application, Application.requisition),
    )


def _is_due(standing: next_contact.Standing, due: str, *, today: dt.date) -> bool:
    if due == "overdue":
        return standing.warmth == next_contact.Warmth.COLD
    if due == "today":
        return standing.due_on == today
    if due == "later":
        return standing.due_on is not None and standing.due_on > today
    return True


def kept_warm(
    session: Session,
    *,
    within: Select[int],
    now: dt.datetime,
    zone: dt.tzinfo,
    calendar: WorkingDays = WEEKDAYS,
    requisition_id: int | None = None,
    due: str = "all",
    say: Callable[[dt.date], str] = next_contact.shown,
    viewer: User | None = None,
) -> list[Row]:
    """Everybody on a slate who is still in the running on a search that goes on, most urgent first.

    `due` narrows to `overdue`, `today` or `later`; `say` is how the reasons write a day.
    """
    wanted = select(Finalist).where(
        Finalist.requisition_id.in_(within),
        Finalist.application.has(Application.status == ApplicationStatus.ACTIVE),
        Finalist.requisition_id.in_(
            select(Requisition.id).where(Requisition.status.not_in([RequisitionStatus.CLOSED, RequisitionStatus.DRAFT]))
        ),
    )
    if requisition_id is not None:
        wanted = wanted.where(Finalist.requisition_id == requisition_id)
    found = list(session.scalars(_finalists(wanted)).unique())
    rows = rows_for(session, found, now=now, zone=zone, calendar=calendar, say=say, viewer=viewer)
    today = now.astimezone(zone).date()
    kept = [one for one in rows if _is_due(one.standing, due, today=today)]
    return sorted(kept, key=lambda one: (*one.standing.sort_key, one.finalist.id))


def page(rows: list[Row], *, limit: int, cursor: str | None) -> paging.Page[Row]:
    """A page of the list, which is computed as a whole since its order depends on the day."""
    after = paging.decode(cursor, int)
    return paging.slice_of(rows, limit=limit, after=after[0] if after else 0)


def standing_of(
    session: Session,
    applications: Sequence[Application],
    *,
    now: dt.datetime,
    zone: dt.tzinfo,
    calendar: WorkingDays = WEEKDAYS,
    viewer: User | None = None,
) -> dict[int, next_contact.Standing]:
    """How each of some applications stands; those that are no finalists are left out."""
    ids = [one.id for one in applications]
    wanted = _finalists(select(Finalist).where(Finalist.application_id.in_(ids)))
    finalists = list(session.scalars(wanted).unique())
    rows = rows_for(session, finalists, now=now, zone=zone, calendar=calendar, viewer=viewer)
    return {row.application.id: row.standing for row in rows}
