"""Which people of a board somebody wants to see, and in which order: by name, by what presses on them, by stage, by owner."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from flask import request, url_for

from recruiter.foundation import text
from recruiter.keepwarm.overview.board_signals import SignalKind
from recruiter.requisitions.models import Requisition
from recruiter.web.request import guard
from recruiter.web.requisitions.board_cards import Card

# kind: what the filter is called, one of them, several, tone, icon
FILTERS: dict[str, tuple[set[SignalKind], str, str, str, str]] = {
    "promise": ({SignalKind.PROMISE_BROKEN}, "answer overdue", "answers overdue", "late", "clock"),
    "cold": ({SignalKind.CONTACT_OVERDUE}, "finalist overdue", "finalists overdue", "late", "clock"),
    "late": ({SignalKind.CARD_LATE}, "scorecard late", "scorecards late", "late", "star"),
    "today": ({SignalKind.PROMISE_DUE}, "answer due today", "answers due today", "due", "clock"),
    "due": ({SignalKind.CONTACT_DUE}, "finalist due today", "finalists due today", "due", "clock"),
    "offer": (
        {SignalKind.OFFER_RAN_OUT, SignalKind.OFFER_EXPIRES},
        "offer expires within 7 days",
        "offers expire within 7 days",
        "due",
        "doc",
    ),
    "competing": ({SignalKind.COMPETING}, "other offer within 7 days", "other offers within 7 days", "due", "flag"),
    "above": ({SignalKind.ABOVE_BAND}, "offer above band needs a case", "offers above band need a case", "due", "doc"),
}
ME, NOBODY = "me", "nobody"  # in place of the number of an owner
TIE = "tie"  # not a signal: it comes from the suggestion, and is there for whoever owes no card
VIEWS = ("board", "table", "closed")
SORTS = {
    "name": lambda card: card.row.name.casefold(),
    "stage": lambda card: card.stage.id,
    "days": lambda card: card.days,
    "cards": lambda card: (card.item.progress.submitted, -card.item.progress.expected),
    "place": lambda card: card.item.place or 999,
    "owner": lambda card: (not card.row.owner_name, (card.row.owner_name or "").casefold()),
    "open": lambda card: len(card.missing),
}
LONGEST_FIRST = {"days", "cards"}
LONGEST_NAME = 80


@dataclass(frozen=True)
class BoardView:
    """Which part of a requisition somebody looks at: all of it stands in the address, so that any view is a link."""

    ref: str
    view: str = "board"
    flag: str = ""
    q: str = ""
    owner: str = ""
    stage: str = ""
    sort: str = ""
    page: int = 1

    @classmethod
    def of_request(cls, requisition: Requisition) -> BoardView:
        """What the address asks for; what it spells wrongly is left out."""
        arguments = request.args
        owner = text.clean(arguments.get("owner", ""))[:LONGEST_NAME]
        view, sort, page = arguments.get("view", ""), arguments.get("sort", ""), arguments.get("page", "1")
        return cls(
            ref=requisition.key,
            view=view if view in VIEWS else "board",
            flag=arguments.get("flag", "")[:40],
            q=text.clean(arguments.get("q", ""))[:200],
            owner=ME if owner == str(guard.actor().id) else owner,
            stage=arguments.get("stage", "")[:10],
            sort=sort if sort.removeprefix("-") in SORTS else "",
            page=max(1, int(page)) if page.isascii() and page.isdecimal() and len(page) <= 6 else 1,  # noqa: PLR2004
        )

    def address(self, **changes: Any) -> str:
        """The address of this view with something changed; a change but of the page begins at the first page."""
        view = replace(self, **{"page": 1, **changes})
        chosen = {
            part.name: getattr(view, part.name) for part in fields(view) if getattr(view, part.name) != part.default
        }
        return url_for("requisitions.board", requisition_ref=chosen.pop("ref"), **chosen)

    @property
    def here(self) -> str:
        """The address of this very view."""
        return self.address(page=self.page)

    @property
    def query(self) -> str:
        """What is kept of a view under a name: the query of its address."""
        return self.address().partition("?")[2]

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered away."""
        return bool(self.q or self.flag or self.stage or self.owner)

    def sorted_by(self, name: str) -> tuple[str, str]:
        """Where the head of a column leads, and how the column is sorted now."""
        if self.sort == name:
            return self.address(sort=f"-{name}"), "ascending"
        if self.sort == f"-{name}":
            return self.address(sort=name), "descending"
        return self.address(sort=f"-{name}" if name in LONGEST_FIRST else name), ""

    def in_order(self, cards: list[Card]) -> list[Card]:
        """The cards in the order that was asked for, else the most urgent first."""
        if not self.sort:
            return cards
        return sorted(cards, key=SORTS[self.sort.removeprefix("-")], reverse=self.sort.startswith("-"))

    def matching(self, cards: list[Card]) -> list[Card]:
        """The cards that match the search, the flag, the stage and whoever looks after them."""
        searched, kinds = text.search_words(self.q), FILTERS[self.flag][0] if self.flag in FILTERS else set()
        return [
            card
            for card in cards
            if text.has_words(f"{card.row.name} {card.row.headline}", searched)
            and (not self.flag or bool(kinds & card.signals) or (self.flag == TIE and card.tied))
            and self._has_owner(card)
            and (not self.stage or self.stage == str(card.stage.id))
        ]

    def _has_owner(self, card: Card) -> bool:
        """Whether a card belongs to whom the viewer asks for: to the viewer, to nobody, to a user's number, or to whoever has this name."""
        owner_id, name = card.row.owner_id, card.row.owner_name or ""
        if self.owner in {"", ME, NOBODY}:
            return {"": True, ME: owner_id == guard.actor().id, NOBODY: owner_id is None}[self.owner]
        if self.owner.isdecimal():
            return self.owner == str(owner_id)
        return bool(name) and text.folded(self.owner) in text.folded(name)


@dataclass(frozen=True)
class Filter:
    """A filter that is a link: what needs attention on this requisition, and how often."""

    name: str
    label: str
    tone: str
    icon: str
    current: bool


def filters_of(cards: list[Card], *, current: str) -> list[Filter]:
    """The filters over a board: only what there is, the most urgent first."""
    filters = []
    for name, (kinds, singular, plural, tone, icon) in FILTERS.items():
        count = sum(1 for card in cards if kinds & card.signals)
        if count or name == current:
            filters.append(Filter(name, f"{count} {singular if count == 1 else plural}", tone, icon, name == current))
    tied = sum(1 for card in cards if card.tied)
    if tied or current == TIE:
        label = f"First place is a tie of {tied}" if tied else "First place is a tie"
        filters.append(Filter(TIE, label, TIE, TIE, current == TIE))
    return filters


def owners_of(cards: list[Card], *, current: str) -> list[tuple[str, str]]:
    """Whose the cards are, as choices of the filter: the viewer's, nobody's, then the others' by name."""
    rows = [card.row for card in cards if card.row.owner_id not in {None, guard.actor().id}]
    names = {str(row.owner_id): f"{row.owner_name}\u2019s" for row in rows}
    others = sorted(names.items(), key=lambda entry: text.folded(entry[1]))
    choices = [("", "Anyone\u2019s"), (ME, "Mine"), (NOBODY, "Nobody\u2019s"), *others]
    if current not in dict(choices):
        choices.append((current, "Somebody else\u2019s" if current.isdecimal() else f"{current}\u2019s"))
    return choices
