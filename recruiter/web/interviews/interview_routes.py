"""One interview: who, when, where, what was done to it; moved, staffed anew, cancelled or not held."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts.models import User
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews import queries, replacements
from recruiter.interviews.models import ChangeKind, Interview, InterviewChange, InterviewStatus
from recruiter.interviews.notices import emails
from recruiter.interviews.rules import covered
from recruiter.interviews.schedule_checks import ScheduleWarning
from recruiter.interviews.services import InterviewChanges
from recruiter.policy import panel_warnings, permits
from recruiter.policy.permissions import Permission
from recruiter.scorecards import interview_changes
from recruiter.web.interviews import forms, routes
from recruiter.web.interviews.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.request import conflicts, guard
from recruiter.web.request.form_handling import general_error, handle_act, handle_form, has_errors
from recruiter.web.request.redirects import redirect_with_flash

STATUS_MESSAGES = {
    InterviewStatus.CANCELLED: "Interview cancelled.",
    InterviewStatus.NO_SHOW: "Recorded that nobody came.",
}
CHANGE_LABELS = {
    ChangeKind.PLANNED: "planned it",
    ChangeKind.MOVED: "moved it",
    ChangeKind.RENAMED: "renamed it",
    ChangeKind.PANEL: "changed the panel",
    ChangeKind.FOCUS: "changed what it looks at",
    ChangeKind.CARDS: "changed whether it asks for scorecards",
    ChangeKind.CANCELLED: "cancelled it",
    ChangeKind.NO_SHOW: "recorded that nobody came",
}


@dataclass(frozen=True)
class InterviewPage:
    """An interview, and for whoever runs the search the form that changes it."""

    title: str
    interview: Interview
    when: str
    focus: list[str]
    attributes: list[str]
    runs: bool
    on_panel: bool
    begun: bool
    has_cards: bool
    breadcrumbs: crumbs.Crumbs
    history: list[InterviewChange]
    form: forms.MoveForm | None
    people: list[tuple[str, str]]
    zone: str
    why: str
    problem: str
    warned: list[ScheduleWarning]
    replacements: list[tuple[User, User | None]]
    replacement_warnings: list[ScheduleWarning]
    done: ClassVar = CHANGE_LABELS

    @property
    def outcome(self) -> str:
        """Why it did not take place."""
        return "Cancelled" if self.interview.status == InterviewStatus.CANCELLED else "Nobody came"


def _interview_page(
    interview: Interview,
    form: forms.MoveForm | None = None,
    *,
    problem: str = "",
    warnings: list[ScheduleWarning] | None = None,
    reason: str = "",
) -> str:
    session, application, actor = db.session(), interview.application, guard.actor()
    attributes = application.requisition.attribute_names
    runs = permits.permits(session, actor=actor, permission=Permission.INTERVIEW_PLAN, on=interview)
    people = routes.possible_panelists() if runs else []
    if runs and form is None and interview.status != InterviewStatus.CANCELLED:
        form = forms.move_form(interview, people, formdata=None)
    proposed = replacements.proposals(session, interview, among=people, moment=guard.act(), zone=guard.zone())
    substitutes = [substitute for _, substitute in proposed if substitute is not None and interview.scored]
    page = InterviewPage(
        title=f"{interview.name}: {application.candidate.name}",
        interview=interview,
        when=emails.time_text(interview, guard.zone()),
        focus=covered(focus=interview.focus, attributes=attributes),
        attributes=attributes,
        runs=runs,
        on_panel=interview.panelist(actor.id) is not None,
        begun=interview.starts_at <= guard.now(),
        has_cards=bool(interview_changes.scored_interview_ids(session, [interview.id])),
        breadcrumbs=crumbs.of_application(application, interview.name, shows_board=runs),
        history=queries.history_of(session, interview),
        form=form,
        people=routes.people_choices(people),
        zone=guard.zone().key,
        why=reason,
        problem=problem or (general_error(form) if form is not None else ""),
        warned=warnings or [],
        replacements=proposed,
        replacement_warnings=panel_warnings.warnings(session, application=application, panel=substitutes)
        if substitutes
        else [],
    )
    errors = bool(problem or (form is not None and has_errors(form)))
    return render_template("interviews/show.html", page=page, has_errors=errors)


@blueprint.page("/interviews/<int:interview_id>", Permission.INTERVIEW_READ)
def show(interview: Interview) -> str:
    """An interview for whoever is on its panel or runs the search."""
    return _interview_page(interview)


@blueprint.act("/interviews/<int:interview_id>/changes", Permission.INTERVIEW_PLAN)
def move(interview: Interview) -> ResponseReturnValue:
    """Move an interview or staff it anew; who is on the panel is told, and calendars follow."""
    people = routes.possible_panelists()
    form = forms.move_form(interview, people)
    is_stale = conflicts.is_stale(form.version.data, interview.version)

    def save() -> Interview:
        if is_stale:
            raise Conflict(_changed_sentence(interview))
        changes: InterviewChanges = {
            "place": form.place.data or "",
            "name": form.name.data or None,
            "focus": (form.focus.data or []) if form.shows_focus.data else None,
            "panel": form.panel(people),
            "scored": form.asks_for_cards(otherwise=interview.scored),
            "status": InterviewStatus.PLANNED,
            "reason": form.reason.data or "",
        }
        begins, minutes = interview.starts_at.replace(second=0, microsecond=0), dt.timedelta(minutes=interview.minutes)
        if (form.starts_at(), form.ends_at()) != (begins, begins + minutes):  # a form sent back as it was moves nothing
            changes |= {"starts_at": form.starts_at(), "ends_at": form.ends_at()}
        return interview_changes.change(db.session(), interview=interview, act=guard.act(), **changes)

    def again() -> str:
        if general_error(form):  # who saves again has read what has changed
            form.version.data = str(interview.version)
        return _interview_page(interview, form)

    if form.validate() and not is_stale:
        warnings = routes.schedule_warnings(form, interview.application, people, moved=interview)
        if warnings:
            return _interview_page(interview, form, warnings=warnings), routes.CONFLICT
    home = url_for("interviews.show", interview_id=interview.id)
    flash = "Interview changed. The panel is told."
    return handle_form(form, save=save, again=again, home=home, flash=flash, fields=forms.FIELDS)


def _changed_sentence(interview: Interview) -> str:
    """Who changed the interview since a form was made of it, what and when."""
    changes, change_text = queries.history_of(db.session(), interview), "Somebody changed it"
    if changes:
        change_text = f"{changes[-1].by.name} {CHANGE_LABELS[changes[-1].kind]} {conflicts.when(changes[-1].at)}"
    return f"Not saved. {change_text}. What you typed is kept: look at what is planned now, then save again."


@blueprint.act("/interviews/<int:interview_id>/replacement", Permission.INTERVIEW_PLAN)
def replace(interview: Interview) -> ResponseReturnValue:
    """Put a colleague in the seat of somebody whose account has ended; the panel is told."""
    seats = {str(seat.user_id): seat.user for seat in interview.panel if not seat.user.active}
    departed = seats.get(request.form.get("departed", ""))
    substitutes = {str(user.id): user for user in routes.possible_panelists()}
    substitute = substitutes.get(request.form.get("substitute", ""))
    home = url_for("interviews.show", interview_id=interview.id)
    if departed is None or substitute is None:
        return redirect_with_flash(home, "This panel has changed meanwhile. Look at it again.", tone="late")
    return handle_act(
        lambda: interview_changes.replace(
            db.session(), interview=interview, departed=departed, substitute=substitute, act=guard.act()
        ),
        home=home,
        flash=f"{substitute.name} is on the panel in place of {departed.name}. The panel is told.",
    )


@blueprint.act("/interviews/<int:interview_id>/status", Permission.INTERVIEW_PLAN)
def change(interview: Interview) -> ResponseReturnValue:
    """Cancel an interview, or record that nobody came; the panel is told."""
    new_status = next((status for status in STATUS_MESSAGES if status.value == request.form.get("status")), None)
    if new_status is None:
        raise RuleBroken.at("status", "Choose whether it is cancelled or nobody came.")
    changes: InterviewChanges = {"status": new_status, "reason": request.form.get("reason", "")}
    is_stale = conflicts.is_stale(request.form.get("version"), interview.version)
    if is_stale and interview.status != InterviewStatus.CANCELLED:
        problem = _changed_sentence(interview)
        return _interview_page(interview, problem=problem, reason=changes["reason"]), routes.CONFLICT
    return handle_act(
        lambda: interview_changes.change(db.session(), interview=interview, act=guard.act(), **changes),
        home=routes.application_url(interview.application),
        flash=STATUS_MESSAGES[new_status],
    )
