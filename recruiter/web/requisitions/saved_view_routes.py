"""Views of a board that somebody keeps under a name."""

from __future__ import annotations

from flask import request, url_for
from flask.typing import ResponseReturnValue

from recruiter.foundation.database.db import db
from recruiter.pipeline import saved_views
from recruiter.policy.permissions import Permission
from recruiter.requisitions.models import Requisition
from recruiter.web.request import guard
from recruiter.web.request.redirects import redirect_with_flash, safe_path
from recruiter.web.requisitions.area import blueprint


@blueprint.act("/requisitions/<requisition_ref>/views", Permission.BOARD_READ)
def save_view(requisition: Requisition) -> ResponseReturnValue:
    """Keep the filters, the search and the order of a board under a name."""
    board = url_for("requisitions.board", requisition_ref=requisition.key)
    query = request.form.get("query", "")
    here = safe_path(f"{board}?{query}" if query else board) or board
    name, query = request.form.get("name", ""), here.partition("?")[2]
    view = saved_views.save(db.session(), requisition=requisition, name=name, query=query, act=guard.act())
    return redirect_with_flash(here, f"View {view.name} saved. Its address can be sent to anybody on this search.")


@blueprint.act("/requisitions/<requisition_ref>/views/<int:view_id>/removal", Permission.BOARD_READ)
def remove_view(requisition: Requisition, view_id: int) -> ResponseReturnValue:
    """Let go of a view; nobody is moved by it."""
    view = saved_views.remove(db.session(), requisition=requisition, view_id=view_id, act=guard.act())
    board = url_for("requisitions.board", requisition_ref=requisition.key)
    return redirect_with_flash(board, f"View {view.name} removed.")
