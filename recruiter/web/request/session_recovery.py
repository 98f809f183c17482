"""A form that comes after its session has run out is kept for whoever sent it. They look at it after signing in, and send it themselves."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable

from flask import current_app, g, redirect, request, url_for
from flask import session as cookie
from itsdangerous import BadData, URLSafeTimedSerializer
from werkzeug.wrappers import Response

from recruiter.accounts import queries, saved_submissions
from recruiter.accounts.models import KeptForm, User
from recruiter.foundation import text
from recruiter.foundation.database.db import begin_writing, db

SECRET = "sid"  # noqa: S105  # the name of a cookie entry, no secret
FIELD = "kept_form"  # names, in a form that is sent again, what was kept of it
SKIPPED = {"csrf_token", FIELD, "proof_of_identity", "came_from"}
NOTHING_TO_KEEP = {"accounts.sign_out", "accounts.token", "accounts.activity", "budget.preview"}
OLD_PAGES = "earlier"  # of the same person, in this browser
MOST_OLD_PAGES = 3
CSRF_SALT = "wtf-csrf-token"
KEEPERS: dict[str, Callable[[User], str | None]] = {}  # by endpoint; filled by `keeps`


def keeps(*endpoints: str) -> Callable[[Callable[[User], str | None]], Callable[[User], str | None]]:
    """Let a page keep its own form for whoever sent it; it answers where that is found after signing in, or None to have it kept as any form."""

    def register(keeper: Callable[[User], str | None]) -> Callable[[User], str | None]:
        KEEPERS.update(dict.fromkeys(endpoints, keeper))
        return keeper

    return register


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def pages_of(user: User, *, now: dt.datetime) -> list[str]:
    """What marks the open pages of this browser as those of the same person, when they sign in again; empty for somebody else."""
    secret = cookie.get(SECRET)
    before = queries.lapsed_session(db.session(), secret, now=now) if secret else None
    if before is None or before.user_id != user.id:
        return []
    token = cookie.get("csrf_token")
    known = [*([_digest(token)] if token else []), *cookie.get(OLD_PAGES, [])]
    return known[:MOST_OLD_PAGES]


def _from_an_old_page_of_his() -> bool:
    """Whether a page sent this that was opened by the same person, in this browser, before they signed in again."""
    signer = URLSafeTimedSerializer(str(current_app.secret_key), salt=CSRF_SALT)
    try:
        token = signer.loads(request.form.get("csrf_token", ""))
    except BadData:
        return False
    return isinstance(token, str) and _digest(token) in cookie.get(OLD_PAGES, [])


def _keep(user: User, *, now: dt.datetime) -> KeptForm | None:
    fields = [(name, value) for name, value in request.form.items(multi=True) if name not in SKIPPED]
    files = [name for name, file in request.files.items(multi=True) if file.filename]
    db.session.rollback()
    begin_writing(db.session())
    address = request.full_path.rstrip("?")
    made = saved_submissions.keep(db.session(), user=user, address=address, fields=fields, files=files, now=now)
    db.session.commit()
    return made


def _may_be_kept() -> bool:
    return request.method == "POST" and request.endpoint not in NOTHING_TO_KEEP


def after_the_session(*, now: dt.datetime) -> Response | None:
    """Keep what a browser sent whose session has run out by itself, and lead on to sign-in; None where nothing was kept."""
    secret = cookie.get(SECRET)
    if not secret or not _may_be_kept():
        return None
    lapsed = queries.lapsed_session(db.session(), secret, now=now)
    if lapsed is None:
        return None
    keeper = KEEPERS.get(request.endpoint or "")
    if keeper:
        db.session.rollback()
        begin_writing(db.session())
    address = keeper(lapsed.user) if keeper else None
    if address is not None:
        db.session.commit()
    elif _keep(lapsed.user, now=now) is None:
        return None
    return redirect(url_for("accounts.sign_in", next=address or url_for("accounts.kept_forms")), code=303)


def from_an_old_page(*, now: dt.datetime) -> Response | None:
    """Keep what a page sent that stood open while its person signed in again; None for pages of anybody else."""
    secret = cookie.get(SECRET)
    if not secret or not _may_be_kept() or request.accept_mimetypes.best == "application/json":
        return None
    if not _from_an_old_page_of_his():
        return None
    live = queries.live_session(db.session(), secret, now=now)
    if live is None or _keep(live.user, now=now) is None:
        return None
    return redirect(url_for("accounts.kept_forms"), code=303)


def forget_submission() -> None:
    """Forget what was kept of a form once it has been sent again and taken; in the transaction of what it changes."""
    number = text.number(request.form.get(FIELD)) if request.method == "POST" else None
    if number is None or g.get("actor") is None:
        return
    if not db.session().in_transaction():
        begin_writing(db.session())
    saved_submissions.drop(db.session(), user=g.actor, kept_id=number)
