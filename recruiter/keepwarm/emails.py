"""The morning mail: who must hear from somebody today, in the groups of the page."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.accounts.models import User
from recruiter.foundation.calendar import dated
from recruiter.foundation.mail import Email


@dataclass(frozen=True)
class Line:
    """One thing to do: its group, whom it is about, why, and the path of the page where it is done."""

    rank: int
    group: str
    name: str
    title: str
    why: str
    path: str


def morning(user: User, lines: Sequence[Line], *, today: dt.date, base_url: str) -> Email:
    """The one mail of a day to one person; never sent where there is nothing to do."""
    count = len(lines)
    written = [f"Good morning {user.name},", "", f"{dated(today)}: {count} to do.", ""]
    for group, inside in itertools.groupby(lines, key=lambda one: one.group):
        written.append(group)
        for one in inside:
            written += [f"- {one.name}, {one.title}: {one.why}", f"  {base_url}{one.path}"]
        written.append("")
    written.append(f"All of them: {base_url}/keep-warm?whose=mine")
    subject = f"Keep warm: {count} for you today"
    return Email(to=user.email, name=user.name, subject=subject, body="\n".join(written))
