"""What the pages of scorecards show."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from recruiter.debriefs.verdicts import PanelistVerdict
from recruiter.foundation.database.db import db
from recruiter.interviews.models import Interview
from recruiter.interviews.rules import card_due
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import Attribute, Requisition
from recruiter.scorecards import anchors, queries
from recruiter.scorecards.anchors import DEFAULT_ANCHORS
from recruiter.scorecards.figures.rater_severity import SeverityReport
from recruiter.scorecards.models import CardChannel, Scorecard
from recruiter.scorecards.queries import CardCounts, MissingCard, VisibleCards
from recruiter.web.layout.tabs import Tab
from recruiter.web.request import guard
from recruiter.web.scorecards.forms import AnchorsForm, CardForm

OVERALL_LABELS = {1: "Strong no", 2: "No", 3: "Yes", 4: "Strong yes"}
CHOICES = (
    ("4", "Strong yes", "I would argue for this hire"),
    ("3", "Yes", "Meets what the role needs"),
    ("2", "No", "Misses something that matters"),
    ("1", "Strong no", "I would argue against"),
)
CHANNEL_LABELS = {
    CardChannel.PAPER: "on paper",
    CardChannel.EMAIL: "by e-mail",
    CardChannel.PHONE: "by phone",
    CardChannel.MESSAGE: "by message",
    CardChannel.IN_PERSON: "in person",
}


@dataclass(frozen=True)
class OwedCard:
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
    owed: list[OwedCard]
    coming: list[Interview]
    sent: list[Interview]
    earlier: int
    today: dt.date
    severity: SeverityReport | None


@dataclass(frozen=True)
class FormPart:
    """One attribute of the form."""

    place: int
    total: int
    attribute: Attribute
    in_focus: bool
    anchors: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CardPage:
    """One card, to fill in or to read."""

    title: str
    interview: Interview
    due_at: dt.datetime
    counts: CardCounts
    card: Scorecard | None
    form: CardForm | None
    parts: list[FormPart]
    problem: str
    evidence_for_all: bool
    closed: str = ""
    kept_at: dt.datetime | None = None
    saved: Scorecard | None = None
    author: str = ""
    has_read: bool = False  # whether its author has read others' cards on this candidate
    channels: ClassVar = [(channel.value, label.capitalize()) for channel, label in CHANNEL_LABELS.items()]
    choices: ClassVar = CHOICES
    overall_labels: ClassVar = OVERALL_LABELS
    channel_labels: ClassVar = CHANNEL_LABELS

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Every message with the id it links to, in the order of the page."""
        if self.form is None:
            return []
        order = [f"{kind}_{part.attribute.id}" for part in self.parts for kind in ("rating", "evidence")]
        places = ["channel", *order, "overall", "summary", "question", "concern", "reason"]
        return [(name, str(text)) for name in places if name in self.form for text in self.form[name].errors]

    @property
    def others(self) -> int:
        """How many cards there are beside one's own."""
        return max(self.counts.expected - 1, 0)

    @property
    def rated(self) -> int:
        """How many parts of the form carry a choice, the recommendation among them."""
        if self.form is None:
            return 0
        chosen = [self.form[f"rating_{part.attribute.id}"].data for part in self.parts if part.in_focus]
        return sum(bool(choice) for choice in [*chosen, self.form.overall.data])

    @property
    def choices_total(self) -> int:
        """How many choices the form asks for."""
        return sum(part.in_focus for part in self.parts) + 1


@dataclass(frozen=True)
class SidePage:
    """The cards of an application side by side."""

    title: str
    application: Application
    tabs: list[Tab]
    breadcrumbs: list[tuple[str, str | None]]
    sight: VisibleCards
    attributes: list[str]
    waiting: list[MissingCard]
    now: dt.datetime
    stand: PanelistVerdict | None
    channel_labels: ClassVar = CHANNEL_LABELS
    overall_labels: ClassVar = OVERALL_LABELS


@dataclass(frozen=True)
class AnchorsPage:
    """How the scorecards of a requisition look: the anchors of each attribute, and how much evidence is asked for."""

    title: str
    requisition: Requisition
    tabs: list[Tab]
    breadcrumbs: list[tuple[str, str | None]]
    form: AnchorsForm
    errors: list[tuple[str, str]]
    default_anchors: ClassVar = DEFAULT_ANCHORS


def parts_of(
    attributes: Sequence[Attribute], focus: Sequence[str], anchor_texts: dict[int, tuple[str, ...]]
) -> list[FormPart]:
    """The attributes as the form shows them: those that the interview was to cover first."""
    in_focus = [attribute for attribute in attributes if not focus or attribute.name in focus]
    rest = [attribute for attribute in attributes if attribute not in in_focus]
    total = len(in_focus) + 1
    return [
        FormPart(place if place < total else 0, total, attribute, place < total, anchor_texts[attribute.id])
        for place, attribute in enumerate([*in_focus, *rest], 1)
    ]


def page_of(
    interview: Interview, *, form: CardForm | None, card: Scorecard | None = None, **page_fields: Any
) -> CardPage:
    """The page of one card."""
    session, application = db.session(), interview.application
    attributes = application.requisition.attributes
    return CardPage(
        title=f"Scorecard: {application.candidate.name}",
        interview=interview,
        due_at=card_due(interview.ends_at),
        counts=queries.card_counts(session, [application.id], now=guard.now())[application.id],
        card=card,
        form=form,
        parts=parts_of(attributes, interview.focus, anchors.anchors_of(session, attributes)),
        evidence_for_all=queries.evidence_for_all(session, application.requisition_id),
        **page_fields,
    )
