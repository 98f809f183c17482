"""Before some acts people prove again who they are: a browser that was left open gives away no pay and no rights.

A form asks in its place: the same fields are sent again with the proof, so that nothing typed is lost. A page leads to
`/account/confirm` and comes back.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, current_app, g, make_response, redirect, render_template, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from recruiter import request_context as context
from recruiter.accounts import rules, session_services, sign_in_services
from recruiter.accounts.models import UserSession
from recruiter.foundation.database.db import begin_writing, db
from recruiter.foundation.errors import DomainError
from recruiter.policy.permissions import Permission
from recruiter.web.request import turn
from recruiter.web.request.redirects import safe_path
from recruiter.web.request.session_recovery import SECRET

PROOF, BACK = "proof_of_identity", "came_from"
TITLE = "Confirm that it\u2019s you"
WRONG = "That is not your password."
WRONG_WITH_CODE = "That is neither your password nor the code that your app shows now."
FORBIDDEN = 403


@dataclass(frozen=True)
class ConfirmPage:
    """The question who somebody is: where the answer is sent, and what was typed before, which goes with it."""

    title: str
    address: str
    fields: list[tuple[str, str]]
    files: bool
    has_code: bool
    problem: str = ""
    back: str = ""


def browser() -> UserSession:
    """The session of the browser that asks."""
    signed_in: UserSession = g.browser
    return signed_in


def time_left() -> rules.TimeLeft:
    """How long this browser stays signed in if nothing is done in it."""
    seen_at = context.now() if "browser_in_use" in g else browser().seen_at  # noted once this request is answered
    return rules.time_left(created_at=browser().created_at, seen_at=seen_at, now=context.now())


def is_fresh() -> bool:
    """Whether whoever asks has proved who they are in the last ten minutes, at sign-in or since."""
    last = browser().confirmed_at or browser().created_at
    return rules.is_fresh(confirmed_at=last, now=context.now())


def confirmed(proof: str) -> str:
    """Check a proof: empty where it is good, and the browser counts as fresh again; else what is wrong with it."""
    turn.wait()
    chosen = context.settings()
    try:
        good = sign_in_services.proves(
            db.session(),
            user=context.actor(),
            proof=proof,
            origin=context.origin(),
            seal=context.seal(),
            act=context.act(),
            memory_kib=chosen.argon2_memory_kib,
        )
    except DomainError as error:
        return error.message
    if not good:
        g.commits_although_refused = True  # the failure counts
        return WRONG_WITH_CODE if context.actor().has_second_factor else WRONG
    session[SECRET] = session_services.confirm(db.session(), browser=browser(), now=context.now())
    db.session.commit()  # whatever becomes of the act itself, the browser has its new secret and no code counts again
    begin_writing(db.session())
    return ""


def page(
    *, address: str, fields: list[tuple[str, str]] | None = None, files: bool = False, problem: str = "", back: str = ""
) -> str:
    """The page that asks; `back` is where somebody was who would rather not."""
    has_code = context.actor().has_second_factor
    question = ConfirmPage(TITLE, address, fields or [], files, has_code, problem, back or url_for("today.index"))
    return render_template("accounts/confirm.html", page=question, has_errors=bool(problem))


def way_back() -> str:
    """Where somebody goes on who would rather not say who they are: the page that the form names, else the nearest above this address.

    A page that asks the same is left out. (Browsers tell no page where somebody comes from: `Referrer-Policy`.)
    """
    given = safe_path(request.form.get(BACK) or request.form.get("back"))
    if given:
        return given
    path = request.path
    while path.strip("/"):
        if path != request.path or context.is_change():
            permission = _permission_of(path)
            if permission is not None and not permission.step_up:
                return path
        path = path.rstrip("/").rpartition("/")[0]
    return url_for("today.index")


def _permission_of(path: str) -> Permission | None:
    """What a page of this site asks for; None where there is no such page."""
    try:
        endpoint, _ = current_app.url_map.bind("").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return None
    return getattr(current_app.view_functions[endpoint], "permission", None)


def ask() -> Response | None:
    """Ask who somebody is before what this request wants; None where that is known, or was proved with the request itself."""
    if is_fresh():
        return None
    if not context.is_change():
        way = url_for("accounts.confirm", next=request.full_path.rstrip("?"), back=way_back())
        return make_response(redirect(way, code=303))
    proof = request.form.get(PROOF)
    problem = confirmed(proof) if proof else ""
    if proof and not problem:
        return None
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in {"csrf_token", PROOF}]
    files = any(file.filename for file in request.files.values())
    back = way_back()
    fields = [(name, value) for name, value in fields if name != BACK]
    question = page(
        address=request.full_path.rstrip("?"),
        fields=[*fields, (BACK, back)],
        files=files,
        problem=problem,
        back=safe_path(back) or "",
    )
    return make_response(question, FORBIDDEN)
