"""Gaps in the evidence: cards that are not in, what nobody has assessed, where interviewers disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.wording import plural
from recruiter.pipeline.models import Finalist
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.finalists.side_by_side import on_own_scale
from recruiter.web.finalists.suggestion_sentences import Piece, Sentence

ENOUGH_CARDS = 2
WIDE_SPREAD = 2  # points between the highest and the lowest rating
MOST_ATTRIBUTES = 3  # attributes of one person that a line names


@dataclass(frozen=True)
class Gap:
    """One thing that is not known well, and where to look."""

    sentence: Sentence
    label: str
    href: str


def _scorecards_href(finalist: Finalist) -> str:
    return url_for("scorecards.of_application", application_id=finalist.application_id)


def _awaited_cards(slate: dict[int, Finalist], *, now: dt.datetime) -> list[Gap]:
    gaps = []
    for awaited in scorecards.missing_cards(db.session(), list(slate)):
        finalist = slate[awaited.interview.application_id]
        days = (now - awaited.due_at).days
        if awaited.interview.ends_at > now:
            continue
        late = f"{plural(days, 'day')} late" if days > 0 else "late" if awaited.due_at < now else ""
        state = f" is {late}. Ranges narrow when it arrives." if late else " is still to come."
        sentence = [Piece("The scorecard of "), suggestion_sentences.name(awaited.user.name), Piece(" on ")]
        sentence += [suggestion_sentences.name(finalist.application.candidate.name), Piece(state)]
        gaps.append(Gap(sentence, "See the scorecards", _scorecards_href(finalist)))
    return gaps


def _few_cards(slate: dict[int, Finalist], counts: dict[int, scorecards.CardCounts]) -> list[Gap]:
    gaps = []
    for number, finalist in slate.items():
        submitted = counts[number].submitted
        if submitted < ENOUGH_CARDS:
            sentence = f" has {suggestion_sentences.number_in_words(submitted)} scorecard{'s' if submitted != 1 else ''}; two are the least to rank by."
            gaps.append(
                Gap(
                    [suggestion_sentences.name(finalist.application.candidate.name), Piece(sentence)],
                    "See the scorecards",
                    _scorecards_href(finalist),
                )
            )
    return gaps


def _rating_gaps(
    requisition: Requisition, slate: dict[int, Finalist], rows: Sequence[scorecards.SubmittedRating]
) -> list[Gap]:
    scores: dict[tuple[int, str], list[float]] = {}
    for row in rows:
        scores.setdefault((row.application_id, row.attribute), []).append(on_own_scale(row))
    rated_ids = {number for number, _ in scores}
    missing = []
    for attribute in requisition.attributes:
        without = [
            finalist
            for number, finalist in slate.items()
            if number in rated_ids and (number, attribute.name) not in scores
        ]
        if without and len(without) == len(rated_ids) > 1:
            sentence: Sentence = [
                suggestion_sentences.name(attribute.name),
                Piece(": nobody has assessed it, for any finalist."),
            ]
            missing.append(Gap(sentence, "", ""))
        elif without:
            names = [finalist.application.candidate.name for finalist in without]
            sentence = [
                suggestion_sentences.name(attribute.name),
                Piece(": nobody has assessed "),
                *suggestion_sentences.joined_names(names),
                Piece("."),
            ]
            missing.append(Gap(sentence, "See the scorecards", _scorecards_href(without[0])))
    return [*missing, *_disagreements(requisition, slate, scores)]


def _disagreements(
    requisition: Requisition, slate: dict[int, Finalist], scores: dict[tuple[int, str], list[float]]
) -> list[Gap]:
    """For each person the attributes on which interviewers are far apart, the widest first; the widest person first."""
    gaps_by_spread = []
    for number, finalist in slate.items():
        scores_by_attribute = [
            (attribute.name, scores.get((number, attribute.name), [])) for attribute in requisition.attributes
        ]
        spreads = [(max(values) - min(values), name, values) for name, values in scores_by_attribute if values]
        widest = sorted(
            (spread for spread in spreads if spread[0] >= WIDE_SPREAD), key=lambda part: (-part[0], part[1])
        )[:MOST_ATTRIBUTES]
        if not widest:
            continue
        sentence: Sentence = [
            suggestion_sentences.name(finalist.application.candidate.name),
            Piece(": ratings are far apart on "),
        ]
        for index, (_, name, values) in enumerate(widest):
            sentence += [Piece(" and " if index == len(widest) - 1 else ", ")] if index else []
            sentence += [suggestion_sentences.name(name), Piece(f" ({min(values):g} to {max(values):g})")]
        sentence.append(Piece(". Ask why in the debrief."))
        gaps_by_spread.append((widest[0][0], Gap(sentence, "See the scorecards", _scorecards_href(finalist))))
    return [gap for _, gap in sorted(gaps_by_spread, key=lambda pair: -pair[0])]


def evidence_gaps(
    requisition: Requisition,
    slate: dict[int, Finalist],
    rows: Sequence[scorecards.SubmittedRating],
    counts: dict[int, scorecards.CardCounts],
    *,
    now: dt.datetime,
) -> list[Gap]:
    """What is not known well of the finalists who are in the running, the most pressing first."""
    return [*_awaited_cards(slate, now=now), *_few_cards(slate, counts), *_rating_gaps(requisition, slate, rows)]
