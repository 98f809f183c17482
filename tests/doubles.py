"""What stands in for the machine's clock and zone and for the mail server."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import time
from unittest import mock

from recruiter.foundation.clock import Clock
from recruiter.foundation.mail import Email


class FixedClock(Clock):
    """A clock that stands still until it is set."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def now(self) -> dt.datetime:
        """The moment it was set to."""
        return self.at


@contextlib.contextmanager
def machine_in(zone):
    """A machine whose own clock is in another zone than the company's."""
    with mock.patch.dict(os.environ, TZ=zone):
        time.tzset()
        yield
    time.tzset()


class RecordingMailer:
    """Keeps messages in memory."""

    def __init__(self) -> None:
        self.sent: list[Email] = []

    def send(self, email: Email, *, key: str) -> None:  # the protocol's signature
        """Remember the message."""
        self.sent.append(email)
