"""Which people of a board somebody wants to see: by name, by what presses on them, by stage, by owner."""

from __future__ import annotations

from dataclasses import dataclass

from recruiter.foundation import text
from recruiter.keepwarm.overview.board_signals import SignalKind
from recruiter.web.request import guard
from recruiter.web.requisitions.board_cards import Card

# kind: what the filter is called, one of them, several, tone, icon
FILTERS: dict[str, tuple[frozenset[SignalKind], str, str, str, str]] = {
    "promise": (frozenset({SignalKind.PROMISE_BROKEN}), "answer overdue", "answers overdue", "late", "clock"),
    "cold": (frozenset({SignalKind.CONTACT_OVERDUE}), "finalist overdue", "finalists overdue", "late", "clock"),
    "late": (frozenset({SignalKind.CARD_LATE}), "scorecard late", "scorecards late", "late", "star"),
    "today": (frozenset({SignalKind.PROMISE_DUE}), "answer due today", "answers due today", "due", "clock"),
    "due": (frozenset({SignalKind.CONTACT_DUE}), "finalist due today", "finalists due today", "due", "clock"),
    "offer": (
        frozenset({SignalKind.OFFER_RAN_OUT, SignalKind.OFFER_EXPIRES}),
        "offer expires within 7 days",
        "offers expire within 7 days",
        "due",
        "doc",
    ),
    "competing": (
        frozenset({SignalKind.COMPETING}),
        "other offer within 7 days",
        "other offers within 7 days",
        "due",
        "flag",
    ),
    "above": (
        frozenset({SignalKind.ABOVE_BAND}),
        "offer above band needs a case",
        "offers above band need a case",
        "due",
        "doc",
    ),
}
ME, NOBODY = "me", "nobody"  # in place of the number of an owner
TIE = "tie"  # not a signal: it comes from the suggestion, and is there for whoever owes no card


@dataclass(frozen=True)
class Filter:
    """A filter that is a link: what needs attention on this requisition, and how often."""

    name: str
    label: str
    tone: str
    icon: str
    current: bool


def matching_cards(cards: list[Card], *, q: str, flag: str, stage: str, owner: str = "") -> list[Card]:
    """The cards that match a search, a flag, a stage and whoever looks after them."""
    key = text.folded(q)
    kinds = FILTERS[flag][0] if flag in FILTERS else frozenset()
    return [
        card
        for card in cards
        if (not key or key in text.folded(f"{card.name} {card.role}"))
        and (not flag or bool(kinds & card.signals) or (flag == TIE and card.tied))
        and _has_owner(card, owner)
        and (not stage or stage == str(card.stage_id))
    ]


def _has_owner(card: Card, owner: str) -> bool:
    """Whether a card is whose somebody asks for: his own, nobody's, a number's, or that of whoever has this name."""
    if owner in {"", ME, NOBODY}:
        return {"": True, ME: card.owner_id == guard.actor().id, NOBODY: card.owner_id is None}[owner]
    if owner.isdecimal():
        return owner == str(card.owner_id)
    return bool(card.owner) and text.folded(owner) in text.folded(card.owner)


def filters_of(cards: list[Card], *, current: str) -> list[Filter]:
    """The filters over a board: only what there is, the most urgent first."""
    filters = []
    for name, (kinds, singular, plural, tone, icon) in FILTERS.items():
        count = sum(1 for card in cards if kinds & card.signals)
        if count or name == current:
            filters.append(Filter(name, f"{count} {singular if count == 1 else plural}", tone, icon, name == current))
    tied = sum(1 for card in cards if card.tied)
    if tied or current == TIE:
        filters.append(
            Filter(TIE, f"First place is a tie of {tied}" if tied else "First place is a tie", TIE, TIE, current == TIE)
        )
    return filters


def owners_of(cards: list[Card], *, current: str) -> list[tuple[str, str]]:
    """Whose the cards are, as choices of the filter: the viewer's, nobody's, then the others' by name."""
    viewer = guard.actor()
    names = {
        str(card.owner_id): card.owner for card in cards if card.owner_id is not None and card.owner_id != viewer.id
    }
    others = sorted(((key, f"{name}\u2019s") for key, name in names.items()), key=lambda entry: text.folded(entry[1]))
    choices = [("", "Anyone\u2019s"), (ME, "Mine"), (NOBODY, "Nobody\u2019s"), *others]
    if current not in dict(choices):
        choices.append((current, "Somebody else\u2019s" if current.isdecimal() else f"{current}\u2019s"))
    return choices
