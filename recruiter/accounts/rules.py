"""What makes an account and a session good, and how long what is handed out lives."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from recruiter.foundation.errors import Conflict, RuleBroken

IDLE = dt.timedelta(minutes=30)
WARNING = dt.timedelta(minutes=2)  # before the end; whoever is there stays with one click (WCAG 2.2.1)
ABSOLUTE = dt.timedelta(hours=12)
LAPSED = dt.timedelta(days=7)  # as long as what was typed into an ended session is kept for its author
INVITATION = dt.timedelta(days=7)
RESET = dt.timedelta(hours=1)
RESETS = 3  # an hour, for one mailbox
CODE = dt.timedelta(minutes=10)  # between the password and the code of the second factor
FRESH = dt.timedelta(minutes=10)
TOKEN_DAYS = 90
LONGEST_TOKEN_DAYS = 366
LARGEST_NUMBER = 2**31 - 1  # that a database gives a row
IMPORTED = "@imported.invalid"  # the addresses of people who came with past decisions and never sign in


def email_key(email: str) -> str:
    """The form in which two addresses are the same. Raises RuleBroken with how an address looks."""
    from email_validator import EmailNotValidError, validate_email  # loads its own tables

    try:
        address = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise RuleBroken.at("email", "Enter an e-mail address, like ana@example.com.") from None
    return address.normalized.casefold()


def session_end(*, created_at: dt.datetime, seen_at: dt.datetime) -> dt.datetime:
    """When a browser is signed out by itself: half an hour after it was last used, twelve hours after sign-in at the latest."""
    return min(seen_at + IDLE, created_at + ABSOLUTE)


def session_lives(*, created_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a signed-in browser is still let in."""
    return now < session_end(created_at=created_at, seen_at=seen_at)


@dataclass(frozen=True)
class TimeLeft:
    """How long a browser stays signed in if nothing is done in it, and whether doing something makes it longer."""

    seconds: int
    extendable: bool


def time_left(*, created_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime) -> TimeLeft:
    """What a page tells its reader before a session ends; no seconds where it has ended."""
    left = session_end(created_at=created_at, seen_at=seen_at) - now
    return TimeLeft(max(0, int(left.total_seconds())), extendable=seen_at + IDLE < created_at + ABSOLUTE)


def is_fresh(*, confirmed_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether somebody has proved who they are lately enough for an act that not every open browser may do."""
    return confirmed_at is not None and dt.timedelta(0) <= now - confirmed_at < FRESH


def lowers(before: str, after: str) -> bool:
    """Whether somebody who had one role may do less with another; of approver and interviewer each may what the other may not."""
    ranks = {"admin": 3, "recruiter": 2, "hiring_manager": 1}
    return before != after and ranks.get(after, 0) <= ranks.get(before, 0)


def check_not_oneself(*, user_id: int, actor_id: int | None, sentence: str) -> None:
    """Some acts on an account are another administrator's. Raises Conflict, which says so, where it is one's own."""
    if user_id == actor_id:
        raise Conflict(sentence)


def check_keeps_an_admin(*, user_is_admin: bool, other_admins: int) -> None:
    """Somebody must be able to manage people. Raises Conflict for the last active administrator."""
    if user_is_admin and not other_admins:
        raise Conflict("This is the only administrator. Make somebody else an administrator first.")
