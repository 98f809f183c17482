"""Codes of an authenticator app (TOTP, RFC 6238), and the recovery codes that take their place."""

from __future__ import annotations

import datetime as dt
import secrets

STEP = 30  # seconds
STEPS_AROUND = (0, -1, 1)  # a clock that goes a little wrong is forgiven
RECOVERY_CODES = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without what is read as something else
GROUPS, GROUP_LENGTH = 3, 5


def matching_step(secret: str, code: str, *, now: dt.datetime, last_step: int | None) -> int | None:
    """The half minute that a code belongs to; None for a wrong, old or empty code and for one that was taken before."""
    from pyotp import TOTP
    from pyotp.utils import strings_equal

    digits = "".join(code.split())
    if not digits.isascii() or not digits.isdecimal():
        return None
    present, app = int(now.timestamp()) // STEP, TOTP(secret, interval=STEP)
    for step in (present + around for around in STEPS_AROUND):
        if strings_equal(digits, app.generate_otp(step)) and (last_step is None or step > last_step):
            return step
    return None


def recovery_code() -> str:
    """A new recovery code, in groups that are easily copied by hand: 74 bits."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


def recovery_key(typed: str) -> str:
    """The form in which a recovery code is compared: without spaces and hyphens, in small letters."""
    return "".join(typed.casefold().replace("-", " ").split())
