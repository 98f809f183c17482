"""Today: what somebody opens in the morning."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.foundation.wording import plural
from recruiter.interviews.models import Interview
from recruiter.policy import permits, scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.queries import RequisitionName
from recruiter.web.request import guard
from recruiter.web.text.filters import day, moment
from recruiter.web.today import agenda, agenda_item
from recruiter.web.today.area import blueprint


@dataclass(frozen=True)
class TodayPage:
    """What Today shows."""

    title: str
    sentence: str
    following: str
    sections: list[agenda_item.Section]
    coming: list[Interview]
    requisitions: list[RequisitionName]
    day: str
    begin: str = ""


def _next(interview: Interview) -> str:
    """Whose interview comes first, what it is called and when; on another day with its day."""
    zone = guard.zone()
    begins = interview.starts_at.astimezone(zone)
    when = f"at {begins:%H:%M}" if begins.date() == guard.today() else moment(interview.starts_at)
    return f"{interview.application.candidate.name}\u2019s {interview.name}, {when}."


@blueprint.page("/", Permission.SIGNED_IN)
def index() -> ResponseReturnValue:
    """The first page in the morning: everything that needs this person, the most urgent first."""
    sections = [section for section in agenda.sections() if section.items]
    count = sum(len(section.items) for section in sections)
    coming = agenda.coming()
    needs = "needs" if count == 1 else "need"
    sentence = f"{plural(count, 'thing')} {needs} you today" if count else "Nothing needs you."
    following = "" if count or not coming else _next(coming[0])
    open_searches = requisitions.open_within(db.session(), within=scopes.searches(guard.actor()), limit=12)
    opens = permits.permits(db.session(), actor=guard.actor(), permission=Permission.REQUISITION_CREATE)
    begin = url_for("requisitions.new") if opens and not (sections or coming or open_searches) else ""
    today_page = TodayPage("Today", sentence, following, sections, coming, open_searches, day(guard.today()), begin)
    return render_template("today/index.html", page=today_page)
