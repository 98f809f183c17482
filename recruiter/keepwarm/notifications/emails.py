"""The morning mail, in the groups of the page, and the two mails that do not wait for the morning."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.accounts.models import User
from recruiter.foundation.mail import Email
from recruiter.foundation.wording import dated
from recruiter.keepwarm.models.records import Phase
from recruiter.pipeline.models import Application

LOST_IN = {
    Phase.BEFORE_OFFER: "has withdrawn before an offer was out",
    Phase.OFFER: "has declined the offer",
    Phase.ACCEPTED: "has gone after accepting the offer",
}


@dataclass(frozen=True)
class DigestLine:
    """One thing to do: its group, whom it is about, why, and the path of the page where it is done."""

    rank: int
    group: str
    name: str
    title: str
    why: str
    path: str


def morning(user: User, lines: Sequence[DigestLine], *, today: dt.date, base_url: str) -> Email:
    """The one mail of a day to one person; never sent where there is nothing to do."""
    count = len(lines)
    body_lines = [f"Good morning {user.name},", "", f"{dated(today)}: {count} to do.", ""]
    for group, inside in itertools.groupby(lines, key=lambda item: item.group):
        body_lines.append(group)
        for item in inside:
            body_lines += [f"- {item.name}, {item.title}: {item.why}", f"  {base_url}{item.path}"]
        body_lines.append("")
    body_lines.append(f"All of them: {base_url}/keep-warm?whose=mine")
    subject = f"Keep warm: {count} for you today"
    return Email(to=user.email, name=user.name, subject=subject, body="\n".join(body_lines))


def lost(user: User, application: Application, *, why: str, waiting: int, promoted: bool, base_url: str) -> Email:
    """A first choice is lost: what happened, how many wait, and where the next one is promoted. No pay, no names of others."""
    name, search = application.candidate.name, application.requisition
    bench = "Nobody is on the bench." if not waiting else f"{waiting} wait{'s' if waiting == 1 else ''} on the bench."
    if promoted:
        bench = "The next finalist has been promoted already."
    link = f"{base_url}/requisitions/{search.key}/{'bench' if promoted else 'promote'}"
    body = f"Hello {user.name},\n\n{name} {why}: {search.title}, {search.key}.\n\n{bench} Nothing was sent to any candidate.\n\n{link}\n"
    return Email(to=user.email, name=user.name, subject=f"First choice lost: {name}, {search.title}", body=body)


def elsewhere(user: User, application: Application, *, on: dt.date, base_url: str) -> Email:
    """Somebody on the slate must answer another employer within a day."""
    name, search = application.candidate.name, application.requisition
    link = f"{base_url}/applications/{application.id}/bench"
    body = (
        f"Hello {user.name},\n\n{name} must answer another employer by {dated(on)}: {search.title}, {search.key}.\n\n"
        f"Say today where they stand with us, or ask for more time.\n\n{link}\n"
    )
    return Email(to=user.email, name=user.name, subject=f"{name} must answer elsewhere by {dated(on)}", body=body)
