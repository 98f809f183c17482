"""What time it is: doors ask, rooms are told."""

from __future__ import annotations

import datetime as dt


class Clock:
    """The clock of the machine."""

    def now(self) -> dt.datetime:
        """The present moment in UTC, to the microsecond."""
        return dt.datetime.now(dt.UTC)
