"""The bench record of one application: contacts, promises, concerns, other processes and readiness on one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask_wtf import FlaskForm

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.foundation.database.db import db
from recruiter.keepwarm import queries
from recruiter.keepwarm.messages import drafts, message_queries
from recruiter.keepwarm.models.records import Concern, ConcernState, Direction, Promise, PromiseState, Touchpoint
from recruiter.keepwarm.overview import contact_list, readiness_queries
from recruiter.keepwarm.schedule import next_contact
from recruiter.offers import queries as offers
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.requisitions.models import RequisitionStatus
from recruiter.web.keepwarm import forms, labels
from recruiter.web.keepwarm.bench import message_form
from recruiter.web.keepwarm.bench.readiness_checklist import Check, checklist
from recruiter.web.keepwarm.contact_list import list_page
from recruiter.web.keepwarm.lamps import Lamps
from recruiter.web.keepwarm.slate import slate_forms
from recruiter.web.layout import tabs
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.pipeline.application import timeline
from recruiter.web.request import guard
from recruiter.web.request.form_handling import RejectedForm
from recruiter.web.text import message_warnings


@dataclass(frozen=True)
class PromiseLine:
    """A promise in the state that the date gives it."""

    promise: Promise
    state: str
    tone: str
    open: bool
    broken: bool


@dataclass(frozen=True)
class BenchPage:
    """Everything that was said to a finalist, and by them."""

    title: str
    application: Application
    breadcrumbs: Crumbs
    tabs: list[tabs.Tab]
    active: bool
    line: list_page.Line | None
    days: list[timeline.Day]
    promises: list[PromiseLine]
    concerns: list[Concern]
    processes: list[CompetingProcess]
    checks: list[Check]
    letter: message_form.LetterForm
    purposes: list[tuple[str, str, bool]]
    address: str
    silent_since: dt.datetime | None
    lamps: Lamps
    people: list[User]
    pay: bool
    failed: RejectedForm | None
    concern_tones = labels.CONCERN_TONES

    @property
    def releases(self) -> bool:
        """Whether the seats are filled and they may wait for the call that lets them go."""
        filled = self.application.requisition.status == RequisitionStatus.FILLED
        waits = self.application.status in {ApplicationStatus.ACTIVE, ApplicationStatus.REJECTED}
        return self.line is not None and filled and waits

    def form(self, key: str, concern: Concern | None = None) -> Any:
        """The form of a key: as it came back, else a fresh one."""
        if self.failed and self.failed.key == key:
            return self.failed.form
        if concern is not None:
            given = {"version": concern.version, "state": concern.state.value, "answer": concern.answer}
            data = {**given, "owner": str(concern.owner_id or "")}
            return forms.ConcernChangeForm(self.people, formdata=None, data=data)
        fresh: dict[str, Callable[[], FlaskForm]] = {
            "letter": lambda: self.letter,
            "new-concern": lambda: forms.ConcernForm(self.people, formdata=None),
            "process": lambda: forms.competing_form(self.application, formdata=None),
            "snooze": lambda: slate_forms.SnoozeForm(formdata=None),
            "contact": lambda: forms.ContactForm(formdata=None),
            "new-promise": lambda: forms.PromiseForm(formdata=None),
            "ready": lambda: forms.ReadinessForm(formdata=None),
        }
        return fresh.get(key, lambda: forms.SettleForm(formdata=None))()

    def marks(self) -> message_warnings.Marks | None:
        """What the check found in the message that came back; None where no message did."""
        return message_warnings.of_letter(self.form("letter"), self.application) if self.back("letter") else None

    def back(self, key: str) -> bool:
        """Whether the form of a key came back with something to look at."""
        return self.failed is not None and self.failed.key == key


def people() -> list[User]:
    """Who may answer a concern."""
    return [user for user in accounts.everybody(db.session()) if user.active and user.role != Role.APPROVER]


def _event(touch: Touchpoint, name: str) -> timeline.Event:
    kind = labels.KINDS[touch.kind].lower()
    ours = touch.direction == Direction.TO
    return timeline.Event(
        at=touch.at,
        icon=labels.ICONS[touch.channel],
        actor=touch.by.name if ours else name,
        action=f"to {'them' if ours else 'us'} {drafts.HOW[touch.channel]}: {kind}",
        text=touch.text,
        tone="" if ours else "ok",
        people=() if ours else (touch.by.name,),
    )


def _promise_lines(promises: Sequence[Promise]) -> list[PromiseLine]:
    """Promises in the state that the date gives them, the latest first and the open ones before all."""
    lines = []
    for promise in reversed(promises):
        state = next_contact.state_of(promise, moment=guard.act())
        is_open, broken = state == PromiseState.OPEN, state == PromiseState.BROKEN
        tone = labels.PROMISE_TONES.get(state, "")
        lines.append(PromiseLine(promise, state.value.capitalize(), tone, is_open, broken))
    return sorted(lines, key=lambda line: not line.open)


def _line(application: Application) -> list_page.Line | None:
    if application.finalist is None:
        return None
    rows = contact_list.rows_for(db.session(), [application.finalist], moment=guard.act(), viewer=guard.actor())
    return list_page.line_of(rows[0], blind=bool(list_page.blind_on(rows)))


def page_of(application: Application, failed: RejectedForm | None = None) -> BenchPage:
    """Gather the page; a form that came back stands where it stood."""
    session, name = db.session(), application.candidate.name
    concerns = queries.concerns_of(session, application)
    lamps = Lamps(readiness_queries.lights_of(session, application, moment=guard.act()))
    purpose = message_form.purpose_of(application)
    return BenchPage(
        title=f"Keep warm: {name}",
        application=application,
        breadcrumbs=[
            ("Keep warm", url_for("keepwarm.index")),
            (name, url_for("pipeline.application", application_id=application.id)),
            ("Bench record", None),
        ],
        tabs=tabs.application_tabs(application, "bench", runs=True),
        active=application.status == ApplicationStatus.ACTIVE,
        line=_line(application),
        days=timeline.by_day(
            [_event(touch, name) for touch in queries.touchpoints_of(session, application)], guard.zone()
        ),
        promises=_promise_lines(queries.promises_of(session, application)),
        concerns=sorted(concerns, key=lambda concern: concern.state != ConcernState.OPEN),
        processes=offers.competing_of(session, application),
        checks=checklist(
            queries.readiness_of(session, application),
            concerns=sum(concern.state == ConcernState.OPEN for concern in concerns),
            lit=bool(lamps.lights),
        ),
        letter=message_form.form_of(application, purpose=purpose),
        purposes=message_form.choices(application, current=purpose),
        address=message_queries.address_of(application.candidate),
        silent_since=message_queries.unanswered(session, [application.id]).get(application.id),
        lamps=lamps,
        people=people(),
        pay=guard.actor().pay_view,
        failed=failed,
    )


def render(application: Application, failed: RejectedForm | None = None) -> str:
    """The page as HTML."""
    return render_template("keepwarm/bench.html", page=page_of(application, failed), has_errors=failed is not None)
