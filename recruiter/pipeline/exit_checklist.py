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


def _interviews(facts: ExitFacts) -> ExitCheck:
    if not facts.interviews_planned:
        return ExitCheck(done=False, text="No interview planned yet")
    plural = "s" if facts.interviews_planned != 1 else ""
    return ExitCheck(
        facts.interviews_done >= facts.interviews_planned,
        f"{facts.interviews_done} of {facts.interviews_planned} interview{plural} held",
    )


def _scorecards(facts: ExitFacts) -> ExitCheck:
    if not facts.cards_expected:
        return ExitCheck(done=False, text="No scorecard asked for yet")
    plural = "s" if facts.cards_expected != 1 else ""
    return ExitCheck(
        facts.cards_submitted >= facts.cards_expected,
        f"{facts.cards_submitted} of {facts.cards_expected} scorecard{plural} in",
    )


def items_of(stage: Stage) -> tuple[ExitItem, ...]:
    """What a stage asks for: what was chosen for it, else the usual for its kind."""
    if stage.exit_list is None:
        return USUAL[stage.kind]
    return tuple(item for item in ExitItem if item.value in stage.exit_list)


def checklist(items: Sequence[ExitItem], facts: ExitFacts) -> tuple[ExitCheck, ...]:
    """The list of a stage for one application, in its order. Where no interview is planned, that alone is said of the cards."""
    checks = {
        ExitItem.INTERVIEWS: _interviews(facts),
        ExitItem.CARDS: _scorecards(facts),
        ExitItem.DEBRIEF: ExitCheck(facts.debriefed, "Debrief decided" if facts.debriefed else "Debrief to come"),
        ExitItem.SLATE: ExitCheck(facts.on_slate, "On the slate" if facts.on_slate else "Not on the slate yet"),
        ExitItem.OFFER: ExitCheck(
            facts.offer_accepted, "Offer accepted" if facts.offer_accepted else "Offer not accepted yet"
        ),
    }
    no_interviews = ExitItem.INTERVIEWS in items and not facts.interviews_planned
    return tuple(checks[item] for item in items if not (no_interviews and item == ExitItem.CARDS))
