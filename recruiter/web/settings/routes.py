"""Settings: one page that leads to each of them, and says what the installation was started with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from flask import render_template, url_for

from recruiter.accounts.models import EVERYBODY, SEARCHERS, Role
from recruiter.foundation.database.db import db
from recruiter.policy.permissions import Permission
from recruiter.web.request import guard
from recruiter.web.settings.area import blueprint
from recruiter.web.settings.failed_jobs import FailedJob, failed_jobs
from recruiter.web.text.filters import day

YEAR = dt.timedelta(days=365)


@dataclass(frozen=True)
class Entry:
    """One subject: what it is called, what can be set there, where it leads."""

    label: str
    about: str
    href: str


@dataclass(frozen=True)
class SettingsPage:
    """What somebody may set; `started_with` are pairs of a name and a value that only the server's environment changes.

    An administrator also sees the work that failed of late.
    """

    title: str
    entries: list[Entry]
    started_with: list[tuple[str, str, str]]
    failed_jobs: list[FailedJob]


SUBJECTS: tuple[tuple[str, str, str, AbstractSet[Role]], ...] = (
    ("Your account", "Appearance, keyboard shortcuts, the key to the API.", "accounts.account", EVERYBODY),
    ("People", "Who works here, in which role, who sees pay; invitations.", "accounts.people", {Role.ADMIN}),
    (
        "Searches that nobody reaches",
        "Confidential searches whose people can no longer sign in.",
        "requisitions.unreachable",
        {Role.ADMIN},
    ),
    ("Retention", "How long data is kept, requests about it, legal holds.", "privacy.retention", {Role.ADMIN}),
    (
        "Exposure of an account",
        "Whose data an account could see in a time, from the audit trail.",
        "privacy.exposure",
        {Role.ADMIN},
    ),
    ("Stages", "Sets of stages that a new requisition can begin with.", "requisitions.stage_templates", SEARCHERS),
    ("Approval chains", "Who approves an offer, by how far it is above the band.", "approvals.chains", {Role.ADMIN}),
    ("Who stands in", "Who decides while an approver is away.", "approvals.stand_ins", {Role.ADMIN, Role.APPROVER}),
)


@blueprint.page("/settings", Permission.SIGNED_IN)
def index() -> str:
    """Every setting that somebody has; an administrator sees with what the server was started, too."""
    actor = guard.actor()
    entries = [Entry(label, about, url_for(to)) for label, about, to, roles in SUBJECTS if actor.role in roles]
    admin = actor.role == Role.ADMIN
    page = SettingsPage(
        "Settings",
        entries,
        started_with=_started_with() if admin else [],
        failed_jobs=failed_jobs(db.session(), guard.act()) if admin else [],
    )
    return render_template("settings/index.html", page=page)


def _started_with() -> list[tuple[str, str, str]]:
    chosen, today = guard.settings(), guard.today()
    coming = [day(date, today) for date in guard.calendar().days_off(today, today + YEAR)]
    place, on_cost = f"{chosen.holidays_country} {chosen.holidays_region}".strip(), chosen.employer_on_cost
    return [
        ("Organisation", chosen.organisation, "RECRUITER_ORGANISATION"),
        ("Time zone", chosen.timezone, "RECRUITER_TIMEZONE"),
        ("Holidays to come", ", ".join(coming) or "None: only weekends are free", "RECRUITER_HOLIDAYS"),
        ("Holidays of", place or "No country", "RECRUITER_HOLIDAYS_COUNTRY, RECRUITER_HOLIDAYS_REGION"),
        ("Mail", "Sent by a mail server" if chosen.smtp_url else "Written to files", "RECRUITER_SMTP_URL"),
        ("Model in budget cases", "Shown" if chosen.model_in_cases else "Left out", "RECRUITER_MODEL_IN_CASES"),
        ("Market in budget cases", chosen.market_in_cases.replace("_", " ").capitalize(), "RECRUITER_MARKET_IN_CASES"),
        ("Employer's on-cost", "Not set" if on_cost is None else f"{on_cost}%", "RECRUITER_EMPLOYER_ON_COST"),
    ]
