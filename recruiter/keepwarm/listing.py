"""The list of who must hear from us, most urgent first, in a handful of statements whatever its length."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, contains_eager, joinedload

from recruiter.foundation import paging
from recruiter.foundation.calendar import WEEKDAYS, WorkingDays
from recruiter.keepwarm import agreements, rules
from recruiter.keepwarm.cadence import USUAL, Situation
from recruiter.keepwarm.models import (
    Concern,
    ConcernState,
    Direction,
    FallThrough,
    Promise,
    TouchKind,
    Touchpoint,
)
from recruiter.keepwarm.queries import open_losses
from recruiter.offers import queries as offers
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.requisitions.models import Requisition, RequisitionStatus


@dataclass(frozen=True)
class Row:
    """One line of the keep-warm list."""

    finalist: Finalist
    standing: rules.Standing
    last_two_way: dt.datetime | None
    last_said: str
    open_concerns: int
    snoozed_until: dt.date | None = None

    @property
    def application(self) -> Application:
        """Whom it is about."""
        return self.finalist.application


def _last_contact(session: Session, ids: Sequence[int]) -> dict[int, dt.datetime]:
    wanted = (
        select(Touchpoint.application_id, func.max(Touchpoint.at))
        .where(
            Touchpoint.application_id.in_(ids),
            or_(
                Touchpoint.direction == Direction.FROM,
                Touchpoint.kind == TouchKind.CALL,
                Touchpoint.channel.in_(rules.TWO_WAY_CHANNELS),
            ),
        )
        .group_by(Touchpoint.application_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


def _last_words(session: Session, ids: Sequence[int]) -> dict[int, str]:
    newest = (
        select(Touchpoint.application_id, func.max(Touchpoint.id).label("id"))
        .where(Touchpoint.application_id.in_(ids))
        .group_by(Touchpoint.application_id)
        .subquery()
    )
    wanted = select(Touchpoint.application_id, Touchpoint.said).join(newest, newest.c.id == Touchpoint.id)
    return {row[0]: row[1] for row in session.execute(wanted)}


def _promises(session: Session, ids: Sequence[int]) -> dict[int, list[rules.PromiseFact]]:
    found: dict[int, list[rules.PromiseFact]] = {}
    for one in session.scalars(select(Promise).where(Promise.application_id.in_(ids)).order_by(Promise.id)):
        fact = rules.PromiseFact(one.what, one.due_on, one.state, one.made_at, one.zone)
        found.setdefault(one.application_id, []).append(fact)
    return found


def _deadlines(session: Session, ids: Sequence[int]) -> dict[int, list[dt.date]]:
    wanted = select(CompetingProcess.application_id, CompetingProcess.decision_on).where(
        CompetingProcess.application_id.in_(ids), CompetingProcess.decision_on.is_not(None)
    )
    found: dict[int, list[dt.date]] = {}
    for application_id, day in session.execute(wanted):
        if day is not None:
            found.setdefault(application_id, []).append(day)
    return found


def _concern_counts(session: Session, ids: Sequence[int]) -> dict[int, int]:
    wanted = (
        select(Concern.application_id, func.count())
        .where(Concern.application_id.in_(ids), Concern.state == ConcernState.OPEN)
        .group_by(Concern.application_id)
    )
    return {row[0]: row[1] for row in session.execute(wanted)}


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
) -> list[Row]:
    """How each of some finalists stands, in a handful of statements whatever their number."""
    if not finalists:
        return []
    ids = [one.application_id for one in finalists]
    requisition_ids = sorted({one.requisition_id for one in finalists})
    spoke, words = _last_contact(session, ids), _last_words(session, ids)
    promises, deadlines, concerns = _promises(session, ids), _deadlines(session, ids), _concern_counts(session, ids)
    out, accepted = (
        offers.out_by_requisition(session, requisition_ids),
        agreements.accepted_on(session, requisition_ids),
    )
    own, snoozes = agreements.cadences(session, requisition_ids), agreements.snoozes(session, ids)
    chosen = _next_in_line(finalists, open_losses(session, requisition_ids))
    rows = []
    for one in finalists:
        requisition = one.application.requisition
        clocks, snooze = own.get(one.requisition_id, USUAL), snoozes.get(one.application_id)
        facts = rules.Facts(
            active=one.application.status == ApplicationStatus.ACTIVE,
            named_on=one.named_at.astimezone(zone).date(),
            last_two_way=spoke.get(one.application_id),
            promises=tuple(promises.get(one.application_id, ())),
            decisions_on=tuple(deadlines.get(one.application_id, ())),
            offer_out=bool(out.get(one.requisition_id)),
            offer_days=requisition.cadence_offer_days,
            bench_days=requisition.cadence_bench_days,
            next_after_loss=one.application_id in chosen,
            accepted=one.requisition_id in accepted,
            accepted_days=clocks.days(Situation.ACCEPTED),
            deadline_days=clocks.days(Situation.DEADLINE),
            calendar=calendar,
            snoozed_until=snooze.until if snooze else None,
            snoozed_at=snooze.at if snooze else None,
        )
        rows.append(
            Row(
                one,
                rules.standing(facts, now=now, zone=zone),
                facts.last_two_way,
                words.get(one.application_id, ""),
                concerns.get(one.application_id, 0),
                facts.snooze,
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


def _is_due(standing: rules.Standing, due: str, *, today: dt.date) -> bool:
    if due == "overdue":
        return standing.warmth == rules.Warmth.COLD
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
) -> list[Row]:
    """Everybody on a slate who is still in the running on a search that goes on, most urgent first.

    `due` narrows to `overdue`, `today` or `later`.
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
    rows = rows_for(session, list(session.scalars(_finalists(wanted)).unique()), now=now, zone=zone, calendar=calendar)
    today = now.astimezone(zone).date()
    kept = [one for one in rows if _is_due(one.standing, due, today=today)]
    return sorted(kept, key=lambda one: (*one.standing.sort_key, one.finalist.id))


def page(rows: list[Row], *, limit: int, cursor: str | None) -> paging.Page[Row]:
    """A page of the list, which is computed as a whole since its order depends on the day."""
    after = paging.decode(cursor, length=1)
    start = after[0] if after else 0
    if not isinstance(start, int) or start < 0:
        raise paging.BadCursor("This is not the address of a next page. Start from the list again.")
    return paging.slice_of(rows, limit=limit, after=start)


def standing_of(
    session: Session,
    applications: Sequence[Application],
    *,
    now: dt.datetime,
    zone: dt.tzinfo,
    calendar: WorkingDays = WEEKDAYS,
) -> dict[int, rules.Standing]:
    """How each of some applications stands; those that are no finalists are left out."""
    ids = [one.id for one in applications]
    wanted = _finalists(select(Finalist).where(Finalist.application_id.in_(ids)))
    finalists = list(session.scalars(wanted).unique())
    rows = rows_for(session, finalists, now=now, zone=zone, calendar=calendar)
    return {row.application.id: row.standing for row in rows}
