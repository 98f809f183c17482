"""What the page of an application shows to whoever looks at it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request, url_for

from recruiter.candidates.models import Contact
from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.interviews import queries as interviews
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.keepwarm.messages import closing_notices
from recruiter.keepwarm.models.records import Concern
from recruiter.offers import queries as offers
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.privacy.corrections import correction_queries
from recruiter.ranking import queries as ranking
from recruiter.requisitions.models import Stage, StageKind
from recruiter.scorecards import interview_changes
from recruiter.scorecards import queries as scorecards
from recruiter.scorecards.queries import VisibleCards
from recruiter.web.layout import tabs
from recruiter.web.pipeline import closing_message
from recruiter.web.pipeline.application import alerts, application_facts, records, score_dots, timeline, timeline_events
from recruiter.web.request import guard
from recruiter.web.request.form_handling import RejectedForm
from recruiter.web.scorecards import owed_cards

NOT_HELD = {InterviewStatus.CANCELLED: "Cancelled", InterviewStatus.NO_SHOW: "Nobody came"}


@dataclass(frozen=True)
class Talk:
    """An interview in the list beside the timeline, with its panel and whether their cards are in; `ended` says why it did not take place."""

    interview: Interview
    seats: list[tuple[Panelist, str, str]]
    past: bool
    ended: str
    opens: bool
    can_end: bool


@dataclass(frozen=True)
class ApplicationPage:
    """An application."""

    title: str
    application: Application
    breadcrumbs: list[tuple[str, str | None]]
    tabs: list[tabs.Tab]
    runs: bool
    acts: bool
    time_in_stage: str
    finalist: str
    ahead: list[Stage]
    back: list[Stage]
    days: list[timeline.Day]
    talks: list[Talk]
    sight: VisibleCards
    owed: str
    contacts: list[Contact]
    records: records.Records
    filters: list[tuple[str, str, bool]]
    tiles: list[alerts.Tile]
    scores: score_dots.Scores
    facts: list[application_facts.Fact]
    concerns: list[Concern]
    raised: int
    primary: application_facts.Primary | None
    is_left_unranked: bool
    can_wish: bool
    unwritten: str
    letter_href: str
    disputed: str


def _talks(interviews: list[Interview], missing: set[tuple[int, int]], *, runs: bool) -> list[Talk]:
    """The interviews of the application; only those whose page the viewer may open are links."""
    sent = interview_changes.sent_cards(db.session(), [interview.id for interview in interviews])
    scored = {interview_id for interview_id, _ in sent}
    talks = []
    for interview in interviews:
        past, planned = interview.starts_at <= guard.now(), interview.status == InterviewStatus.PLANNED
        seats = []
        for seat in interview.panel:
            due = ("Scorecard due" if past else "", "due")
            state, tone = due if (interview.id, seat.user_id) in missing else ("Scorecard sent", "ok")
            if not seat.user.active and (interview.id, seat.user_id) not in sent:
                state, tone = "No longer here", "late"
            seats.append((seat, state if planned and interview.scored else "", tone))
        opens = runs or interview.panelist(guard.actor().id) is not None
        can_end = runs and planned and interview.id not in scored
        talks.append(Talk(interview, seats, past, NOT_HELD.get(interview.status, ""), opens, can_end))
    return talks


def page_of(application: Application, *, failed: RejectedForm | None = None) -> ApplicationPage:
    """Gather the page. While the viewer owes a card: that cards came, and no reasons that might tell what they say."""
    session, viewer, now, ids = db.session(), guard.actor(), guard.now(), [application.id]
    name, requisition = application.candidate.name, application.requisition
    runs, acts = (guard.may(each, application) for each in (Permission.KEEPWARM_READ, Permission.APPLICATION_MOVE))
    sight = scorecards.visible_to(session, viewer=viewer, application=application)
    blind = sight.hidden or scorecards.owes_on_slate(session, viewer=viewer, requisition=requisition)
    own_interviews = interviews.of_application(session, application)
    missing = {(card.interview.id, card.user.id) for card in scorecards.missing_cards(session, ids)}
    quiet_on, quiet_talks = ids if sight.hidden else (), blind or not runs
    changes = timeline_events.changes_of(session, ids, quiet_on=quiet_on, quiet_talks=quiet_talks)
    record_page = records.of(application, runs=acts, failed=failed)
    events = [
        *(timeline.interview_event(interview) for interview in own_interviews if interview.starts_at <= now),
        *(event for _, event in changes),
        *(event for card in sight.cards for event in timeline.scorecard_events(card)),
        *record_page.events,
    ]
    if runs and not blind:
        pay, zone = viewer.pay_view, guard.zone()
        events += timeline_events.of_applications(session, ids, name=name, pay=pay, now=now, zone=zone)
    events, filters = timeline_events.filter_events(events, request.args.get("show"))
    stages = requisition.stages if application.is_active and runs else []
    here, stood = application.stage.position, (now - application.stage_since).days
    offer = offers.decisive_of(session, application) if runs else None
    competing = offers.competing_of(session, application) if runs else []
    counts = {"scorecards": sight.submitted, "files": len(record_page.files)}
    concerns, raised = application_facts.open_concerns(application) if runs else ([], 0)
    slate = application.finalist if runs and not blind else None
    board = url_for("requisitions.board", requisition_ref=requisition.key) if runs else None
    stage_crumbs = [(application.stage.name, f"{board}#stage-{application.stage_id}")] if board else []
    erased = application.candidate.erased_at is not None
    owes = None if erased else application_facts.owed_now(own_interviews, missing)
    return ApplicationPage(
        title=name,
        application=application,
        breadcrumbs=[(requisition.title, board), *stage_crumbs, (name, None)],
        tabs=tabs.application_tabs(application, "timeline", runs=runs, counts=counts),
        runs=runs,
        acts=acts,
        time_in_stage="since today" if stood == 0 else f"for {wording.plural(stood, 'day')}",
        finalist=wording.bench_place(slate.position) if slate else "",
        ahead=[stage for stage in stages if stage.position > here and stage.kind != StageKind.HIRED],
        back=[stage for stage in reversed(stages) if stage.position < here],
        days=timeline.by_day(events, guard.zone()),
        talks=_talks(own_interviews, missing, runs=runs),
        sight=sight,
        owed=owed_cards.on_application(application) if sight.hidden else "",
        contacts=application.candidate.contacts if viewer.is_staff else [],
        records=record_page,
        filters=filters,
        tiles=alerts.tiles(application, offer=offer, competing=competing, blind=blind) if runs else [],
        scores=score_dots.of(sight, requisition),
        facts=application_facts.facts_of(application) if runs else [],
        concerns=concerns,
        raised=raised,
        primary=application_facts.primary_of(application, offer, runs=acts, owes=owes),
        is_left_unranked=runs and application.id in ranking.not_ranked_ids(session, requisition.id),
        can_wish=guard.may(Permission.RANKING_WISH, application),
        unwritten=closing_message.unwritten_text(application) if runs and _is_unwritten(application) else "",
        letter_href=closing_message.letter_href(application),
        disputed=correction_queries.disputed_now(session, application.candidate_id),
    )


def _is_unwritten(application: Application) -> bool:
    return bool(closing_notices.unwritten(db.session(), [application], moment=guard.act()))
