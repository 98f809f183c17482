"""What the pages of scorecards show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from recruiter.debriefs.verdicts import Stand
from recruiter.interviews.models import Interview
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Attribute, Requisition
from recruiter.scorecards.anchors import USUAL
from recruiter.scorecards.figures.rater_severity import Mirror
from recruiter.scorecards.models import CardChannel, Scorecard
from recruiter.scorecards.queries import Counts, Sight, Waiting
from recruiter.web.layout.tabs import Tab
from recruiter.web.scorecards.forms import CardForm, FormForm

OVERALL_WORDS = {1: "Strong no", 2: "No", 3: "Yes", 4: "Strong yes"}
CHOICES = (
    ("4", "Strong yes", "I would argue for this hire"),
    ("3", "Yes", "Meets what the role needs"),
    ("2", "No", "Misses something that matters"),
    ("1", "Strong no", "I would argue against"),
)
CHANNEL_WORDS = {
    CardChannel.PAPER: "on paper",
    CardChannel.EMAIL: "by e-mail",
    CardChannel.PHONE: "by phone",
    CardChannel.MESSAGE: "by message",
    CardChannel.IN_PERSON: "in person",
}


@dataclass(frozen=True)
class Owed:
    """An interview whose card is not in."""

    interview: Interview
    due_at: dt.datetime
    late: bool
    begun: bool
    decides_on: dt.date


@dataclass(frozen=True)
class ListPage:
    """My scorecards."""

    title: str
    owed: list[Owed]
    coming: list[Interview]
    sent: list[Interview]
    earlier: int
    today: dt.date
    mirror: Mirror | None = None


@dataclass(frozen=True)
class Part:
    """One attribute of the form."""

    place: int
    of: int
    attribute: Attribute
    asked: bool
    anchors: tuple[str, ...] = USUAL


@dataclass(frozen=True)
class CardPage:
    """One card, to fill in or to read."""

    title: str
    interview: Interview
    minutes: int
    due_at: dt.datetime
    counts: Counts
    card: Scorecard | None = None
    form: CardForm | None = None
    parts: list[Part] = field(default_factory=list)
    errors: list[tuple[str, str]] = field(default_factory=list)
    problem: str = ""
    closed: str = ""
    kept_at: dt.datetime | None = None
    saved: Scorecard | None = None
    evidence_for_all: bool = False
    author: str = ""
    channels: list[tuple[str, str]] = field(default_factory=list)
    choices: tuple[tuple[str, str, str], ...] = CHOICES
    words: dict[int, str] = field(default_factory=lambda: OVERALL_WORDS)
    channels_words: dict[CardChannel, str] = field(default_factory=lambda: CHANNEL_WORDS)

    @property
    def others(self) -> int:
        """How many cards there are beside one's own."""
        return max(self.counts.expected - 1, 0)

    @property
    def rated(self) -> int:
        """How many parts of the form carry a choice, the recommendation among them."""
        if self.form is None:
            return 0
        chosen = [self.form[f"rating_{one.attribute.id}"].data for one in self.parts if one.asked]
        return sum(bool(one) for one in [*chosen, self.form.overall.data])

    @property
    def asked(self) -> int:
        """How many choices the form asks for."""
        return sum(one.asked for one in self.parts) + 1


@dataclass(frozen=True)
class SidePage:
    """The cards of an application side by side."""

    title: str
    application: Application
    tabs: list[Tab]
    breadcrumbs: list[tuple[str, str | None]]
    sight: Sight
    attributes: list[str]
    waiting: list[Waiting] = field(default_factory=list)
    now: dt.datetime | None = None
    stand: Stand | None = None
    channels: dict[CardChannel, str] = field(default_factory=lambda: CHANNEL_WORDS)
    words: dict[int, str] = field(default_factory=lambda: OVERALL_WORDS)


@dataclass(frozen=True)
class FormPage:
    """How the scorecards of a requisition look: the anchors of each attribute, and how much evidence is asked for."""

    title: str
    requisition: Requisition
    tabs: list[Tab]
    breadcrumbs: list[tuple[str, str | None]]
    form: FormForm
    usual: tuple[str, ...] = USUAL
    errors: list[tuple[str, str]] = field(default_factory=list)


def parts_of(attributes: Sequence[Attribute], focus: Sequence[str], anchors: dict[int, tuple[str, ...]]) -> list[Part]:
    """The attributes as the form shows them: those that the interview was to cover first."""
    asked = [one for one in attributes if not focus or one.name in focus]
    rest = [one for one in attributes if one not in asked]
    total = len(asked) + 1
    return [
        *(Part(place, total, one, asked=True, anchors=anchors[one.id]) for place, one in enumerate(asked, 1)),
        *(Part(0, total, one, asked=False, anchors=anchors[one.id]) for one in rest),
    ]


def found_errors(form: CardForm, parts: Sequence[Part]) -> list[tuple[str, str]]:
    """Every message with the id it links to, in the order of the page."""
    order = [f"{kind}_{one.attribute.id}" for one in parts for kind in ("rating", "evidence")]
    places = ["channel", *order, "overall", "summary", "question", "concern", "reason"]
    return [(name, str(message)) for name in places if name in form for message in form[name].errors]


def page_of(
    interview: Interview,
    counts: Counts,
    *,
    parts: list[Part],
    card: Scorecard | None,
    form: CardForm | None,
    problem: str = "",
    closed: str = "",
    **more: Any,
) -> CardPage:
    """The page of one card."""
    return CardPage(
        title=f"Scorecard: {interview.application.candidate.name}",
        interview=interview,
        minutes=int((interview.ends_at - interview.starts_at).total_seconds() // 60),
        due_at=card_due(interview.ends_at),
        counts=counts,
        card=card,
        form=form,
        parts=parts,
        errors=found_errors(form, parts) if form is not None else [],
        problem=problem,
        closed=closed,
        **more,
    )
