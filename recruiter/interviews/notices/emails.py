"""What a panelist reads about an interview: who, when, where, with whom; nothing that anybody rated, and no pay."""

from __future__ import annotations

import dataclasses
import datetime as dt
import functools
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from recruiter.accounts.models import User
from recruiter.documents import calendar_file
from recruiter.documents.calendar_file import Method
from recruiter.foundation import email_templates, wording
from recruiter.foundation.calendar import local_day
from recruiter.foundation.mail import Email
from recruiter.interviews.models import Interview
from recruiter.interviews.rules import is_ambiguous
from recruiter.settings import Settings


class NoticeKind(StrEnum):
    """What a panelist is told."""

    PLANNED = "planned"
    CHANGED = "changed"
    CANCELLED = "cancelled"
    NOT_YOURS = "not_yours"
    NO_SHOW = "no_show"


@dataclass(frozen=True)
class Installation:
    """Where this installation stands: its name, its address, its zone, and who mails are from."""

    organisation: str
    base_url: str
    zone: ZoneInfo
    sender: str

    @classmethod
    def of(cls, settings: Settings) -> Installation:
        """What mails and calendar files say about an installation."""
        return cls(settings.organisation, settings.base_url, settings.zone, settings.mail_sender)


def time_text(interview: Interview, zone: dt.tzinfo, *, today: dt.date | None = None) -> str:
    """“Tue 17 Nov 2026, 15:30 to 16:30 (Europe/Berlin)”, with the offset where the clock shows that hour twice.

    For whoever reads it about `today` the year is left out while it is the same.
    """
    dated = functools.partial(wording.day, today=today) if today is not None else wording.dated
    begins, ends = interview.starts_at.astimezone(zone), interview.ends_at.astimezone(zone)
    until = f"{ends:%H:%M}" if local_day(begins, zone) == local_day(ends, zone) else f"{dated(ends)}, {ends:%H:%M}"
    plain = f"{begins:%z}"
    offset = f", UTC{plain[:3]}:{plain[3:5]}" if is_ambiguous(interview.starts_at, zone) else ""
    return f"{dated(begins)}, {begins:%H:%M} to {until} ({zone}{offset})"


def file(
    interview: Interview, *, house: Installation, method: Method, stamped_at: dt.datetime, recipient: User | None = None
) -> str:
    """The calendar file of an interview; of one that will not take place it takes the appointment out.

    Of a confidential search neither the person nor the role is named. `recipient` is whom it is for where they are no
    longer on the panel.
    """
    requisition, address = interview.application.requisition, f"{house.base_url}/interviews/{interview.id}"
    people = [seat.user for seat in interview.panel]
    details = ["With " + ", ".join(user.name for user in people), f"Details: {address}"]
    summary = "Interview"
    if not requisition.confidential:
        details = [interview.name, *details]
        summary += f": {interview.application.candidate.name}, {requisition.title}"
    appointment = calendar_file.Appointment(
        uid=f"interview-{interview.id}-{int(interview.created_at.timestamp())}@recruiter",  # whatever is renamed or moved
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        stamped_at=stamped_at,
        summary=summary,
        description="\n".join(details),
        place=interview.place,
        address=address,
        organiser=calendar_file.Person(house.organisation, house.sender),
        attendees=[calendar_file.Person(user.name, user.email) for user in ([recipient] if recipient else people)],
        private=requisition.confidential,
    )
    return calendar_file.text(appointment, method=method if interview.is_planned else Method.CANCEL, zone=house.zone)


def notice(
    interview: Interview, *, user: User, kind: NoticeKind, zone: ZoneInfo, house: Installation, now: dt.datetime
) -> Email:
    """One message to one panelist, in their zone, with the calendar file that puts the appointment in or takes it out."""
    takes_place = kind in {NoticeKind.PLANNED, NoticeKind.CHANGED}
    message = email_templates.compose(
        "interviews/notice",
        to=user,
        kind=kind.value,
        interview=interview,
        when=time_text(interview, zone),
        others=[seat.user.name for seat in interview.panel if seat.user_id != user.id],
        takes_place=takes_place,
        base_url=house.base_url,
    )
    method = Method.REQUEST if takes_place else Method.CANCEL
    recipient = user if kind == NoticeKind.NOT_YOURS else None
    calendar = file(interview, house=house, method=method, stamped_at=now, recipient=recipient)
    return dataclasses.replace(message, calendar=calendar, calendar_method=method.value)
