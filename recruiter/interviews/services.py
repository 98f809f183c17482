"""Interviews planned, moved, cancelled, or not held; each change with its history, and the panel told."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypedDict, Unpack

from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.interviews import rules
from recruiter.interviews.models import ChangeKind, Interview, InterviewChange, InterviewStatus, Panelist
from recruiter.interviews.notices import notifications
from recruiter.interviews.notices.emails import NoticeKind
from recruiter.pipeline import rules as pipeline
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Stage
from recruiter.requisitions.rules import DEFAULT_BAR


@dataclass(frozen=True)
class Seat:
    """Somebody on a panel; of another team where `cross_functional`."""

    user: User
    cross_functional: bool = False


def _check_panel(panel: list[Seat]) -> None:
    if not panel:
        raise RuleBroken.at("panel", "Name at least one person who holds the interview.")
    if len({seat.user.id for seat in panel}) != len(panel):
        raise RuleBroken.at("panel", "Somebody is on this panel twice.")


def plan(
    session: Session,
    *,
    application: Application,
    stage: Stage,
    name: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    panel: list[Seat],
    act: Act,
    focus: list[str] | None = None,
    place: str = "",
    scored: bool = True,
    notify: bool = True,
) -> Interview:
    """Plan an interview with its panel. The first one of a requisition fixes its bar. One that lies in the past may be recorded too.

    One that is not `scored` asks nobody for a scorecard. With `notify` off nobody gets a message or a reminder: for telling a story that is over.
    """
    pipeline.check_active(application)
    rules.check_times(starts_at=starts_at, ends_at=ends_at)
    interview_name = rules.check_name(name)
    _check_panel(panel)
    if stage.requisition_id != application.requisition_id:
        raise RuleBroken.at("stage", "This stage belongs to another requisition.")
    requisition = application.requisition
    interview = Interview(
        application=application,
        stage=stage,
        name=interview_name,
        starts_at=starts_at,
        ends_at=ends_at,
        status=InterviewStatus.PLANNED,
        focus=rules.check_focus(focus or [], attributes=requisition.attribute_names),
        place=rules.check_place(place),
        scored=scored,
        created_by_id=act.actor.id,
        created_at=act.now,
    )
    interview.panel = [Panelist(user=seat.user, cross_functional=seat.cross_functional) for seat in panel]
    session.add(interview)
    if requisition.bar_fixed_at is None:
        requisition.bar = DEFAULT_BAR if requisition.bar is None else requisition.bar
        requisition.bar_fixed_at = act.now
    people = [seat.user.id for seat in panel]
    detail = {"application_id": application.id, "panel": len(panel), "people": people}
    audit.record(session, action=AuditAction.INTERVIEW_PLANNED, subject=interview, act=act, **detail)
    record_changes(session, interview, [ChangeKind.PLANNED], before=None, reason="", act=act)
    if notify:
        user_ids = [panelist.user_id for panelist in interview.panel]
        notifications.notify(session, interview, NoticeKind.PLANNED, user_ids, now=act.now)
        notifications.remind(session, interview, user_ids, now=act.now)
    return interview


class InterviewChanges(TypedDict, total=False):
    """What may be changed about an interview; what is left out or None stays as it is."""

    starts_at: dt.datetime | None
    ends_at: dt.datetime | None
    name: str | None
    status: InterviewStatus | None
    place: str | None
    focus: list[str] | None
    scored: bool | None
    panel: list[Seat] | None
    reason: str


def change(session: Session, *, interview: Interview, act: Act, **changes: Unpack[InterviewChanges]) -> Interview:
    """Move, rename, staff anew, cancel or mark an interview; the panel hears of it.

    A cancelled one is not brought back: plan a new one (Conflict). Whether cards stand against it is asked a floor higher.
    """
    if interview.status == InterviewStatus.CANCELLED:
        raise Conflict("This interview was cancelled. Plan a new one.")
    begins, ends = changes.get("starts_at") or interview.starts_at, changes.get("ends_at") or interview.ends_at
    name, place, focus = changes.get("name"), changes.get("place"), changes.get("focus")
    panel, status = changes.get("panel"), changes.get("status")
    rules.check_times(starts_at=begins, ends_at=ends)
    cleaned_reason = text.clean(changes.get("reason", ""))[: rules.LONGEST_REASON]
    before = interview.starts_at
    is_moved = (begins, ends) != (interview.starts_at, interview.ends_at)
    kinds: list[ChangeKind] = [ChangeKind.MOVED] if is_moved else []
    interview.starts_at, interview.ends_at = begins, ends
    new_name = interview.name if name is None else rules.check_name(name)
    if new_name != interview.name:
        interview.name = new_name
        kinds.append(ChangeKind.RENAMED)
    if place is not None and rules.check_place(place) != interview.place:
        interview.place = rules.check_place(place)
        kinds += [] if is_moved else [ChangeKind.MOVED]
    if focus is not None:
        new_focus = rules.check_focus(focus, attributes=interview.application.requisition.attribute_names)
        if new_focus != interview.focus:
            interview.focus = new_focus
            kinds.append(ChangeKind.FOCUS)
    scored = changes.get("scored")
    if scored is not None and scored != interview.scored:
        interview.scored = scored
        kinds.append(ChangeKind.CARDS)
    joined, removed = _reseat(interview, panel) if panel is not None else ([], [])
    kinds += [ChangeKind.PANEL] if panel is not None and (joined or removed) else []
    if status is not None and status != interview.status:
        rules.check_status(status, starts_at=begins, now=act.now)
        interview.status = status
        kinds += [ChangeKind(status.value)] if status != InterviewStatus.PLANNED else []
    if kinds:
        interview.sequence += 1
    record_changes(session, interview, kinds, before=before, reason=cleaned_reason, act=act)
    people = [seat.user.id for seat in interview.panel]
    detail = {"status": interview.status.value, "what": [kind.value for kind in kinds], "people": people}
    audit.record(session, action=AuditAction.INTERVIEW_CHANGED, subject=interview, act=act, **detail)
    notifications.notify_changes(session, interview, kinds, joined=joined, removed=removed, now=act.now)
    return interview


def _reseat(interview: Interview, panel: list[Seat]) -> tuple[list[int], list[int]]:
    """Put a panel in place of the one there was; answers who joined and who left."""
    _check_panel(panel)
    new_seats = {seat.user.id: seat for seat in panel}
    removed = [panelist for panelist in interview.panel if panelist.user_id not in new_seats]
    staying = {panelist.user_id: panelist for panelist in interview.panel if panelist.user_id in new_seats}
    for user_id, panelist in staying.items():
        panelist.cross_functional = new_seats[user_id].cross_functional
    for panelist in removed:
        interview.panel.remove(panelist)
    joined = [seat for user_id, seat in new_seats.items() if user_id not in staying]
    interview.panel += [Panelist(user=seat.user, cross_functional=seat.cross_functional) for seat in joined]
    return [seat.user.id for seat in joined], [panelist.user_id for panelist in removed]


def record_changes(
    session: Session,
    interview: Interview,
    kinds: list[ChangeKind],
    *,
    before: dt.datetime | None,
    reason: str,
    act: Act,
) -> None:
    """Write into the history of an interview what was done to it, and when it stood `before`."""
    session.add_all(
        InterviewChange(
            kind=kind,
            interview_id=interview.id,
            starts_before=before,
            starts_after=interview.starts_at,
            reason=reason,
            by_id=act.actor_id,
            at=act.now,
        )
        for kind in kinds
    )
