"""The bench record of one application: contacts, promises, concerns, other processes and readiness on one page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import render_template, url_for
from flask_wtf import FlaskForm

from recruiter.accounts import queries as accounts
from recruiter.accounts.models import Role, User
from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money
from recruiter.keepwarm import queries
from recruiter.keepwarm.messages import drafts, message_queries
from recruiter.keepwarm.models.records import (
    Concern,
    ConcernState,
    Direction,
    Promise,
    PromiseState,
    Readiness,
    Touchpoint,
)
from recruiter.keepwarm.overview import contact_list, readiness_queries
from recruiter.keepwarm.schedule import next_contact
from recruiter.offers import queries as offers
from recruiter.offers.models import CompetingProcess
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.web.keepwarm import forms, labels
from recruiter.web.keepwarm.bench import message_form, process_form
from recruiter.web.keepwarm.contact_list import list_page
from recruiter.web.keepwarm.slate import slate_forms, slate_page
from recruiter.web.layout import tabs
from recruiter.web.pipeline.application import timeline
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error
from recruiter.web.text import message_warnings
from recruiter.web.text.filters import day


@dataclass(frozen=True)
class Failed:
    """A form that came back: which one, as it was typed, and what belongs to no field."""

    key: str
    form: FlaskForm

    @property
    def problem(self) -> str:
        """What belongs to no field."""
        return general_error(self.form)


@dataclass(frozen=True)
class PromiseLine:
    """A promise in the state that the date gives it."""

    promise: Promise
    state: str
    tone: str
    open: bool


@dataclass(frozen=True)
class Process:
    """Another employer's process; the amount only for who sees pay."""

    process: CompetingProcess
    source: str
    amount: Money | None


@dataclass(frozen=True)
class Check:
    """One entry of the checklist of readiness."""

    label: str
    text: str
    tone: str


@dataclass(frozen=True)
class BenchPage:
    """Everything that was said to a finalist, and by them."""

    title: str
    application: Application
    breadcrumbs: list[tuple[str, str | None]]
    tabs: list[tabs.Tab]
    active: bool
    line: list_page.Line | None
    days: list[timeline.Day]
    promises: list[PromiseLine]
    concerns: list[Concern]
    processes: list[Process]
    checks: list[Check]
    letter: Any
    purposes: list[tuple[str, str, bool]]
    address: str
    silent_since: dt.datetime | None
    lamps: list[slate_page.Lamp]
    lit: int
    people: list[User]
    pay: bool
    currency: str
    failed: Failed | None

    def form(self, key: str, about: Any = None) -> Any:
        """The form of a key: as it came back, else a fresh one."""
        if self.failed and self.failed.key == key:
            return self.failed.form
        if about is not None and key.startswith("concern"):
            given = {"version": about.version, "state": about.state.value, "answer": about.answer}
            data = {**given, "owner": str(about.owner_id or "")}
            return forms.own(forms.ConcernChangeForm(formdata=None, data=data), self.people)
        if key == "letter":
            return self.letter
        if key == "new-concern":
            return forms.own(forms.ConcernForm(formdata=None), self.people)
        if key == "process":
            return process_form.form_for(self.application, formdata=None)
        plain = {
            "snooze": slate_forms.SnoozeForm,
            "contact": forms.ContactForm,
            "new-promise": forms.PromiseForm,
            "ready": forms.ReadinessForm,
        }
        return plain.get(key, forms.SettleForm)(formdata=None)

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


def _promises(promises: Sequence[Promise]) -> list[PromiseLine]:
    today, lines = guard.today(), []
    for promise in reversed(promises):
        state = next_contact.promise_state(promise.state, due_on=promise.due_on, today=today)
        is_open = state == PromiseState.OPEN
        lines.append(PromiseLine(promise, labels.PROMISE_STATES[state], labels.PROMISE_TONES.get(state, ""), is_open))
    return sorted(lines, key=lambda line: not line.open)


def _processes(processes: Sequence[CompetingProcess], *, pay: bool) -> list[Process]:
    return [
        Process(
            process,
            labels.SOURCES[process.source_class].split(":")[0],
            Money(process.offer_amount, process.currency)
            if pay and process.offer_amount is not None and process.currency is not None
            else None,
        )
        for process in processes
    ]


