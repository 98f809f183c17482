"""What a panelist reads about an interview: who, when, where, with whom; nothing that anybody rated, and no pay."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from recruiter.accounts.models import User
from recruiter.documents import calendar_file
from recruiter.documents.calendar_file import Method
from recruiter.foundation import email_templates
from recruiter.foundation.calendar import local_day
from recruiter.foundation.mail import Email
from recruiter.foundation.wording import dated
from recruiter.interviews.models import Interview, InterviewStatus
from recruiter.interviews.rules import is_ambiguous


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


def uid_of(interview: Interview) -> str:
    """The name of an interview in every calendar: it never changes, whatever is renamed or moved."""
    return f"interview-{interview.id}-{int(interview.created_at.timestamp())}@recruiter"


def time_text(interview: Interview, zone: ZoneInfo) -> str:
    """“Tue 17 Nov 2026, 15:30 to 16:30 (Europe/Berlin)”, with the offset where the clock shows that hour twice."""
    begins, ends = interview.starts_at.astimezone(zone), interview.ends_at.astimezone(zone)
    until = f"{ends:%H:%M}" if local_day(begins, zone) == local_day(ends, zone) else f"{dated(ends)}, {ends:%H:%M}"
    plain = f"{begins:%z}"
    offset = f", UTC{plain[:3]}:{plain[3:5]}" if is_ambiguous(interview.starts_at, zone) else ""
    return f"{dated(begins)}, {begins:%H:%M} to {until} ({zone.key}{offset})"


def appointment(interview: Interview, *, house: Installation) -> calendar_file.Appointment:
    """An interview as a calendar shows it; of a confidential search neither the person nor the role is named."""
    requisition, person = interview.application.requisition, interview.application.candidate
    hidden = requisition.confidential
    address = f"{house.base_url}/interviews/{interview.id}"
    about = "Interview" if hidden else f"Interview: {person.name}, {requisition.title}"
    details = [] if hidden else [interview.name]
    details += ["With " + ", ".join(seat.user.name for seat in interview.panel), f"Details: {address}"]
    return calendar_file.Appointment(
        uid=uid_of(interview),
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        stamped_at=interview.created_at,
        summary=about,
        description="\n".join(details),
        place=interview.place,
        address=address,
        organiser=calendar_file.Person(house.organisation, house.sender),
        attendees=[calendar_file.Person(seat.user.name, seat.user.email) for seat in interview.panel],
        private=hidden,
    )


def file(
    interview: Interview, *, house: Installation, method: Method, stamped_at: dt.datetime, recipient: User | None = None
) -> str:
    """The calendar file of an interview; of one that will not take place it takes the appointment out.

    `only` is whom it is for where he is no longer on the panel.
    """
    chosen = method if interview.status == InterviewStatus.PLANNED else Method.CANCEL
    appointment_shown = dataclasses.replace(appointment(interview, house=house), stamped_at=stamped_at)
    if recipient is not None:
        appointment_shown = dataclasses.replace(
            appointment_shown, attendees=[calendar_file.Person(recipient.name, recipient.email)]
        )
    return calendar_file.text(appointment_shown, method=chosen, zone=house.zone)


def notice(
    interview: Interview, *, user: User, kind: NoticeKind, zone: ZoneInfo, house: Installation, now: dt.datetime
) -> Email:
    """One message to one panelist, in his zone, with the calendar file that puts the appointment in or takes it out."""
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
