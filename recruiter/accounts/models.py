"""People, their sessions, tokens and invitations."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, Text, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.foundation.database.columns import Digest, IntPk
from recruiter.foundation.database.db import Model, Versioned
from recruiter.foundation.database.transient import TRANSIENT
from recruiter.foundation.json_types import JsonObject


class Role(StrEnum):
    """What somebody is here for."""

    ADMIN = "admin"
    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    APPROVER = "approver"


SEARCHERS = frozenset({Role.ADMIN, Role.RECRUITER})
STAFF = SEARCHERS | {Role.HIRING_MANAGER}
EVERYBODY = frozenset(Role)


class User(Versioned, Model):
    """Somebody of the company. Without a password and a token they cannot sign in: so are raters of imported decisions."""

    id: Mapped[IntPk]
    email: Mapped[str]
    email_key: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role]
    team: Mapped[str] = mapped_column(default="")
    pay_view: Mapped[bool] = mapped_column(default=False)
    active: Mapped[bool] = mapped_column(default=True)
    password_hash: Mapped[str | None]
    theme: Mapped[str] = mapped_column(default="system")
    shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[dt.datetime]

    @property
    def is_staff(self) -> bool:
        """Whether somebody runs searches: administrators, recruiters and hiring managers do."""
        return self.role in STAFF


class UserSession(Model):
    """A signed-in browser, kept on the server; ending the row ends the session at once."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    user: Mapped[User] = relationship()
    __table_args__ = TRANSIENT


class ApiToken(Model):
    """A key to the JSON API, shown once, kept as its digest."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    user: Mapped[User] = relationship()


class Invitation(Model):
    """A one-time address with which a new person chooses a password."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    user: Mapped[User] = relationship()
    __table_args__ = TRANSIENT


class KeptForm(Model):
    """A form that somebody sent when their session had run out: given back to them after sign-in, to nobody else, sent by nobody but them."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    address: Mapped[str] = mapped_column(Text)
    fields: Mapped[list[list[str]]] = mapped_column(JSON)
    files: Mapped[list[str]] = mapped_column(JSON)
    at: Mapped[dt.datetime]
    __table_args__ = TRANSIENT


class FailedSignIn(Model):
    """A wrong password, remembered so that guessing is slowed for every process alike."""

    id: Mapped[IntPk]
    email_key: Mapped[str]
    address: Mapped[str]
    at: Mapped[dt.datetime]
    __table_args__ = (Index("ix_failed_sign_in_email_key_at", "email_key", "at"),)


class IdempotentAnswer(Model):
    """What was answered to a request that carried an Idempotency-Key, so that the same click twice acts once."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str]
    request_digest: Mapped[Digest]
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[dt.datetime]
    __table_args__ = (Index("uq_idempotent_answer_user_id_key", "user_id", "key", unique=True),)


class UndoToken(Model):
    """A change that can be taken back by whoever made it: what it was, and the versions it left behind."""

    id: Mapped[IntPk]
    digest: Mapped[Digest] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    action: Mapped[str]
    payload: Mapped[JsonObject] = mapped_column(JSON)
    created_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    __table_args__ = TRANSIENT
