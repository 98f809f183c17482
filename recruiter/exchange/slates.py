"""Past decisions as slates with their cards: the columns of a history folder, put together for storing."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field

from recruiter.exchange import rules
from recruiter.foundation.calendar import day_with_time
from recruiter.learning.history.history_tables import History
from recruiter.learning.types import OVERALL
from recruiter.ranking.snapshot import NATIVE_ATTRIBUTE, native_scale
from recruiter.requisitions.models import StageKind

Scale = tuple[float, float]


@dataclass(slots=True)
class RaterCard:
    """One rater's card: its marks share a day and a scale. `scale` is None where it is that of a native card."""

    rater: str
    day: dt.date | None
    scale: Scale | None
    scale_seen: bool
    turn: int = 0
    marks: dict[str, float] = field(default_factory=dict)

    @property
    def sort(self) -> tuple[dt.date | None, Scale | None, bool]:
        """What all of its marks share."""
        return self.day, self.scale, self.scale_seen


@dataclass(slots=True)
class SlateItem:
    """One candidate of a slate; `application_id` is known once it is stored."""

    item: str
    grade: float
    outcome: str
    application_id: int = 0
    cards: list[RaterCard] = field(default_factory=list)
    features: list[tuple[str, float]] = field(default_factory=list)

    def interviews(self) -> list[tuple[dt.date | None, int]]:
        """The interviews that its cards need: one a day, more only where a rater sent several cards that day."""
        talks = {(card.day, card.turn) for card in self.cards}
        return sorted(talks, key=lambda talk: (talk[0] or dt.date.max, talk[1]))


@dataclass(slots=True)
class Slate:
    """One past decision; the numbers of its requisition and its stages are known once they are stored."""

    name: str
    decided_at: dt.datetime
    order_number: float | None
    job_family: str
    requisition_id: int = 0
    stage_ids: dict[StageKind, int] = field(default_factory=dict)
    entries: dict[str, SlateItem] = field(default_factory=dict)

    @property
    def start(self) -> dt.datetime:
        """When the search can be said to have begun: before its first card, and before it was decided."""
        days = [card.day for entry in self.entries.values() for card in entry.cards if card.day]
        return dt.datetime.combine(min([*days, rules.imported_day(self.decided_at)]), dt.time(tzinfo=dt.UTC))

    def attributes(self) -> list[str]:
        """What its candidates were rated on, the overall recommendation apart."""
        names = {name for entry in self.entries.values() for card in entry.cards for name in card.marks}
        return sorted(names - {OVERALL})

    def grades(self) -> dict[str, float]:
        """Grades by item."""
        return {item: entry.grade for item, entry in self.entries.items()}

    def sizes(self) -> dict[str, int]:
        """How much of each kind it makes."""
        entries = self.entries.values()
        people = len(entries)
        return {
            "requisitions": 1,
            "candidates": people,
            "applications": people,
            "stage_changes": people,
            "interviews": sum(len(entry.interviews()) for entry in entries),
            "scorecards": sum(len(entry.cards) for entry in entries),
            "decisions": 1,
        }


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _day(text: str) -> dt.date | None:
    try:
        return day_with_time(text)
    except ValueError:
        return None


def seen_scale(history: History) -> Scale:
    """The scale of ratings that name none: the usual 1 to 5 where all of them fit in, else the range that they span."""
    ratings = history.ratings
    unnamed = [
        float(score)
        for score, low, high in zip(ratings.score, ratings.scale_min, ratings.scale_max, strict=True)
        if not (math.isfinite(low) and math.isfinite(high))
    ]
    low, high = NATIVE_ATTRIBUTE
    if not unnamed or (min(unnamed) >= low and max(unnamed) <= high):
        return low, high
    return (min(unnamed), max(unnamed)) if max(unnamed) > min(unnamed) else (min(unnamed), min(unnamed) + 1.0)


def slates_of(history: History) -> list[Slate]:
    """The slates of a folder in the order in which they were decided; rows of the files may stand in any order."""
    slates = _decided(history)
    _add_cards(history, slates)
    features = history.features
    for slate, item, name, value in zip(features.slate, features.item, features.feature, features.value, strict=True):
        slates[str(slate)].entries[str(item)].features.append((str(name), float(value)))
    return sorted(slates.values(), key=lambda slate: (slate.decided_at, slate.name))


def _decided(history: History) -> dict[str, Slate]:
    decisions = history.decisions
    dates = zip(decisions.decided_on, decisions.order, strict=True)
    numbered = all(_number(str(text)) == order for text, order in dates)
    place = {order: k for k, order in enumerate(sorted({float(order) for order in decisions.order}))}
    slates: dict[str, Slate] = {}
    for k, name in enumerate(map(str, decisions.slate)):
        order = float(decisions.order[k])
        if name not in slates:
            start = rules.UNNUMBERED_DAY
            day = start + dt.timedelta(days=place[order]) if numbered else dt.date.fromordinal(int(order))
            moment = dt.datetime.combine(day, rules.DECIDED_AT)
            slates[name] = Slate(name, moment, order if numbered else None, str(decisions.job_family[k]))
        slate = slates[name]
        slate.job_family = slate.job_family or str(decisions.job_family[k])
        item = str(decisions.item[k])
        slate.entries[item] = SlateItem(item, float(decisions.grade[k]), str(decisions.outcome[k]))
    return slates


def _add_cards(history: History, slates: dict[str, Slate]) -> None:
    default_scale = seen_scale(history)
    cards_by_rater: dict[tuple[str, str, str], list[RaterCard]] = {}
    for slate, rating in history.ratings.rows():
        has_scale = math.isfinite(rating.scale_min) and math.isfinite(rating.scale_max)
        scale: Scale | None = (rating.scale_min, rating.scale_max) if has_scale else default_scale
        if has_scale and scale == native_scale(rating.attribute):
            scale = None
        day = _day(rating.rated_on)
        rater_cards = cards_by_rater.setdefault((slate, rating.item, rating.rater), [])
        sort = (day, scale, not has_scale)
        cards = (card for card in rater_cards if card.sort == sort and rating.attribute not in card.marks)
        card = next(cards, None)
        if card is None:
            turn = sum(1 for earlier in rater_cards if earlier.day == day)
            card = RaterCard(rating.rater, *sort, turn)
            rater_cards.append(card)
            slates[slate].entries[rating.item].cards.append(card)
        card.marks[rating.attribute] = rating.score


def too_long(history: History) -> str | None:
    """The first name that is longer than any name may be, None where all fit."""
    decisions, ratings, features = history.decisions, history.ratings, history.features
    columns = {
        "decisions.csv": (decisions.slate, decisions.item, decisions.job_family, decisions.outcome),
        "ratings.csv": (ratings.rater, ratings.attribute),
        "features.csv": (features.feature,),
    }
    for file, texts in columns.items():
        if any(len(str(name)) > rules.LONGEST for column in texts for name in column):
            return file
    return None
