"""Which sources of a case its reader may open: a link that would be refused is left as plain words."""

from __future__ import annotations

from dataclasses import replace

from flask import current_app
from werkzeug.exceptions import HTTPException

from recruiter.documents.model import CaseDocument
from recruiter.foundation.database.db import db
from recruiter.foundation.errors import DomainError
from recruiter.policy import permits
from recruiter.web.request import guard


def is_open_to_viewer(link: str) -> bool:
    """Whether the page behind a path of this installation opens for the viewer, asked as the page itself asks."""
    try:
        endpoint, arguments = current_app.url_map.bind("").match(link, method="GET")
    except HTTPException:
        return False
    permission = getattr(current_app.view_functions[endpoint], "permission", None)
    if permission is None:
        return False
    try:
        permits.admit(db.session(), actor=guard.actor(), permission=permission, arguments=dict(arguments))
    except DomainError:
        return False
    return True


def for_reader(document: CaseDocument) -> CaseDocument:
    """The document with links only to pages that the viewer may open; every source keeps its words."""
    links = {claim.link for section in document.sections for claim in section.claims if claim.link}
    closed = {link for link in links if not is_open_to_viewer(link)}
    if not closed:
        return document
    sections = tuple(
        replace(
            section,
            claims=tuple(replace(claim, link=None) if claim.link in closed else claim for claim in section.claims),
        )
        for section in document.sections
    )
    return replace(document, sections=sections)
