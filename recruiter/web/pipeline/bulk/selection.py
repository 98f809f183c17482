"""The applications that were ticked on a board or in a table: which they are, and as what somebody saw them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from sqlalchemy import select

from recruiter.foundation import text, wording
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.keepwarm import bulk_actions
from recruiter.keepwarm.overview import board_signals
from recruiter.pipeline.models import Application
from recruiter.policy.permissions import Permission
from recruiter.web.pipeline.application.action_page import latest_change_text
from recruiter.web.pipeline.application.owner_routes import owner_text
from recruiter.web.request import guard
from recruiter.web.text.filters import application_status


@dataclass(frozen=True)
class Picked:
    """One of those chosen: where it stands, and what a reader must know before it is closed."""

    application: Application
    stage_text: str
    bench: str
    owner: str


@dataclass(frozen=True)
class Selection:
    """The applications that were ticked, each with the stage in which somebody saw it."""

    applications: list[Application]
    stages_seen: dict[int, int | None]

    def check_unchanged(self, *, ended: bool) -> None:
        """Refuse where somebody else moved or ended one of them since the page was read (Conflict, with who and when)."""
        for application in self.applications:
            moved = self.stages_seen[application.id] not in {None, application.stage_id}
            if moved or application.is_closed != ended:
                raise Conflict(
                    f"Nothing was changed. {latest_change_text(application)} Look at the list, then send it again."
                )

    def rows(self) -> list[Picked]:
        """Everybody chosen, as the page lists them; with their places on the slate, as far as the viewer may know them."""
        viewer, moment = guard.actor(), guard.act()
        places: dict[int, int | None] = {}
        requisitions = {application.requisition_id: application.requisition for application in self.applications}
        for requisition in requisitions.values():
            items = board_signals.of_requisition(db.session(), requisition, viewer=viewer, moment=moment)
            places |= {item.row.id: item.place for item in items}
        return [_row(application, places.get(application.id)) for application in self.applications]


def selection() -> Selection:
    """What was ticked. Raises NotFound for what the actor may not move."""
    stages_seen = {}
    for value in request.form.getlist("pick"):
        id_text, _, seen_in = value.partition(":")
        number = text.number(id_text)
        if number is None:
            raise NotFound
        stages_seen[number] = text.number(seen_in)
    if len(stages_seen) > bulk_actions.MOST:
        raise RuleBroken(f"Choose at most {bulk_actions.MOST} applications at a time.")
    ticked = db.session.scalars(select(Application).where(Application.id.in_(stages_seen)))
    by_id = {application.id: application for application in ticked}
    if len(by_id) < len(stages_seen):
        raise NotFound
    applications = [by_id[number] for number in stages_seen]
    for application in applications:
        guard.require(Permission.APPLICATION_MOVE, application)
    return Selection(applications, stages_seen)


def _row(application: Application, place: int | None) -> Picked:
    bench = wording.bench_place(place) if place is not None else "on the slate" if application.finalist else ""
    stage = application.stage.name
    stage_text = f"{application_status(application.status)} in {stage}" if application.is_closed else stage
    return Picked(application, stage_text, bench, owner_text(application.owner))
