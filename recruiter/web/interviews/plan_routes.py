"""The interviews of a requisition: its plan, what nobody will have assessed, what is coming, by when it decides."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from flask import render_template, request, url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Overtaken, RuleBroken
from recruiter.interviews import decision_dates, interview_plans, interviewer_profiles, schedule_checks
from recruiter.interviews.interview_plans import Coverage
from recruiter.interviews.models import Interview, PlannedTalk
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.interviews import forms
from recruiter.web.interviews.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import conflicts, guard
from recruiter.web.text.filters import day


@dataclass(frozen=True)
class Loaded:
    """How much somebody on a coming panel holds this week."""

    name: str
    count: int
    limit: int


@dataclass(frozen=True)
class ArrangingPage:
    """The interviews of a requisition."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    talks: list[PlannedTalk]
    left_out: list[str]
    coverage: list[Coverage]
    coming: list[Interview]
    loads: list[Loaded]
    decide_on: dt.date | None
    today: dt.date
    form: forms.LinesForm
    dating: forms.DateForm
    stages: list[tuple[str, str]]
    errors: list[tuple[str, str]] = field(default_factory=list)

    @property
    def gaps(self) -> int:
        """How many candidates have something that nobody will have assessed."""
        return sum(bool(one.missing) for one in self.coverage)


def _loads(coming: list[Interview]) -> list[Loaded]:
    session, zone = db.session(), guard.configured().zone
    people = {seat.user_id: seat.user.name for one in coming for seat in one.panel}
    counts = schedule_checks.loads(session, list(people), now=guard.now(), zone=zone)
    hours = interviewer_profiles.hours_of(session, list(people), zone=zone)
    found = [Loaded(name, counts[number], hours[number].weekly_limit) for number, name in people.items()]
    return sorted(found, key=lambda one: (-one.count, one.name))


def _shown(
    requisition: Requisition,
    *,
    form: forms.LinesForm | None = None,
    dating: forms.DateForm | None = None,
    status: int = 200,
) -> Any:
    session = db.session()
    talks = interview_plans.lines(session, requisition)
    coming = interview_plans.coming(session, requisition, now=guard.now())
    decide_on = decision_dates.dates(session, [requisition.id]).get(requisition.id)
    form = form or forms.lines_form(requisition, talks, formdata=None)
    dating = dating or forms.date_form(decide_on, formdata=None)
    errors = [(one.id, str(text)) for each in (dating, form) for one in each for text in one.errors]
    page = ArrangingPage(
        title=f"Interviews: {requisition.title}",
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "interviews"),
        breadcrumbs=crumbs.of_requisition(requisition, "Interviews"),
        talks=talks,
        left_out=interview_plans.left_out(requisition, talks),
        coverage=interview_plans.coverage(session, requisition),
        coming=coming,
        loads=_loads(coming),
        decide_on=decide_on,
        today=guard.today(),
        form=form,
        dating=dating,
        stages=[(str(one.id), one.name) for one in requisition.stages],
        errors=errors,
    )
    return render_template("interviews/arranging.html", page=page, has_errors=bool(errors)), status


def _where(requisition: Requisition) -> str:
    return url_for("interviews.of_requisition", requisition_ref=requisition.key)


@blueprint.get("/requisitions/<requisition_ref>/interviews")
@guard.needs(Permission.BOARD_READ)
def of_requisition(requisition: Requisition) -> Any:
    """The plan, the gaps, what is coming and by when the search decides."""
    return _shown(requisition)


@blueprint.post("/requisitions/<requisition_ref>/interview-plan")
@guard.needs(Permission.REQUISITION_EDIT)
def write_plan(requisition: Requisition) -> Any:
    """Write the plan down; interviews that were planned from the one before stay as they are."""
    session = db.session()
    form = forms.lines_form(requisition, interview_plans.lines(session, requisition))
    if not form.validate():
        return _shown(requisition, form=form, status=422)
    try:
        interview_plans.write(
            session,
            requisition=requisition,
            plan=forms.lines(form, requisition),
            actor=guard.actor(),
            now=guard.now(),
            seen=request.form.get("plan_seen") or None,
        )
    except Overtaken:
        session.rollback()
        return _plan_changed(requisition, interview_plans.lines(session, requisition))
    except RuleBroken as error:
        session.rollback()
        for key, found in error.errors.items():
            filled = [n for n in range(1, form.lines + 1) if (form[f"name_{n}"].data or "").strip()]
            place = int(key.partition(".")[2] or 0) if key.startswith("lines") else 0
            field = form[f"name_{filled[min(place, len(filled) - 1)] if filled else 1}"]
            field.errors = [*field.errors, *found]
        return _shown(requisition, form=form, status=422)
    session.commit()
    return guard.go(_where(requisition), said="Interview plan saved.")


def _plan_changed(requisition: Requisition, talks: list[PlannedTalk]) -> Any:
    """Say who changed the plan meanwhile and how it stands; what was typed is kept, to be saved knowingly."""
    typed = sum(name.startswith("name_") for name in request.form)
    form = forms.lines_form(requisition, [], typed=typed)
    form.plan_seen.data = interview_plans.mark(talks)
    last = interview_plans.last_written(db.session(), requisition)
    did = f"{last[0]} saved this plan {conflicts.when(last[1])}" if last else "Somebody changed this plan"
    stands = ", ".join(f"{one.name} ({one.minutes} min)" for one in talks) or "no talks"
    says = f"Not saved. {did}; it has {stands} now. What you typed is kept: save again to put it in place of that."
    form["name_1"].errors = [says]
    return _shown(requisition, form=form, status=409)


def _date_changed(requisition: Requisition, form: forms.DateForm, decides: dt.date | None) -> Any:
    """Say who set another decision date meanwhile; what was typed is kept, to be saved knowingly."""
    last = decision_dates.last_of(db.session(), requisition)
    said = f"{last[0]} set {day(last[1].decide_on)} {conflicts.when(last[1].at)}" if last else "Somebody changed it"
    form.date_seen.data = decision_dates.mark(decides)
    form.decide_on.errors = [f"Not saved. {said}. What you typed is kept: save again to put it in place of that."]
    return _shown(requisition, dating=form, status=409)


@blueprint.post("/requisitions/<requisition_ref>/decision-date")
@guard.needs(Permission.REQUISITION_EDIT)
def write_date(requisition: Requisition) -> Any:
    """Say by when the search decides: late scorecards name this date."""
    session = db.session()
    decides = decision_dates.dates(session, [requisition.id]).get(requisition.id)
    form = forms.date_form(decides)
    if not form.validate():
        return _shown(requisition, dating=form, status=422)
    try:
        decision_dates.set_date(
            session,
            requisition=requisition,
            decide_on=form.decide_on.data or guard.today(),
            today=guard.today(),
            actor=guard.actor(),
            now=guard.now(),
            seen=form.date_seen.data or None,
        )
    except Overtaken:
        session.rollback()
        return _date_changed(requisition, form, decision_dates.dates(session, [requisition.id]).get(requisition.id))
    except RuleBroken as error:
        session.rollback()
        form.decide_on.errors = [*form.decide_on.errors, error.message]
        return _shown(requisition, dating=form, status=422)
    session.commit()
    return guard.go(_where(requisition), said="Decision date saved.")
