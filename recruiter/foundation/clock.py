"""What time it is: doors ask, rooms are told."""

from __future__ import annotations

import datetime as dt


class Clock:
    """The clock of the machine."""

    def now(self) -> dt.datetime:
        """The present moment in UTC, to the microsecond."""
        return dt.datetime.now(dt.UTC)


class FixedClock(Clock):
    """A clock that stands still until it is set: for tests and for telling a story of the past."""

    def __init__(self, at: dt.datetime) -> None:
        self.at = at

    def now(self) -> dt.datetime:
        """The moment it was set to."""
        return self.at
