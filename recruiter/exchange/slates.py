"""Past decisions as slates with their cards: the columns of a history folder, put together for storing."""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from recruiter.exchange import rules

if TYPE_CHECKING:
    from recruiter.learning.history.history_folder import History

Scale = tuple[float, float]


@dataclass(slots=True)
class Sheet:
    """One rater's card: its marks share a day and a scale. `scale` is None where it is that of a native card."""

    rater: str
    day: dt.date | None
    scale: Scale | None
    scale_seen: bool
    turn: int = 0
    marks: dict[str, float] = field(default_factory=dict)


@dataclass(slots=True)
class Entry:
    """One candidate of a slate."""

    item: str
    grade: float
    outcome: str
    sheets: list[Sheet] = field(default_factory=list)
    features: list[tuple[str, float]] = field(default_factory=list)

    def talks(self) -> list[tuple[dt.date | None, int]]:
        """The interviews that its cards need: one a day, more only where a rater sent several cards that day."""
        return sorted(
            {(sheet.day, sheet.turn) for sheet in self.sheets}, key=lambda one: (one[0] or dt.date.max, one[1])
        )


@dataclass(slots=True)
class Slate:
    """One past decision."""

    name: str
    decided_at: dt.datetime
    order_number: float | None
    job_family: str
    entries: dict[str, Entry] = field(default_factory=dict)

    def attributes(self) -> list[str]:
        """What its candidates were rated on, the overall recommendation apart."""
        found = {name for entry in self.entries.values() for sheet in entry.sheets for name in sheet.marks}
        return sorted(found - {rules.OVERALL})

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
            "interviews": sum(len(entry.talks()) for entry in entries),
            "scorecards": sum(len(entry.sheets) for entry in entries),
            "decisions": 1,
        }


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None


def seen_scale(history: History) -> Scale:
    """The scale of ratings that name none: the usual 1 to 5 where all of them fit in, else the range that they span."""
    rated = history.ratings
    unnamed = [
        float(score)
        for score, low, high in zip(rated.score, rated.scale_min, rated.scale_max, strict=True)
        if not (math.isfinite(low) and math.isfinite(high))
    ]
    low, high = rules.ATTRIBUTE_SCALE
    if not unnamed or (min(unnamed) >= low and max(unnamed) <= high):
        return low, high
    return (min(unnamed), max(unnamed)) if max(unnamed) > min(unnamed) else (min(unnamed), min(unnamed) + 1.0)


def slates_of(history: History) -> list[Slate]:
    """The slates of a folder in the order in which they were decided; rows of the files may stand in any order."""
    found = _decided(history)
    _add_cards(history, found)
    figured = history.features
    for slate, item, name, value in zip(figured.slate, figured.item, figured.feature, figured.value, strict=True):
        found[str(slate)].entries[str(item)].features.append((str(name), float(value)))
    return sorted(found.values(), key=lambda one: (one.decided_at, one.name))


def _decided(history: History) -> dict[str, Slate]:
    decided = history.decisions
    numbered = all(_number(str(said)) == order for said, order in zip(decided.decided_on, decided.order, strict=True))
    place = {order: k for k, order in enumerate(sorted({float(order) for order in decided.order}))}
    found: dict[str, Slate] = {}
    for k, name in enumerate(map(str, decided.slate)):
        order = float(decided.order[k])
        if name not in found:
            start = rules.UNNUMBERED_DAY
            day = start + dt.timedelta(days=place[order]) if numbered else dt.date.fromordinal(int(order))
            moment = dt.datetime.combine(day, rules.DECIDED_AT)
            found[name] = Slate(name, moment, order if numbered else None, str(decided.job_family[k]))
        slate = found[name]
        slate.job_family = slate.job_family or str(decided.job_family[k])
        item = str(decided.item[k])
        slate.entries[item] = Entry(item, float(decided.grade[k]), str(decided.outcome[k]))
    return found


def _add_cards(history: History, found: dict[str, Slate]) -> None:
    rated = history.ratings
    seen = seen_scale(history)
    sheets: dict[tuple[str, str, str], list[Sheet]] = {}
    for k, slate in enumerate(map(str, rated.slate)):
        item, rater, attribute = str(rated.item[k]), str(rated.rater[k]), str(rated.attribute[k])
        low, high = float(rated.scale_min[k]), float(rated.scale_max[k])
        named = math.isfinite(low) and math.isfinite(high)
        native = rules.OVERALL_SCALE if attribute == rules.OVERALL else rules.ATTRIBUTE_SCALE
        scale: Scale | None = (low, high) if named else seen
        if named and scale == native:
            scale = None
        day = _day(str(rated.rated_on[k]))
        own = sheets.setdefault((slate, item, rater), [])
        sheet = next((one for one in own if _takes(one, attribute, day=day, scale=scale, seen=not named)), None)
        if sheet is None:
            sheet = Sheet(rater, day, scale, not named, turn=sum(1 for one in own if one.day == day))
            own.append(sheet)
            found[slate].entries[item].sheets.append(sheet)
        sheet.marks[attribute] = float(rated.score[k])


def _takes(sheet: Sheet, attribute: str, *, day: dt.date | None, scale: Scale | None, seen: bool) -> bool:
    same = sheet.day == day and sheet.scale == scale and sheet.scale_seen == seen
    return same and attribute not in sheet.marks


def undated(history: History) -> int:
    """How many ratings carry a `rated_on` that is no date."""
    return sum(1 for said in map(str, history.ratings.rated_on) if said and _day(said) is None)


def too_long(history: History) -> str | None:
    """The first name that is longer than any name may be, None where all fit."""
    decided, rated, figured = history.decisions, history.ratings, history.features
    columns = {
        "decisions.csv": (decided.slate, decided.item, decided.job_family, decided.outcome),
        "ratings.csv": (rated.rater, rated.attribute),
        "features.csv": (figured.feature,),
    }
    for file, texts in columns.items():
        if any(len(str(one)) > rules.LONGEST for column in texts for one in column):
            return file
    return None
