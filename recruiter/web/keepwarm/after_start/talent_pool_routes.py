"""People with whom we keep in touch after a search, and whom of them a new search may remember."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.keepwarm.after_start import talent_pool
from recruiter.keepwarm.after_start.talent_pool import InTouch, TalentMatch
from recruiter.policy import scopes
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.keepwarm.area import blueprint
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard


@dataclass(frozen=True)
class InTouchPage:
    """Who agreed, those due first."""

    title: str
    due: list[InTouch]
    later: list[InTouch]
    today: dt.date


@dataclass(frozen=True)
class KnownPage:
    """Whom a search may remember."""

    title: str
    requisition: Requisition
    breadcrumbs: crumbs.Crumbs
    tabs: list[tabs.Tab]
    known: list[TalentMatch]
    asked_for: list[str]
    today: dt.date


@blueprint.page("/keep-warm/in-touch", Permission.KEEPWARM_LIST)
def staying() -> ResponseReturnValue:
    """Everybody who agreed to be kept in touch with, those due first."""
    actor, today = guard.actor(), guard.today()
    people = talent_pool.people_in_touch(
        db.session(), people=scopes.candidates(actor), within=scopes.searches(actor), moment=guard.act()
    )
    due = [person for person in people if person.due.on <= today]
    page = InTouchPage("Keep warm: in touch", due, people[len(due) :], today)
    return render_template("keepwarm/in_touch.html", page=page)


@blueprint.page("/requisitions/<requisition_ref>/earlier-finalists", Permission.FINALISTS_READ)
def earlier(requisition: Requisition) -> ResponseReturnValue:
    """People who agreed to hear from us and were rated well on what this search asks for, from scorecards alone."""
    actor = guard.actor()
    people, within = scopes.candidates(actor), scopes.searches(actor)
    page = KnownPage(
        title=f"People known: {requisition.title}",
        requisition=requisition,
        breadcrumbs=crumbs.of_requisition(requisition, "Known to us"),
        tabs=tabs.requisition_tabs(requisition, "known"),
        known=talent_pool.matches_for(
            db.session(), requisition=requisition, viewer=actor, people=people, within=within, moment=guard.act()
        ),
        asked_for=[attribute.name for attribute in requisition.attributes],
        today=guard.today(),
    )
    return render_template("keepwarm/earlier.html", page=page)
