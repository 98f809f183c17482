"""What a stage asks for before somebody leaves it. A list that is looked at: what is missing is shown and never blocks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from recruiter.requisitions.models import Stage, StageKind


class ExitItem(StrEnum):
    """One thing that a stage may ask for."""

    INTERVIEWS = "interviews"
    CARDS = "cards"
    DEBRIEF = "debrief"
    SLATE = "slate"
    OFFER = "offer"


USUAL: dict[StageKind, tuple[ExitItem, ...]] = {
    StageKind.APPLIED: (),
    StageKind.SCREEN: (ExitItem.INTERVIEWS, ExitItem.CARDS),
    StageKind.INTERVIEW: (ExitItem.INTERVIEWS, ExitItem.CARDS),
    StageKind.FINAL: (ExitItem.CARDS, ExitItem.DEBRIEF, ExitItem.SLATE),
    StageKind.OFFER: (ExitItem.OFFER,),
    StageKind.HIRED: (),
}
WORDS = {
    ExitItem.INTERVIEWS: "The interviews are held",
    ExitItem.CARDS: "The scorecards are in",
    ExitItem.DEBRIEF: "The debrief has decided",
    ExitItem.SLATE: "A place on the slate",
    ExitItem.OFFER: "The offer is accepted",
}


@dataclass(frozen=True)
class ExitFacts:
    """How far one application has come."""

    held: int = 0
    planned: int = 0
    submitted: int = 0
    expected: int = 0
    debriefed: bool = False
    on_slate: bool = False
    accepted: bool = False


@dataclass(frozen=True)
class Line:
    """One line of the list: whether it is done, and how it stands in words."""

    done: bool
    words: str


def _interviews(facts: ExitFacts) -> Line:
    if not facts.planned:
        return Line(done=False, words="No interview planned yet")
    plural = "s" if facts.planned != 1 else ""
    return Line(facts.held >= facts.planned, f"{facts.held} of {facts.planned} interview{plural} held")


def _cards(facts: ExitFacts) -> Line:
    if not facts.expected:
        return Line(done=False, words="No scorecard asked for yet")
    plural = "s" if facts.expected != 1 else ""
    return Line(facts.submitted >= facts.expected, f"{facts.submitted} of {facts.expected} scorecard{plural} in")


def items_of(stage: Stage) -> tuple[ExitItem, ...]:
    """What a stage asks for: what was chosen for it, else the usual for its kind."""
    if stage.exit_list is None:
        return USUAL[stage.kind]
    return tuple(one for one in ExitItem if one.value in stage.exit_list)


def lines(items: Sequence[ExitItem], facts: ExitFacts) -> tuple[Line, ...]:
    """The list of a stage for one application, in its order. Where no interview is planned, that alone is said of the cards."""
    made = {
        ExitItem.INTERVIEWS: _interviews(facts),
        ExitItem.CARDS: _cards(facts),
        ExitItem.DEBRIEF: Line(facts.debriefed, "Debrief decided" if facts.debriefed else "Debrief to come"),
        ExitItem.SLATE: Line(facts.on_slate, "On the slate" if facts.on_slate else "Not on the slate yet"),
        ExitItem.OFFER: Line(facts.accepted, "Offer accepted" if facts.accepted else "Offer not accepted yet"),
    }
    idle = ExitItem.INTERVIEWS in items and not facts.planned
    return tuple(made[one] for one in items if not (idle and one == ExitItem.CARDS))
