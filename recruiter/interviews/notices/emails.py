"""What a panelist reads about an interview: who, when, where, with whom; nothing that anybody rated, and no pay."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from recruiter.accounts.models import User
from recruiter.documents import calendar_file
from recruiter.documents.calendar_file import Method
from recruiter.foundation.calendar import dated, local_day
from recruiter.foundation.mail import Email
from recruiter.interviews.models import Interview
from recruiter.interviews.rules import is_ambiguous
from recruiter.settings import Settings


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


def time_text(interview: Interview, zone: ZoneInfo) -> str:
    """“Tue 17 Nov 2026, 15:30 to 16:30 (Europe/Berlin)”, with the offset where the clock shows that hour twice."""
    begins, ends = interview.starts_at.astimezone(zone), interview.ends_at.astimezone(zone)
    until = f"{ends:%H:%M}" if local_day(begins, zone) == local_day(ends, zone) else f"{dated(ends)}, {ends:%H:%M}"
    plain = f"{begins:%z}"
    offset = f", UTC{plain[:3]}:{plain[3:5]}" if is_ambiguous(interview.starts_at, zone) else ""
    return f"{dated(begins)}, {begins:%H:%M} to {until} ({zone.key}{offset})"


def _title(interview: Interview, opening: str) -> str:
    """Whom an interview is with and for what; of a confidential search neither is named."""
    requisition = interview.application.requisition
    return (
        opening
        if requisition.confidential
        else f"{opening}: {interview.application.candidate.name}, {requisition.title}"
    )


def _appointment(
    interview: Interview, *, house: Installation, stamped_at: dt.datetime, attendees: list[User]
) -> calendar_file.Appointment:
    """An interview as a calendar shows it; of a confidential search neither the person nor the role is named."""
    requisition = interview.application.requisition
    address = f"{house.base_url}/interviews/{interview.id}"
    details = [] if requisition.confidential else [interview.name]
    details += ["With " + ", ".join(seat.user.name for seat in interview.panel), f"Details: {address}"]
    return calendar_file.Appointment(
        uid=f"interview-{interview.id}-{int(interview.created_at.timestamp())}@recruiter",  # whatever is renamed or moved
        sequence=interview.sequence,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        stamped_at=stamped_at,
        summary=_title(interview, "Interview"),
        description="\n".join(details),
        place=interview.place,
        address=address,
        organiser=calendar_file.Person(house.organisation, house.sender),
        attendees=[calendar_file.Person(user.name, user.email) for user in attendees],
        private=requisition.confidential,
    )


def file(
    interview: Interview, *, house: Installation, method: Method, stamped_at: dt.datetime, recipient: User | None = None
) -> str:
    """The calendar file of an interview; of one that will not take place it takes the appointment out.

    `recipient` is whom it is for where he is no longer on the panel.
    """
    attendees = [recipient] if recipient else [seat.user for seat in interview.panel]
    shown = _appointment(interview, house=house, stamped_at=stamped_at, attendees=attendees)
    return calendar_file.text(shown, method=method if interview.is_planned else Method.CANCEL, zone=house.zone)


def _facts(interview: Interview, *, user: User, zone: ZoneInfo, house: Installation) -> list[str]:
    requisition, person = interview.application.requisition, interview.application.candidate
    others = [seat.user.name for seat in interview.panel if seat.user_id != user.id]
    lines = [f"When: {time_text(interview, zone)}"]
    if interview.place:
        lines.append(f"Where: {interview.place}")
    if not requisition.confidential:
        lines += [f"Who: {person.name}, for {requisition.title}", f"What: {interview.name}"]
    if others:
        lines.append(f"With: {', '.join(others)}")
    if interview.focus:
        lines.append(f"You look at: {', '.join(interview.focus)}")
    return [*lines, f"Details: {house.base_url}/interviews/{interview.id}"]


OPENINGS = {
    "planned": ("planned", "You are on the panel of an interview."),
    "changed": ("changed", "An interview of yours has changed. It now stands like this."),
    "cancelled": ("cancelled", "This interview does not take place. No scorecard is due."),
    "not_yours": ("no longer yours", "You are no longer on the panel of this interview. No scorecard is due from you."),
    "no_show": ("not held", "Nobody came to this interview. No scorecard is due."),
}


def notice(
    interview: Interview, *, user: User, notice_kind: str, zone: ZoneInfo, house: Installation, now: dt.datetime
) -> Email:
    """One message to one panelist, in his zone, with the calendar file that puts the appointment in or takes it out."""
    verb, opening = OPENINGS[notice_kind]
    lines = [f"Hello {user.name},", "", opening, "", *_facts(interview, user=user, zone=zone, house=house)]
    if notice_kind in {"planned", "changed"}:
        lines += ["", "Your scorecard opens when the interview starts and is due 24 hours after it ends."]
    takes_out = notice_kind in {"cancelled", "not_yours", "no_show"}
    method = Method.CANCEL if takes_out else Method.REQUEST
    recipient = user if notice_kind == "not_yours" else None
    calendar = file(interview, house=house, method=method, stamped_at=now, recipient=recipient)
    return Email(
        to=user.email,
        name=user.name,
        subject=_title(interview, f"Interview {verb}"),
        body="\n".join(lines) + "\n",
        calendar=calendar,
        calendar_method=method.value,
    )
