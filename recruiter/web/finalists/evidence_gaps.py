"""Gaps in the evidence: cards that are not in, what nobody has assessed, where interviewers disagree."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.wording import plural
from recruiter.pipeline.models import Finalist
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists.sentence import Sentence, joined, joined_names, sentence
from recruiter.web.finalists.side_by_side import Scores
from recruiter.web.finalists.suggestion_sentences import number_in_words

ENOUGH_CARDS = 2
WIDE_SPREAD = 2  # points between the highest and the lowest rating
MOST_ATTRIBUTES = 3  # attributes of one person that a line names


@dataclass(frozen=True)
class Gap:
    """One thing that is not known well, and the scorecards to look at where it is about one person."""

    sentence: Sentence
    href: str = ""


def _of_person(finalist: Finalist, pattern: str, **values: object) -> Gap:
    """A gap about one finalist, who is `{finalist}` in the pattern."""
    href = url_for("scorecards.of_application", application_id=finalist.application_id)
    return Gap(sentence(pattern, finalist=finalist.application.candidate.name, **values), href)


def _awaited_cards(slate: dict[int, Finalist], *, now: dt.datetime) -> list[Gap]:
    gaps = []
    for awaited in scorecards.missing_cards(db.session(), list(slate)):
        if awaited.interview.ends_at > now:
            continue
        days = (now - awaited.due_at).days
        late = f"{plural(days, 'day')} late" if days > 0 else "late" if awaited.due_at < now else ""
        state = f"is {late}. Ranges narrow when it arrives." if late else "is still to come."
        pattern = "The scorecard of {author} on {finalist} {state:s}"
        gaps.append(_of_person(slate[awaited.interview.application_id], pattern, author=awaited.user.name, state=state))
    return gaps


def cards_to_rank_by(rows: Sequence[scorecards.SubmittedRating]) -> Counter[int]:
    """How many cards of each application a ranking stands on: those that were sent without having read others'."""
    return Counter(application_id for application_id, _ in {(row.application_id, row.author_id) for row in rows})


def _few_cards(
    slate: dict[int, Finalist], counts: dict[int, scorecards.CardCounts], to_rank_by: Counter[int]
) -> list[Gap]:
    gaps = []
    for number, finalist in slate.items():
        count = to_rank_by[number]
        if count < ENOUGH_CARDS:
            cards = f"{number_in_words(count)} scorecard{'s' if count != 1 else ''}"
            marked = " sent without having seen the others" if counts[number].submitted > count else ""
            gaps.append(_of_person(finalist, f"{{finalist}} has {cards}{marked}; two are the least to rank by."))
    return gaps


def _not_assessed(requisition: Requisition, slate: dict[int, Finalist], scores: Scores) -> list[Gap]:
    rated_ids = {number for number, _ in scores}
    gaps = []
    for attribute in requisition.attributes:
        without = [slate[number] for number in slate if number in rated_ids and (number, attribute.name) not in scores]
        if without and len(without) == len(rated_ids) > 1:
            pattern = "{attribute}: nobody has assessed it, for any finalist."
            gaps.append(Gap(sentence(pattern, attribute=attribute.name)))
        elif without:
            people = joined_names([finalist.application.candidate.name for finalist in without])
            pattern = "{attribute}: nobody has assessed {people}."
            gaps.append(_of_person(without[0], pattern, attribute=attribute.name, people=people))
    return gaps


def _disagreements(requisition: Requisition, slate: dict[int, Finalist], scores: Scores) -> list[Gap]:
    """For each person the attributes on which interviewers are far apart, the widest first; the widest person first."""
    gaps_by_spread = []
    for number, finalist in slate.items():
        rated = {
            attribute.name: scores[number, attribute.name]
            for attribute in requisition.attributes
            if (number, attribute.name) in scores
        }
        spreads = {name: max(given) - min(given) for name, given in rated.items()}
        wide = [name for name, spread in spreads.items() if spread >= WIDE_SPREAD]
        widest = sorted(wide, key=lambda name: (-spreads[name], name))[:MOST_ATTRIBUTES]
        if not widest:
            continue
        attributes = [
            sentence("{attribute} ({low:g} to {high:g})", attribute=name, low=min(rated[name]), high=max(rated[name]))
            for name in widest
        ]
        pattern = "{finalist}: ratings are far apart on {attributes}. Ask why in the debrief."
        gaps_by_spread.append((spreads[widest[0]], _of_person(finalist, pattern, attributes=joined(attributes))))
    return [gap for _, gap in sorted(gaps_by_spread, key=lambda pair: -pair[0])]


def evidence_gaps(
    requisition: Requisition,
    slate: dict[int, Finalist],
    scores: Scores,
    counts: dict[int, scorecards.CardCounts],
    to_rank_by: Counter[int],
    *,
    now: dt.datetime,
) -> list[Gap]:
    """What is not known well of the finalists who are in the running, the most pressing first."""
    return [
        *_awaited_cards(slate, now=now),
        *_few_cards(slate, counts, to_rank_by),
        *_not_assessed(requisition, slate, scores),
        *_disagreements(requisition, slate, scores),
    ]
