"""The page of a person: applications within sight, and the timeline of everything that happened on them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from flask import render_template, request, url_for

from recruiter.accounts.models import Role
from recruiter.candidates import queries
from recruiter.candidates.models import Candidate, Consent
from recruiter.candidates.records import consent_services
from recruiter.foundation.database.db import db
from recruiter.interviews import timeline as talks
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline import timeline as histories
from recruiter.pipeline.models import Application
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards import timeline as sent
from recruiter.web.candidates import forms
from recruiter.web.pipeline.application import records, timeline, timeline_events
from recruiter.web.request import guard

STAFF = {Role.ADMIN, Role.RECRUITER, Role.HIRING_MANAGER}
AT_MOST = 200


@dataclass(frozen=True)
class PersonPage:
    """One person across requisitions."""

    title: str
    candidate: Candidate
    applications: list[Application]
    breadcrumbs: list[tuple[str, str | None]]
    reach: bool
    edits: bool
    merges: bool
    records: records.Records
    days: list[timeline.Day]
    filters: list[tuple[str, str, bool]]
    form: forms.ApplyForm | None = None
    open_ones: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""
    asks: bool = False
    agreed: Consent | None = None

    @property
    def colleagues(self) -> list[tuple[str, str]]:
        """Who may have brought them."""
        return [(str(one.id), one.name) for one in self.records.people]


def open_ones(seen: Sequence[Requisition]) -> list[Requisition]:
    """Requisitions that somebody may be entered for: those that are still to be filled."""
    return [one for one in seen if one.status in {RequisitionStatus.OPEN, RequisitionStatus.ON_HOLD}]


def seen_requisitions() -> list[Requisition]:
    """The requisitions within the viewer's sight."""
    within = scopes.requisitions(guard.actor())
    return requisitions.listed(db.session(), within=within, limit=AT_MOST, cursor=None).items


def _happened(candidate: Candidate, applications: Sequence[Application]) -> list[timeline.Event]:
    """What happened on the applications; where the viewer owes a card, no words and nothing that tells how it stands."""
    session, viewer = db.session(), guard.actor()
    ids = [one.id for one in applications]
    owed = scorecards.owed(session, viewer=viewer, application_ids=ids)
    titles = {one.id: one.requisition.title for one in applications}
    if len(titles) == 1:  # nothing to tell apart
        titles = dict.fromkeys(titles, "")
    events = []
    for move in histories.moves_among(session, ids):
        event = timeline.moved(move, quiet=move.application_id in owed)
        events.append(timeline.placed(event, titles[move.application_id]))
    for end in histories.endings_among(session, ids):
        event = timeline.ended(end, quiet=end.application_id in owed)
        events.append(timeline.placed(event, titles[end.application_id]))
    held = talks.talks_among(session, ids, until=guard.now())
    events += [timeline.placed(timeline.held(one), titles[one.application_id]) for one in held]
    zone = guard.configured().zone
    for talk, change in talks.changes_among(session, ids):
        event = timeline.arranged(talk, change, quiet=True, zone=zone)  # why is told on the application
        events.append(timeline.placed(event, titles[talk.application_id]))
    for card in sent.sent_among(session, ids):
        if card.application_id not in owed or card.author_id == viewer.id:
            event = timeline.Event(card.at, "star", card.author, f"sent a scorecard on {card.talk}", tone="ok")
            events.append(timeline.placed(replace(event, kind="interviews"), titles[card.application_id]))
    for gone in queries.merged_into(session, candidate):
        if gone.merged_at and gone.merged_by and (gone.merged_by_id == viewer.id or _sees_all(candidate, ids)):
            did = f"found that the record of {gone.name} is this person, and merged the two"
            events.append(timeline.Event(gone.merged_at, "people", gone.merged_by.name, did))
    if viewer.role in STAFF:
        free = [one for one in ids if one not in owed]
        now = guard.now()
        events += timeline_events.of_applications(
            session, free, name=candidate.name, pay=viewer.pay_view, now=now, zone=zone
        )
    return events


def _sees_all(candidate: Candidate, seen: Sequence[int]) -> bool:
    """Whether no application of a person is hidden: else a merge would tell that there is one."""
    return histories.count_of(db.session(), candidate) == len(seen)


def page_of(
    candidate: Candidate,
    form: forms.ApplyForm | None = None,
    *,
    problem: str = "",
    failed: records.Failed | None = None,
) -> PersonPage:
    """Gather the page."""
    session, actor = db.session(), guard.actor()
    seen = seen_requisitions()  # read first, so that the applications find their requisitions loaded
    applications = pipeline.listed(
        session, within=scopes.applications(actor), limit=AT_MOST, cursor=None, candidate_id=candidate.id
    ).items
    on = {one.requisition_id for one in applications}

    def may(permission: Permission, about: Candidate | None = None) -> bool:
        return permits.permits(session, actor=actor, permission=permission, on=about)

    takes = [one for one in open_ones(seen) if one.id not in on] if may(Permission.APPLICATION_CREATE) else []
    kept = records.of(candidate, failed=failed)
    events = [*_happened(candidate, applications), *kept.events]
    shown, filters = timeline_events.chosen(events, request.args.get("show"))
    edits = may(Permission.CANDIDATE_EDIT, candidate)
    return PersonPage(
        title=candidate.name,
        candidate=candidate,
        applications=applications,
        breadcrumbs=[("Candidates", url_for("candidates.index")), (candidate.name, None)],
        reach=actor.role in STAFF,
        edits=edits,
        merges=edits and may(Permission.CANDIDATE_DUPLICATES),
        records=kept,
        days=timeline.by_day(shown, guard.configured().zone),
        filters=filters,
        form=(form or forms.apply_form(takes, kept.people)) if takes or form else None,
        open_ones=[(str(one.id), f"{one.key} {one.title}") for one in takes],
        problem=problem,
        asks=kept.writes,
        agreed=consent_services.current(session, candidate, today=guard.today()) if kept.writes else None,
    )


def answer(
    candidate: Candidate,
    form: forms.ApplyForm | None = None,
    *,
    problem: str = "",
    status: int = 200,
    failed: records.Failed | None = None,
) -> Any:
    """The page of a person, with a form that came back where there is one."""
    page = page_of(candidate, form, problem=problem, failed=failed)
    return render_template("candidates/show.html", page=page, has_errors=bool(problem or status >= 400)), status  # noqa: PLR2004
