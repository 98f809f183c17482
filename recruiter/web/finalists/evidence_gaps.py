"""Gaps in the evidence: cards that are not in, what nobody has assessed, where interviewers disagree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.pipeline.models import Finalist
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.finalists.side_by_side import level
from recruiter.web.finalists.suggestion_sentences import Piece, Sentence

ENOUGH_CARDS = 2
WIDE = 2  # points between the highest and the lowest rating
NAMED = 3  # attributes of one person that a line names


@dataclass(frozen=True)
class Gap:
    """One thing that is not known well, and where to look."""

    said: Sentence
    label: str
    href: str


def _cards_of(one: Finalist) -> str:
    return url_for("scorecards.of_application", application_id=one.application_id)


def _awaited(slate: dict[int, Finalist], *, now: dt.datetime) -> list[Gap]:
    out = []
    for one in scorecards.waiting_for(db.session(), list(slate)):
        finalist = slate[one.interview.application_id]
        days = (now - one.due_at).days
        if one.interview.ends_at > now:
            continue
        late = f"{days} day{'s' if days != 1 else ''} late" if days > 0 else "late" if one.due_at < now else ""
        state = f" is {late}. Ranges narrow when it arrives." if late else " is still to come."
        said = [Piece("The scorecard of "), suggestion_sentences.name(one.user.name), Piece(" on ")]
        said += [suggestion_sentences.name(finalist.application.candidate.name), Piece(state)]
        out.append(Gap(said, "See the scorecards", _cards_of(finalist)))
    return out


def _thin(slate: dict[int, Finalist], counts: dict[int, scorecards.Counts]) -> list[Gap]:
    out = []
    for number, one in slate.items():
        sent = counts[number].submitted
        if sent < ENOUGH_CARDS:
            told = f" has {suggestion_sentences.counted(sent)} scorecard{'s' if sent != 1 else ''}; two are the least to rank by."
            out.append(
                Gap(
                    [suggestion_sentences.name(one.application.candidate.name), Piece(told)],
                    "See the scorecards",
                    _cards_of(one),
                )
            )
    return out


def _marks(requisition: Requisition, slate: dict[int, Finalist], rows: Sequence[scorecards.CardRow]) -> list[Gap]:
    marks: dict[tuple[int, str], list[float]] = {}
    for row in rows:
        marks.setdefault((row.application_id, row.attribute), []).append(level(row))
    rated = {number for number, _ in marks}
    missing = []
    for attribute in requisition.attributes:
        without = [one for number, one in slate.items() if number in rated and (number, attribute.name) not in marks]
        if without and len(without) == len(rated) > 1:
            said: Sentence = [
                suggestion_sentences.name(attribute.name),
                Piece(": nobody has assessed it, for any finalist."),
            ]
            missing.append(Gap(said, "", ""))
        elif without:
            called = [one.application.candidate.name for one in without]
            said = [
                suggestion_sentences.name(attribute.name),
                Piece(": nobody has assessed "),
                *suggestion_sentences.listed(called),
                Piece("."),
            ]
            missing.append(Gap(said, "See the scorecards", _cards_of(without[0])))
    return [*missing, *_wide(requisition, slate, marks)]


def _wide(requisition: Requisition, slate: dict[int, Finalist], marks: dict[tuple[int, str], list[float]]) -> list[Gap]:
    """For each person the attributes on which interviewers are far apart, the widest first; the widest person first."""
    out = []
    for number, one in slate.items():
        given = [(part.name, marks.get((number, part.name), [])) for part in requisition.attributes]
        apart = [(max(found) - min(found), name, found) for name, found in given if found]
        wide = sorted((part for part in apart if part[0] >= WIDE), key=lambda part: (-part[0], part[1]))[:NAMED]
        if not wide:
            continue
        said: Sentence = [
            suggestion_sentences.name(one.application.candidate.name),
            Piece(": ratings are far apart on "),
        ]
        for place, (_, name, found) in enumerate(wide):
            said += [Piece(" and " if place == len(wide) - 1 else ", ")] if place else []
            said += [suggestion_sentences.name(name), Piece(f" ({min(found):g} to {max(found):g})")]
        said.append(Piece(". Ask why in the debrief."))
        out.append((wide[0][0], Gap(said, "See the scorecards", _cards_of(one))))
    return [gap for _, gap in sorted(out, key=lambda pair: -pair[0])]


def gaps(
    requisition: Requisition,
    slate: dict[int, Finalist],
    rows: Sequence[scorecards.CardRow],
    counts: dict[int, scorecards.Counts],
    *,
    now: dt.datetime,
) -> list[Gap]:
    """What is not known well of the finalists who are in the running, the most pressing first."""
    return [*_awaited(slate, now=now), *_thin(slate, counts), *_marks(requisition, slate, rows)]
