"""What makes an account and a session good, and how long what is handed out lives."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation.errors import Conflict, RuleBroken

IDLE = dt.timedelta(hours=2)
ABSOLUTE = dt.timedelta(hours=12)
LAPSED = dt.timedelta(days=7)  # as long as what was typed into an ended session is kept for its author
INVITATION = dt.timedelta(days=7)
RESET = dt.timedelta(hours=1)
RESETS = 3  # an hour, for one mailbox
CODE = dt.timedelta(minutes=10)  # between the password and the code of the second factor
FRESH = dt.timedelta(minutes=10)
TOKEN_DAYS = 90
LONGEST_TOKEN_DAYS = 366


def email_key(email: str) -> str:
    """The form in which two addresses are the same. Raises RuleBroken with how an address looks."""
    from email_validator import EmailNotValidError, validate_email  # loads its own tables

    try:
        address = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise RuleBroken.at("email", "Enter an e-mail address, like ana@example.com.") from None
    return address.normalized.casefold()


def session_lives(*, created_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a signed-in browser is still let in: used within two hours, begun within twelve."""
    return now - seen_at < IDLE and now - created_at < ABSOLUTE


def is_fresh(*, confirmed_at: dt.datetime | None, now: dt.datetime) -> bool:
    """Whether somebody has proved who they are lately enough for an act that not every open browser may do."""
    return confirmed_at is not None and dt.timedelta(0) <= now - confirmed_at < FRESH


def lowers(before: str, after: str) -> bool:
    """Whether somebody who had one role may do less with another; of approver and interviewer each may what the other may not."""
    ranks = {"admin": 3, "recruiter": 2, "hiring_manager": 1}
    return before != after and ranks.get(after, 0) <= ranks.get(before, 0)


def check_keeps_an_admin(*, user_is_admin: bool, other_admins: int) -> None:
    """Somebody must be able to manage people. Raises Conflict for the last active administrator."""
    if user_is_admin and not other_admins:
        raise Conflict("This is the only administrator. Make somebody else an administrator first.")
