"""A message to start from, made of what was said and promised: never sent by itself, never the same for two people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from recruiter.foundation.wording import dated
from recruiter.keepwarm.models.records import Channel

HOW = {
    Channel.PHONE: "by phone",
    Channel.EMAIL: "by e-mail",
    Channel.VIDEO: "by video call",
    Channel.IN_PERSON: "in person",
    Channel.MESSAGE: "by message",
    Channel.LETTER: "by letter",
    Channel.OTHER: "in another way",
}


class Purpose(StrEnum):
    """What a message is for."""

    UPDATE = "update"
    EARLIER = "earlier"
    THANKS = "thanks"
    FEEDBACK = "feedback"


@dataclass(frozen=True)
class LastContact:
    """The last contact: when, how, and the last words that were theirs."""

    on: dt.date
    channel: Channel
    theirs: str = ""


@dataclass(frozen=True)
class Record:
    """What a draft may refer to; `promise` with its date, `decides_on` their date elsewhere, `ask_by` when we need an answer.

    `we_decide_on` is the day of our decision, `hear_by` the same with its buffer: what they may be promised.
    """

    name: str
    title: str
    sender: str
    last: LastContact | None = None
    promise: tuple[str, dt.date] | None = None
    decides_on: dt.date | None = None
    ask_by: dt.date | None = None
    we_decide_on: dt.date | None = None
    hear_by: dt.date | None = None


def _opening(record: Record) -> list[str]:
    paragraphs = [f"Hello {record.name},"]
    last = record.last
    if last is not None:
        paragraphs.append(
            f"We were last in touch {HOW[last.channel]} on {dated(last.on)} about the role of {record.title}."
        )
        if last.theirs:
            paragraphs.append(f"You told us: “{last.theirs}” I have not forgotten it.")
    return paragraphs


def _update(record: Record, today: dt.date) -> list[str]:
    paragraphs = []
    if record.promise is not None:
        what, due = record.promise
        paragraphs.append(
            f"What we promised still stands: “{what}”, by {dated(due)}."
            if due >= today
            else f"We promised “{what}” by {dated(due)}. That day has passed, and I am sorry. Here is where we are:"
        )
    if record.decides_on is not None and record.decides_on >= today:
        paragraphs.append(
            f"I know that you must answer elsewhere by {dated(record.decides_on)}, and I plan around that."
        )
    elif record.we_decide_on is not None and record.we_decide_on >= today and record.promise is None:
        paragraphs.append(f"We decide on {dated(record.we_decide_on)}, and you will hear from me right after.")
    return [*paragraphs, "May I call you this week?"]


def draft(purpose: Purpose, record: Record, *, today: dt.date) -> str:
    """A message from the record; where nothing was said yet, one that says who writes and leaves the reason to be filled in.

    Words in brackets are for the sender to fill in; a message that still has some is not sent.
    """
    if purpose == Purpose.UPDATE:
        body = _update(record, today)
        if record.last is None:
            body = [f"I look after the search for {record.title}. [Why you write to them today]", *body]
    elif purpose == Purpose.EARLIER:
        by = f"by {dated(record.ask_by)}" if record.ask_by else "a little earlier"
        body = [
            f"Could you tell me your decision {by}? Our plans depend on it, and I would rather ask you openly.",
            "If that is too soon, tell me what you still need to know, and I will get it for you.",
        ]
    elif purpose == Purpose.THANKS:
        hear_by = record.promise[1] if record.promise else record.hear_by
        body = [
            f"Thank you for the time you gave us for the role of {record.title}.",
            "[One thing from your conversation that stayed with you]",
            f"You will hear from us by {dated(hear_by)}."
            if hear_by and hear_by >= today
            else "[The day they will hear]",
        ]
    else:
        body = [
            f"You deserve a plain answer, so here is why we chose somebody else for the role of {record.title}.",
            "[What was strong, with an example from an interview]",
            "[What was missing for this role, with an example]",
            "[Whether and for what you would like to stay in touch]",
        ]
    return "\n\n".join([*_opening(record), *body, record.sender])
