"""The way to a page, one rule for pages of one kind; the last name is that of the page itself and leads nowhere."""

from __future__ import annotations

from flask import url_for

from recruiter.candidates.models import Candidate
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Requisition

Crumbs = list[tuple[str, str | None]]


def of_requisition(requisition: Requisition, *below: str | tuple[str, str]) -> Crumbs:
    """Requisitions, the board of this one by its key, then what is below it: pages on the way with their address, the last without.

    The heading tells the title of the role, so the way tells the key.
    """
    board = url_for("requisitions.board", requisition_ref=requisition.key) if below else None
    return [("Requisitions", url_for("requisitions.index")), (requisition.key, board), *_named(below)]


def of_application(application: Application, *below: str, shows_board: bool = True) -> Crumbs:
    """The role, whose board not everybody may see, the candidate, then what is below them."""
    requisition, person = application.requisition, application.candidate.name
    board = url_for("requisitions.board", requisition_ref=requisition.key) if shows_board else None
    page = url_for("pipeline.application", application_id=application.id) if below else None
    return [(requisition.title, board), (person, page), *_named(below)]


def of_candidate(candidate: Candidate, *below: str) -> Crumbs:
    """Everybody, this person, then what is below them."""
    page = url_for("candidates.show", candidate_id=candidate.id) if below else None
    return [("Candidates", url_for("candidates.index")), (candidate.name, page), *_named(below)]


def of_settings(*below: str | tuple[str, str]) -> Crumbs:
    """Settings, then what is set there."""
    return [("Settings", url_for("settings.index")), *_named(below)]


def _named(below: tuple[str | tuple[str, str], ...]) -> Crumbs:
    return [(crumb, None) if isinstance(crumb, str) else crumb for crumb in below]
