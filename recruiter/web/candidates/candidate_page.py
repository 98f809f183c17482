"""The page of a person: applications within sight, and the timeline of everything that happened on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from recruiter.accounts.models import Role
from recruiter.candidates import queries
from recruiter.candidates.models import Candidate, Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.interviews import queries as interviews
from recruiter.pipeline import history_queries
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import timeline as sent
from recruiter.web.candidates import forms
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.pipeline.application import records, timeline, timeline_events
from recruiter.web.request import guard
from recruiter.web.request.form_handling import general_error, has_errors

STAFF = {Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}
AT_MOST = 200


@dataclass(frozen=True)
class PersonPage:
    """One person across requisitions."""

    title: str
    candidate: Candidate
    applications: list[Application]
    breadcrumbs: Crumbs
    sees_contacts: bool
    edits: bool
    merges: bool
    records: records.Records
    days: list[timeline.Day]
    filters: list[tuple[str, str, bool]]
    form: forms.ApplyForm | None = None
    open_requisitions: list[tuple[str, str]] = field(default_factory=list)
    asks: bool = False
    agreed: Consent | None = None

    @property
    def colleagues(self) -> list[tuple[str, str]]:
        """Who may have brought them."""
        return forms.people_choices(self.records.people)

    @property
    def problem(self) -> str:
        """What was wrong with the form that enters them for a requisition, and belongs to none of its fields."""
        return general_error(self.form) if self.form else ""


def open_requisitions(visible: Sequence[Requisition]) -> list[Requisition]:
    """Requisitions that somebody may be entered for: those that are still to be filled."""
    return [
        requisition
        for requisition in visible
        if requisition.status in {RequisitionStatus.OPEN, RequisitionStatus.ON_HOLD}
    ]


def seen_requisitions() -> list[Requisition]:
    """The requisitions within the viewer's sight."""
    within = scopes.requisitions(guard.actor())
    return requisitions.page(db.session(), within=within, limit=AT_MOST, cursor=None).items


def _happened(candidate: Candidate, applications: Sequence[Application]) -> list[timeline.Event]:
    """What happened on the applications; where the viewer owes a card, no words and nothing that tells how it stands."""
    session, viewer = db.session(), guard.actor()
    ids = [application.id for application in applications]
    owed = scorecards.owed_application_ids(session, viewer=viewer, application_ids=ids)
    titles = {application.id: application.requisition.title for application in applications}
    if len(titles) == 1:  # nothing to tell apart
        titles = dict.fromkeys(titles, "")
    events = []
    for move in history_queries.moves_among(session, ids):
        event = timeline.move_event(move, quiet=move.application_id in owed)
        events.append(timeline.with_requisition(event, titles[move.application_id]))
    for end in history_queries.status_changes_among(session, ids):
        event = timeline.status_event(end, quiet=end.application_id in owed)
        events.append(timeline.with_requisition(event, titles[end.application_id]))
    events += [
        timeline.with_requisition(timeline.interview_event(interview), titles[interview.application_id])
        for interview in interviews.of_applications(session, ids)
        if interview.starts_at <= guard.now()
    ]
    zone = guard.settings().zone
    for talk, change in interviews.changes_of(session, ids):
        event = timeline.interview_change_event(talk, change, quiet=True)  # why is told on the application
        events.append(timeline.with_requisition(event, titles[talk.application_id]))
    for card in sent.submitted_cards_of(session, ids):
        if card.application_id not in owed or card.author_id == viewer.id:
            event = timeline.Event(card.at, "star", card.author, f"sent a scorecard on {card.interview}", tone="ok")
            events.append(timeline.with_requisition(replace(event, kind="interviews"), titles[card.application_id]))
    for duplicate in queries.merged_into(session, candidate):
        if (
            duplicate.merged_at
            and duplicate.merged_by
            and (duplicate.merged_by_id == viewer.id or _sees_all(candidate, ids))
        ):
            action = f"found that the record of {duplicate.name} is this person, and merged the two"
            events.append(timeline.Event(duplicate.merged_at, "people", duplicate.merged_by.name, action))
    if viewer.role in STAFF:
        readable_ids = [application_id for application_id in ids if application_id not in owed]
        now = guard.now()
        events += timeline_events.of_applications(
            session, readable_ids, name=candidate.name, pay=viewer.pay_view, now=now, zone=zone
        )
    return events


def _sees_all(candidate: Candidate, application_ids: Sequence[int]) -> bool:
    """Whether no application of a person is hidden: else a merge would tell that there is one."""
    return history_queries.application_count(db.session(), candidate) == len(application_ids)


def page_of(
    candidate: Candidate, form: forms.ApplyForm | None = None, *, failed: records.FailedForm | None = None
) -> PersonPage:
    """Gather the page."""
    session, actor = db.session(), guard.actor()
    seen = seen_requisitions()  # read first, so that the applications find their requisitions loaded
    applications = pipeline.page(
        session, within=scopes.applications(actor), limit=AT_MOST, cursor=None, candidate_id=candidate.id
    ).items
    requisition_ids = {application.requisition_id for application in applications}

    def may(permission: Permission, about: Candidate | None = None) -> bool:
        return permits.permits(session, actor=actor, permission=permission, on=about)

    takes_applications = (
        [requisition for requisition in open_requisitions(seen) if requisition.id not in requisition_ids]
        if may(Permission.APPLICATION_CREATE)
        else []
    )
    record_page = records.of(candidate, failed=failed)
    events = [*_happened(candidate, applications), *record_page.events]
    chosen_events, filters = timeline_events.filter_events(events, request.args.get("show"))
    edits = may(Permission.CANDIDATE_EDIT, candidate)
    return PersonPage(
        title=candidate.name,
        candidate=candidate,
        applications=applications,
        breadcrumbs=[("Candidates", url_for("candidates.index")), (candidate.name, None)],
        sees_contacts=actor.role in STAFF,
        edits=edits,
        merges=edits and may(Permission.CANDIDATE_DUPLICATES),
        records=record_page,
        days=timeline.by_day(chosen_events, guard.settings().zone),
        filters=filters,
        form=(form or forms.ApplyForm.for_requisitions(takes_applications, record_page.people))
        if takes_applications or form
        else None,
        open_requisitions=[
            (str(requisition.id), f"{requisition.key} {requisition.title}") for requisition in takes_applications
        ],
        asks=record_page.writes,
        agreed=consent_services.current_consent(session, candidate, today=guard.today())
        if record_page.writes
        else None,
    )


def answer(
    candidate: Candidate, form: forms.ApplyForm | None = None, *, failed: records.FailedForm | None = None
) -> ResponseReturnValue:
    """The page of a person, with a form that came back where there is one."""
    page = page_of(candidate, form, failed=failed)
    errors = failed is not None or (form is not None and has_errors(form))
    return render_template("candidates/show.html", page=page, has_errors=errors)
