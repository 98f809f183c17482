"""What makes an account, a password and a session good."""

from __future__ import annotations

import datetime as dt

from recruiter.foundation.errors import RuleBroken

SHORTEST_PASSWORD = 15
LONGEST_PASSWORD = 128
IDLE = dt.timedelta(hours=2)
ABSOLUTE = dt.timedelta(hours=12)
LAPSED = dt.timedelta(days=7)  # as long as what was typed into an ended session is kept for its author
INVITATION = dt.timedelta(days=7)
WINDOW = dt.timedelta(minutes=15)
FREE_TRIES = 5
COMMON = ("password", "qwertyuiop", "123456789", "letmein", "recruiter")


def email_key(email: str) -> str:
    """The form in which two addresses are the same. Raises RuleBroken with how an address looks."""
    from email_validator import EmailNotValidError, validate_email  # loads its own tables

    try:
        address = validate_email(email.strip(), check_deliverability=False)
    except EmailNotValidError:
        raise RuleBroken.at("email", "Enter an e-mail address, like ana@example.com.") from None
    return address.normalized.casefold()


def check_password(password: str, *, name: str, email: str) -> None:
    """Refuse a password that is short, very long or easily guessed; any characters will do (ASVS 6.2)."""
    if len(password) < SHORTEST_PASSWORD:
        raise RuleBroken.at("password", f"Use at least {SHORTEST_PASSWORD} characters. A few words in a row do well.")
    if len(password) > LONGEST_PASSWORD:
        raise RuleBroken.at("password", f"Use at most {LONGEST_PASSWORD} characters.")
    plain = password.casefold()
    obvious = {email.casefold().split("@")[0], "".join(name.casefold().split()), *COMMON}
    if len(set(plain)) <= FREE_TRIES or any(plain.replace(word, "").strip("0123456789!., ") == "" for word in obvious):
        raise RuleBroken.at(
            "password", "This password is easily guessed. Use a few words in a row that only you would put together."
        )


def session_lives(*, created_at: dt.datetime, seen_at: dt.datetime, now: dt.datetime) -> bool:
    """Whether a signed-in browser is still let in: used within two hours, begun within twelve."""
    return now - seen_at < IDLE and now - created_at < ABSOLUTE


def must_wait(failures: list[dt.datetime], *, now: dt.datetime) -> int:
    """Seconds to wait before the next try: none for five failures in fifteen minutes, then doubling up to a quarter of an hour."""
    recent = [at for at in failures if now - at < WINDOW]
    if len(recent) < FREE_TRIES:
        return 0
    delay = min(2 ** (len(recent) - FREE_TRIES), 900)
    return max(0, int(delay - (now - max(recent)).total_seconds()))
