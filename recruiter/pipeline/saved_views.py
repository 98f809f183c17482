"""Views of a board that somebody keeps under a name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.foundation import text
from recruiter.foundation.act import Act, Actor
from recruiter.foundation.errors import Conflict, NotFound, RuleBroken
from recruiter.pipeline.models import SavedView
from recruiter.requisitions.models import Requisition

LONGEST_NAME, LONGEST_QUERY, MOST = 60, 500, 30


def views_of(session: Session, *, user: Actor, requisition: Requisition) -> list[SavedView]:
    """The views that somebody keeps of a requisition, by name."""
    statement = select(SavedView).where(SavedView.user_id == user.id, SavedView.requisition_id == requisition.id)
    return sorted(session.scalars(statement), key=lambda view: text.folded(view.name))


def save(session: Session, *, requisition: Requisition, name: str, query: str, act: Act) -> SavedView:
    """Keep a view under a name; the same name again takes the place of the one before. Raises RuleBroken, Conflict past 30."""
    view_name = text.one_line(name)
    if not view_name or len(view_name) > LONGEST_NAME:
        raise RuleBroken.at("name", f"Give the view a name of at most {LONGEST_NAME} characters, like Late cards.")
    if len(query) > LONGEST_QUERY:
        raise RuleBroken.at("name", "This view has a search that is too long to keep. Shorten it, then save again.")
    views = {text.folded(saved.name): saved for saved in views_of(session, user=act.actor, requisition=requisition)}
    view = views.get(text.folded(view_name))
    if view is None:
        if len(views) >= MOST:
            raise Conflict(f"You keep {MOST} views of this requisition. Remove one first.")
        view = SavedView(user_id=act.actor.id, requisition_id=requisition.id, created_at=act.now)
        session.add(view)
    view.name, view.query = view_name, query
    audit.record(session, action=AuditAction.VIEW_SAVED, subject=view, act=act)
    return view


def remove(session: Session, *, requisition: Requisition, view_id: int, act: Act) -> SavedView:
    """Let go of a view of one's own. Raises NotFound for another's."""
    view = session.get(SavedView, view_id)
    if view is None or view.user_id != act.actor.id or view.requisition_id != requisition.id:
        raise NotFound
    audit.record(session, action=AuditAction.VIEW_REMOVED, subject=view, act=act)
    session.delete(view)
    session.flush()
    return view
