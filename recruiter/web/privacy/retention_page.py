"""The page of keeping times: what is kept how long, what is due, what was proposed, requests that wait, holds on requisitions."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from flask import render_template
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.policy import scopes
from recruiter.privacy.holds import hold_queries
from recruiter.privacy.models import DataRequest, LegalHold, RetentionPeriod, RetentionPurpose
from recruiter.privacy.requests import request_services
from recruiter.privacy.retention import daily_run, period_services, retention_queries
from recruiter.privacy.retention.retention_rules import ABOUT, Schedule
from recruiter.request_context import places
from recruiter.web.layout import breadcrumbs
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.privacy.forms import PeriodForm, RequisitionHoldForm
from recruiter.web.request import guard
from recruiter.web.request.form_handling import has_errors

MOST_REQUESTS = 50


@dataclass(frozen=True)
class PurposeRow:
    """What is kept for one purpose: how long everywhere, whether it ends by itself, how many are due, how many of them are held."""

    label: str
    about: str
    length: str
    is_set: bool
    due: int
    on_hold: int


@dataclass(frozen=True)
class PeriodRow:
    """One keeping time that was proposed: what, where, by whom, and what became of it; who may decide is offered to."""

    id: int
    what: str
    place: str
    period: RetentionPeriod
    state: str
    tone: str
    may_confirm: bool
    may_withdraw: bool


@dataclass(frozen=True)
class RetentionPage:
    """What the page shows; `last_run` says when keeping times were applied last and what that ended, `is_alone` that nobody else could confirm."""

    title: str
    breadcrumbs: Crumbs
    last_run: str
    purposes: list[PurposeRow]
    periods: list[PeriodRow]
    requests: list[DataRequest]
    holds: list[LegalHold]
    period_form: PeriodForm
    hold_form: RequisitionHoldForm
    is_alone: bool


def length_of(period: RetentionPeriod) -> str:
    """How long a keeping time is, in words: “6 months”."""
    return wording.plural(period.length, period.purpose.unit)


def answer(period_form: PeriodForm | None = None, hold_form: RequisitionHoldForm | None = None) -> str:
    """The page, with a form that came back where there is one."""
    session, actor = db.session(), guard.actor()
    page = RetentionPage(
        title="Retention",
        breadcrumbs=breadcrumbs.of_settings("Retention"),
        last_run=_last_run(session),
        purposes=_purposes(session),
        periods=[_period_row(each, actor) for each in retention_queries.all_periods(session)],
        requests=request_services.open_requests(session, within=scopes.candidates(actor), limit=MOST_REQUESTS),
        holds=hold_queries.requisition_holds(session, today=guard.today(), within=scopes.requisitions(actor)),
        period_form=(period_form or PeriodForm(formdata=None)).offer(retention_queries.known_places(session)),
        is_alone=period_services.is_only_administrator(session),
        hold_form=hold_form or RequisitionHoldForm(formdata=None),
    )
    came_back = [form for form in (period_form, hold_form) if form is not None and has_errors(form)]
    return render_template("privacy/retention.html", page=page, has_errors=bool(came_back))


def _purposes(session: Session) -> list[PurposeRow]:
    times = retention_queries.schedule(session)
    items = retention_queries.due_items(session, times=times, places=places(), moment=guard.act())
    counts = Counter((item.due.purpose, item.on_hold) for item in items)
    return [
        PurposeRow(
            label=each.label,
            about=ABOUT[each],
            length=_length(times, each),
            is_set=any(purpose == each for _, purpose in times.periods),
            due=counts[each, False],
            on_hold=counts[each, True],
        )
        for each in RetentionPurpose
    ]


def _length(times: Schedule, purpose: RetentionPurpose) -> str:
    return wording.plural(times.length(purpose), purpose.unit)


def _period_row(period: RetentionPeriod, actor: User) -> PeriodRow:
    state, tone = "Needs another administrator", ""
    if period.confirmed_at is not None:
        state, tone = "Confirmed", "ok"
    elif period.refused_at is not None:
        withdrawn = period.refused_by_id == period.proposed_by_id
        state, tone = "Withdrawn" if withdrawn else "Refused", ""
    own = period.proposed_by_id == actor.id
    return PeriodRow(
        id=period.id,
        what=f"{period.purpose.label}: {length_of(period)}",
        place=period.place,
        period=period,
        state=state,
        tone=tone,
        may_confirm=period.is_open and not own,
        may_withdraw=period.is_open and own,
    )


def _last_run(session: Session) -> str:
    entry = daily_run.last_run(session)
    if entry is None:
        return "Nothing has been ended yet."
    at = wording.at_time(entry.at, zone=guard.zone(), today=guard.today())
    ended = [f"{RetentionPurpose(name).label}: {count}" for name, count in entry.detail["ended"].items()]
    on_hold = sum(entry.detail["on_hold"].values())
    stayed = f" {on_hold:,} on legal hold stayed." if on_hold else ""
    return f"Last run {at}. {'Ended: ' + '; '.join(ended) if ended else 'Nothing had to end'}.{stayed}"