def _answer(label: str, *, answer: bool | None, on: dt.date | None, no_tone: str = "late") -> Check:
    if answer is None:
        return Check(label, "Not asked yet", "due")
    asked_on = f", asked {day(on, guard.today())}" if on else ""
    return Check(label, ("Yes" if answer else "No") + asked_on, "ok" if answer else no_tone)


def readiness_checks(ready: Readiness | None, *, concerns: int) -> list[Check]:
    """The checklist of readiness, each with the day on which it was asked."""
    today = guard.today()
    within = ready.expectation_within_band if ready else None
    approvals = {None: "Not known before pay was talked of", True: "The normal approval", False: "A budget case"}
    from_, done = (ready.available_from, ready.references_done_on) if ready else (None, None)
    return [
        _answer(
            "Still interested",
            answer=ready.interested if ready else None,
            on=ready.interested_asked_on if ready else None,
        ),
        Check("Available from", day(from_, today) if from_ else "Not asked yet", "ok" if from_ else "due"),
        _answer(
            "Expects pay within the band",
            answer=within,
            on=ready.expectation_asked_on if ready else None,
            no_tone="due",
        ),
        Check("References", f"Done {day(done, today)}" if done else "Not done yet", "ok" if done else "due"),
        Check("Concerns", f"{concerns} open" if concerns else "None open", "due" if concerns else "ok"),
        Check("Approvals needed", approvals[within], ""),
    ]


def _line(application: Application) -> list_page.Line | None:
    if application.finalist is None:
        return None
    rows = contact_list.rows_for(db.session(), [application.finalist], moment=guard.act(), viewer=guard.actor())
    blind = bool(list_page.blind_on(rows))
    return list_page.line_of(rows[0], today=guard.today(), blind=blind)


def page_of(application: Application, failed: Failed | None = None) -> BenchPage:
    """Gather the page; a form that came back stands where it stood."""
    session, pay = db.session(), guard.actor().pay_view
    touchpoints = queries.touchpoints_of(session, application)
    promises = queries.promises_of(session, application)
    concerns = queries.concerns_of(session, application)
    unanswered = sum(concern.state == ConcernState.OPEN for concern in concerns)
    name = application.candidate.name
    active = application.status == ApplicationStatus.ACTIVE
    processes = offers.competing_of(session, application)
    lights = (
        readiness_queries.readiness_checks_of(session, [application], moment=guard.act())[application.id]
        if active
        else ()
    )
    lamps = slate_page.lamps(lights)
    return BenchPage(
        title=f"Keep warm: {name}",
        application=application,
        breadcrumbs=[
            ("Keep warm", url_for("keepwarm.index")),
            (name, url_for("pipeline.application", application_id=application.id)),
            ("Bench record", None),
        ],
        tabs=tabs.application_tabs(application, "bench", runs=True),
        active=active,
        line=_line(application),
        days=timeline.by_day([_event(touch, name) for touch in touchpoints], guard.settings().zone),
        promises=_promises(promises),
        concerns=sorted(concerns, key=lambda concern: concern.state != ConcernState.OPEN),
        processes=_processes(processes, pay=pay),
        checks=readiness_checks(queries.readiness_of(session, application), concerns=unanswered),
        letter=message_form.form_of(application),
        purposes=[
            (purpose.value, label, purpose == message_form.purpose_of(application))
            for purpose, label in message_form.PURPOSES.items()
        ],
        address=message_queries.address_of(application.candidate),
        silent_since=message_queries.unanswered(session, [application.id]).get(application.id),
        lamps=lamps,
        lit=sum(lamp.tone == "ok" for lamp in lamps),
        people=people(),
        pay=pay,
        currency=application.requisition.band.currency if application.requisition.band else "",
        failed=failed,
    )


def render(application: Application, failed: Failed | None = None) -> str:
    """The page as HTML."""
    return render_template("keepwarm/bench.html", page=page_of(application, failed), has_errors=failed is not None)
