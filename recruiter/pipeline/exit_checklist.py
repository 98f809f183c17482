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
LABELS = {
    ExitItem.INTERVIEWS: "The interviews are held",
    ExitItem.CARDS: "The scorecards are in",
    ExitItem.DEBRIEF: "The debrief has decided",
    ExitItem.SLATE: "A place on the slate",
    ExitItem.OFFER: "The offer is accepted",
}


@dataclass(frozen=True)
class ExitFacts:
    """How far one application has come."""

    interviews_done: int = 0
    interviews_planned: int = 0
    cards_submitted: int = 0
    cards_expected: int = 0
    debriefed: bool = False
    on_slate: bool = False
    offer_accepted: bool = False


@dataclass(frozen=True)
class ExitCheck:
    """One line of the list: whether it is done, and how it stands in words."""

    done: bool
    text: str


def _done_of(done: int, expected: int, noun: str, outcome: str, none_text: str) -> ExitCheck:
    if not expected:
        return ExitCheck(done=False, text=none_text)
    return ExitCheck(done >= expected, f"{done} of {expected} {noun if expected == 1 else noun + 's'} {outcome}")


def items_of(stage: Stage) -> tuple[ExitItem, ...]:
    """What a stage asks for: what was chosen for it, else the usual for its kind."""
    if stage.exit_list is None:
        return USUAL[stage.kind]
    return tuple(item for item in ExitItem if item.value in stage.exit_list)


def checklist(items: Sequence[ExitItem], facts: ExitFacts) -> tuple[ExitCheck, ...]:
    """The list of a stage for one application, in its order. Where no interview is planned, that alone is said of the cards."""
    planned, expected = facts.interviews_planned, facts.cards_expected
    no_interviews = ExitItem.INTERVIEWS in items and not planned
    checks = {
        ExitItem.INTERVIEWS: _done_of(facts.interviews_done, planned, "interview", "held", "No interview planned yet"),
        ExitItem.CARDS: _done_of(facts.cards_submitted, expected, "scorecard", "in", "No scorecard asked for yet"),
        ExitItem.DEBRIEF: ExitCheck(facts.debriefed, "Debrief decided" if facts.debriefed else "Debrief to come"),
        ExitItem.SLATE: ExitCheck(facts.on_slate, "On the slate" if facts.on_slate else "Not on the slate yet"),
        ExitItem.OFFER: ExitCheck(
            facts.offer_accepted, "Offer accepted" if facts.offer_accepted else "Offer not accepted yet"
        ),
    }
    return tuple(checks[item] for item in items if not (no_interviews and item == ExitItem.CARDS))
