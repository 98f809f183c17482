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


def insert_cards(bulk: BulkInsert, slates: list[Slate], people: dict[str, int]) -> None:
    """Store interviews, panels, cards, ratings and versions of all slates."""
    interview_rows: Rows = []
    cards: Rows = []
    rater_cards: list[RaterCard] = []
    interview_places: list[int] = []  # of the interview of each card
    for slate in slates:
        for entry in slate.entries.values():
            place_of = {}
            for day, turn in entry.interviews():
                place_of[day, turn] = len(interview_rows)
                end = _moment(day, slate.decided_at)
                interview_rows.append(
                    {
                        "application_id": entry.application_id,
                        "stage_id": slate.stage_ids[StageKind.INTERVIEW],
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
                card = _card(rater_card, sent_at=_moment(rater_card.day, slate.decided_at))
                author_id = people[rules.rater_address(rater_card.rater)]
                cards.append(
                    card | {"application_id": entry.application_id, "author_id": author_id, "created_at": bulk.now}
                )
    interviews = bulk.returning_ids(Interview, interview_rows)
    for card, place in zip(cards, interview_places, strict=True):
        card["interview_id"] = interviews[place]
    bulk.insert(Panelist, [{"interview_id": card["interview_id"], "user_id": card["author_id"]} for card in cards])
    _insert_marks(bulk, rater_cards, cards, bulk.returning_ids(Scorecard, cards))


def _card(rater_card: RaterCard, *, sent_at: dt.datetime) -> Values:
    low, high = rater_card.scale or (None, None)
    return {
        "state": CardState.SUBMITTED,
        "overall": rater_card.marks.get(OVERALL),
        "scale_min": low,
        "scale_max": high,
        "saved_at": sent_at,
        "submitted_at": sent_at,
    }


def _insert_marks(bulk: BulkInsert, rater_cards: list[RaterCard], cards: Rows, numbers: list[int]) -> None:
    ratings: Rows = []
    versions: Rows = []
    for rater_card, card, number in zip(rater_cards, cards, numbers, strict=True):
        scores = sorted((name, score) for name, score in rater_card.marks.items() if name != OVERALL)
        marks = [{"attribute": name, "rating": score, "evidence": ""} for name, score in scores]
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
