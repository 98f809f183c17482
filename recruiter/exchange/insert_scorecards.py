"""Storing the cards of past decisions: an interview a day, its panel, each rater's card in its one version."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from recruiter.exchange import rules
from recruiter.interviews.models import Interview, InterviewStatus, Panelist
from recruiter.requisitions.models import StageKind
from recruiter.scorecards.models import CardState, Rating, Scorecard, ScorecardVersion

if TYPE_CHECKING:
    from recruiter.exchange.insert_decisions import Made
    from recruiter.exchange.slates import Sheet, Slate

Rows = list[dict[str, Any]]
LENGTH = dt.timedelta(hours=1)


def _moment(sheet_day: dt.date | None, decided_at: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(sheet_day, rules.RATED_AT) if sheet_day else decided_at - rules.UNDATED


def insert_cards(
    made: Made,
    slates: list[Slate],
    applications: list[dict[str, int]],
    stages: list[dict[StageKind, int]],
    people: dict[str, int],
) -> None:
    """Store interviews, panels, cards, ratings and versions of all slates."""
    talks: Rows = []
    cards: Rows = []
    sheets: list[Sheet] = []
    places: list[int] = []  # of the interview of each card
    for slate, numbers, kinds in zip(slates, applications, stages, strict=True):
        for item, entry in slate.entries.items():
            where = {}
            for day, turn in entry.talks():
                where[day, turn] = len(talks)
                end = _moment(day, slate.decided_at)
                talks.append(
                    {
                        "application_id": numbers[item],
                        "stage_id": kinds[StageKind.INTERVIEW],
                        "name": f"Interview {len(where)}" if len(where) > 1 else "Interview",
                        "starts_at": end - LENGTH,
                        "ends_at": end,
                        "status": InterviewStatus.PLANNED,
                        "focus": [],
                        "created_by_id": made.actor_id,
                        "created_at": made.now,
                    }
                )
            for sheet in entry.sheets:
                places.append(where[sheet.day, sheet.turn])
                sheets.append(sheet)
                cards.append(_card(made, sheet, numbers[item], slate.decided_at, people))
    interviews = made.many(Interview, talks)
    for card, place in zip(cards, places, strict=True):
        card["interview_id"] = interviews[place]
    made.unnamed(Panelist, [{"interview_id": one["interview_id"], "user_id": one["author_id"]} for one in cards])
    _marks(made, sheets, cards, made.many(Scorecard, cards))


def _card(
    made: Made, sheet: Sheet, application_id: int, decided_at: dt.datetime, people: dict[str, int]
) -> dict[str, Any]:
    low, high = sheet.scale or (None, None)
    moment = _moment(sheet.day, decided_at)
    return {
        "interview_id": 0,
        "application_id": application_id,
        "author_id": people[rules.rater_address(sheet.rater)],
        "state": CardState.SUBMITTED,
        "overall": sheet.marks.get(rules.OVERALL),
        "scale_min": low,
        "scale_max": high,
        "created_at": made.now,
        "saved_at": moment,
        "submitted_at": moment,
    }


def _marks(made: Made, sheets: list[Sheet], cards: Rows, numbers: list[int]) -> None:
    ratings: Rows = []
    versions: Rows = []
    for sheet, card, number in zip(sheets, cards, numbers, strict=True):
        marks = [
            {"attribute": name, "rating": score, "evidence": ""}
            for name, score in sorted(sheet.marks.items())
            if name != rules.OVERALL
        ]
        ratings += [{"scorecard_id": number, "position": place, **mark} for place, mark in enumerate(marks)]
        versions.append(
            {
                "scorecard_id": number,
                "number": 1,
                "state": CardState.SUBMITTED,
                "ratings": marks,
                "overall": card["overall"],
                "reason": rules.SCALE_SEEN if sheet.scale_seen else "",
                "at": card["submitted_at"],
            }
        )
    made.unnamed(Rating, ratings)
    made.unnamed(ScorecardVersion, versions)
