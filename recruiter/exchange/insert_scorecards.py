"""Storing the cards of past decisions: an interview a day, its panel, each rater's card in its one version."""

from __future__ import annotations

import datetime as dt

from recruiter.exchange import rules
from recruiter.exchange.bulk_insert import BulkInsert, Rows, Values
from recruiter.exchange.slates import RaterCard, Slate
from recruiter.interviews.models import Interview, Panelist
from recruiter.learning.types import OVERALL
from recruiter.requisitions.models import StageKind
from recruiter.scorecards.models import CardState, Rating, Scorecard, ScorecardVersion

LENGTH = dt.timedelta(hours=1)


def _moment(day: dt.date | None, decided_at: dt.datetime) -> dt.datetime:
    return dt.datetime.combine(day, rules.RATED_AT) if day else decided_at - rules.UNDATED


def insert_cards(
    bulk: BulkInsert,
    slates: list[Slate],
    applications: list[dict[str, int]],
    stages: list[dict[StageKind, int]],
    people: dict[str, int],
) -> None:
    """Store interviews, panels, cards, ratings and versions of all slates."""
    interview_rows: Rows = []
    cards: Rows = []
    rater_cards: list[RaterCard] = []
    interview_places: list[int] = []  # of the interview of each card
    for slate, numbers, kinds in zip(slates, applications, stages, strict=True):
        for item, entry in slate.entries.items():
            place_of = {}
            for day, turn in entry.interviews():
                place_of[day, turn] = len(interview_rows)
                end = _moment(day, slate.decided_at)
                interview_rows.append(
                    {
                        "application_id": numbers[item],
                        "stage_id": kinds[StageKind.INTERVIEW],
                        "name": f"Interview {len(place_of)}" if len(place_of) > 1 else "Interview",
                        "starts_at": end - LENGTH,
                        "ends_at": end,
                        "created_by_id": bulk.actor_id,
                        "created_at": bulk.now,
                    }
                )
            for rater_card in entry.cards:
                interview_places.append(place_of[rater_card.day, rater_card.turn])
                rater_cards.append(rater_card)
                cards.append(_card(bulk, rater_card, numbers[item], slate.decided_at, people))
    interviews = bulk.returning_ids(Interview, interview_rows)
    for card, place in zip(cards, interview_places, strict=True):
        card["interview_id"] = interviews[place]
    bulk.insert(Panelist, [{"interview_id": card["interview_id"], "user_id": card["author_id"]} for card in cards])
    _marks(bulk, rater_cards, cards, bulk.returning_ids(Scorecard, cards))


def _card(
    bulk: BulkInsert, rater_card: RaterCard, application_id: int, decided_at: dt.datetime, people: dict[str, int]
) -> Values:
    low, high = rater_card.scale or (None, None)
    moment = _moment(rater_card.day, decided_at)
    return {
        "interview_id": 0,
        "application_id": application_id,
        "author_id": people[rules.rater_address(rater_card.rater)],
        "state": CardState.SUBMITTED,
        "overall": rater_card.marks.get(OVERALL),
        "scale_min": low,
        "scale_max": high,
        "created_at": bulk.now,
        "saved_at": moment,
        "submitted_at": moment,
    }


def _marks(bulk: BulkInsert, rater_cards: list[RaterCard], cards: Rows, numbers: list[int]) -> None:
    ratings: Rows = []
    versions: Rows = []
    for rater_card, card, number in zip(rater_cards, cards, numbers, strict=True):
        marks = [
            {"attribute": name, "rating": score, "evidence": ""}
            for name, score in sorted(rater_card.marks.items())
            if name != OVERALL
        ]
        ratings += [{"scorecard_id": number, "position": place, **mark} for place, mark in enumerate(marks)]
        versions.append(
            {
                "scorecard_id": number,
                "number": 1,
                "state": CardState.SUBMITTED,
                "ratings": marks,
                "overall": card["overall"],
                "reason": rules.SCALE_SEEN if rater_card.scale_seen else "",
                "at": card["submitted_at"],
            }
        )
    bulk.insert(Rating, ratings)
    bulk.insert(ScorecardVersion, versions)
