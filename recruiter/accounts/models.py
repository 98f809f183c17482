"""People, their sessions, tokens and invitations."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, Text, false, true
from sqlalchemy.orm import Mapped, mapped_column, relationship

from recruiter.foundation.database.columns import Digest, IntPk, TransactionNumber
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
    totp_secret: Mapped[str | None]  # sealed; what the person's authenticator app holds
    totp_step: Mapped[int | None]  # the half minute of the last code that was taken: no code counts twice
    theme: Mapped[str] = mapped_column(default="system")
    shortcuts: Mapped[bool] = mapped_column(default=True, server_default=true())
    created_at: Mapped[dt.datetime]

    @property
    def is_staff(self) -> bool:
        """Whether somebody runs searches: administrators, recruiters and hiring managers do."""
        return self.role in STAFF

    @property
    def has_second_factor(self) -> bool:
        """Whether a password alone is not enough to sign in."""
        return self.totp_secret is not None


class UserSession(Model):
    """A signed-in browser, kept on the server; ending the row ends the session at once.

    With `awaits_code` the password was right and the code of the second factor is still to come: it opens no page.
    `confirmed_at` is when the person last proved who they are after signing in, `last_change` the number of the transaction
    of what was last changed from here, where a replica is read.
    """

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
    confirmed_at: Mapped[dt.datetime | None]
    awaits_code: Mapped[bool] = mapped_column(default=False, server_default=false())
    address: Mapped[str] = mapped_column(default="", server_default="")
    agent: Mapped[str] = mapped_column(default="", server_default="")
    last_change: Mapped[TransactionNumber | None]
    user: Mapped[User] = relationship()
    __table_args__ = TRANSIENT


class KnownDevice(Model):
    """A browser in which somebody has signed in before: wrong passwords from elsewhere do not make it wait."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)
    seen_at: Mapped[dt.datetime]
    __table_args__ = TRANSIENT


class ApiToken(Model):
    """A key to the JSON API, shown once, kept as its digest. One made before tokens had an end has none."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    revoked_at: Mapped[dt.datetime | None]
    expires_at: Mapped[dt.datetime | None]
    last_used_at: Mapped[dt.datetime | None]
    confirmed_at: Mapped[dt.datetime | None]
    name: Mapped[str] = mapped_column(default="", server_default="")
    read_only: Mapped[bool] = mapped_column(default=False, server_default=false())
    last_change: Mapped[TransactionNumber | None]
    user: Mapped[User] = relationship()


class LinkPurpose(StrEnum):
    """Why somebody chooses a password by link."""

    INVITATION = "invitation"
    RESET = "reset"


class Invitation(Model):
    """A one-time address with which a person chooses a password: the first one, or a new one in place of a forgotten one."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest] = mapped_column(unique=True)
    created_at: Mapped[dt.datetime]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    purpose: Mapped[LinkPurpose] = mapped_column(default=LinkPurpose.INVITATION, server_default=LinkPurpose.INVITATION)
    user: Mapped[User] = relationship()
    __table_args__ = TRANSIENT


class RecoveryCode(Model):
    """A code that takes the place of the authenticator app once, kept as its digest."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"), index=True)
    digest: Mapped[Digest]
    used_at: Mapped[dt.datetime | None]


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
    """A wrong password or code, remembered so that guessing is slowed for every process alike.

    `address` is the network it came from, `device_id` the browser where it is one in which the person has signed in before.
    """

    id: Mapped[IntPk]
    email_key: Mapped[str]
    address: Mapped[str]
    device_id: Mapped[int | None]
    at: Mapped[dt.datetime]
    __table_args__ = (
        Index("ix_failed_sign_in_email_key_at", "email_key", "at"),
        Index("ix_failed_sign_in_address_at", "address", "at"),
        TRANSIENT,
    )


class IdempotentAnswer(Model):
    """What was answered to a request that carried an Idempotency-Key, so that the same click twice acts once."""

    id: Mapped[IntPk]
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    key: Mapped[str]
    request_digest: Mapped[Digest]
    status: Mapped[int]
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[dt.datetime]
    __table_args__ = (Index("uq_idempotent_answer_user_id_key", "user_id", "key", unique=True), TRANSIENT)


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
