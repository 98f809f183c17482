"""The rows of tabs: one for a requisition, one for an application. A tab stands where its page does and may be opened."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition
from recruiter.web.request import guard

OF_REQUISITION = (
    ("board", "Board", "requisitions.board", False),
    ("finalists", "Finalists", "finalists.show", False),
    ("interviews", "Interviews", "interviews.of_requisition", False),
    ("bench", "Bench", "keepwarm.of_requisition", False),
    ("debrief", "Debrief", "debriefs.show", False),
    ("known", "Known to us", "keepwarm.earlier", False),
    ("offers", "Offers", "offers.of_requisition", True),
    ("case", "Budget case", "budget.of_requisition", True),
    ("report", "Report", "reports.of_requisition", False),
    ("setup", "Setup", "requisitions.setup", False),
)
OF_APPLICATION = (
    ("timeline", "Timeline", "pipeline.application", False),
    ("scorecards", "Scorecards", "scorecards.of_application", False),
    ("bench", "Keep warm", "keepwarm.of_application", False),
    ("offers", "Offers", "offers.of_application", True),
    ("files", "Files", "candidates.files_of_application", False),
)
RUN_ONLY = {"bench", "offers"}


@dataclass(frozen=True)
class Tab:
    """One tab; `count` is shown where it is above zero."""

    label: str
    href: str
    current: bool
    count: int = 0


def requisition_tabs(requisition: Requisition, current: str, *, counts: dict[str, int] | None = None) -> list[Tab]:
    """The tabs of a requisition for whoever runs its search; what shows pay only with `pay.view`."""
    return [
        Tab(label, url_for(endpoint, requisition_ref=requisition.key), name == current, (counts or {}).get(name, 0))
        for name, label, endpoint, pay in OF_REQUISITION
        if guard.actor().pay_view or not pay
    ]


def application_tabs(
    application: Application, current: str, *, runs: bool, counts: dict[str, int] | None = None
) -> list[Tab]:
    """The tabs of an application; offers only for who runs the search and sees pay."""
    return [
        Tab(label, url_for(endpoint, application_id=application.id), name == current, (counts or {}).get(name, 0))
        for name, label, endpoint, pay in OF_APPLICATION
        if (runs or name not in RUN_ONLY) and (guard.actor().pay_view or not pay)
    ]
