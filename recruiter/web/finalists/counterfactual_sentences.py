"""What would change how two finalists stand, as sentences from a fixed set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from recruiter.foundation.database.db import db
from recruiter.learning.suggestion.counterfactuals import (
    Changes,
    MissingRating,
    OneMoreInterview,
    WeightShift,
    WithoutRater,
)
from recruiter.ranking import queries
from recruiter.ranking.suggestion import counterfactuals
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import CardRow
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.finalists.suggestion_sentences import Names, Piece, Sentence
from recruiter.web.text.filters import MINUS

HIGHEST, LOWEST = 5, 1
LEAST_GAIN = 0.03  # of half the range: less is not worth an interview


def _called(names: Names, item: str) -> Piece:
    return suggestion_sentences.name(names[int(item)])


def _attribute(called: str) -> Piece:
    return suggestion_sentences.name("the overall recommendation" if called == suggestion_sentences.OVERALL else called)


def _weight(shift: WeightShift | None, found: Changes, names: Names) -> Sentence:
    if shift is None:
        told = [Piece("No move of weight between two attributes puts "), _called(names, found.trails)]
        return [*told, Piece(" ahead.")]
    points = round(shift.share * 100)
    return [
        Piece(f"Moving {points} of 100 points of weight from "),
        _attribute(shift.source),
        Piece(" to "),
        _attribute(shift.target),
        Piece(" puts "),
        _called(names, shift.ahead),
        Piece(" ahead on the score."),
    ]


def _missing(found: MissingRating, changes: Changes, names: Names) -> Sentence:
    out = [Piece("Nobody has rated "), _called(names, found.item), Piece(" on "), _attribute(found.attribute)]
    trails = _called(names, changes.trails)
    if found.rating is None:
        return [*out, Piece("; no rating there would put "), trails, Piece(" ahead.")]
    end = HIGHEST if found.item == changes.trails else LOWEST
    more = "" if found.rating == end else " or more" if end == HIGHEST else " or less"
    return [*out, Piece(f"; a {found.rating}{more} there puts "), trails, Piece(" ahead on the score.")]


def _interview(found: OneMoreInterview, names: Names) -> Sentence:
    if found.before - found.after < LEAST_GAIN:
        return [Piece("One more interview would hardly narrow the range of their difference.")]
    told = f" would narrow their range most: the difference from ±{found.before:.2f} to ±{found.after:.2f}."
    start = [Piece("One more interview of "), _called(names, found.item)]
    return [*start, Piece(" that covers "), _attribute(found.attribute), Piece(told)]


def _rater(found: WithoutRater, names: Names) -> Sentence:
    who = _called(names, found.item)
    if found.rater is None:
        start = Piece("Leaving out the cards of any one interviewer leaves ")
        return [start, Piece("them tied.")] if found.verdict == "tied" else [start, who, Piece(" ahead.")]
    if found.verdict == "unrated":
        return [
            Piece("All that is known of "),
            who,
            Piece(" comes from "),
            suggestion_sentences.name(found.rater),
            Piece(" alone."),
        ]
    start = Piece("Without the cards of ")
    if found.verdict == "tied":
        return [start, suggestion_sentences.name(found.rater), Piece(" they would be tied.")]
    return [start, suggestion_sentences.name(found.rater), Piece(", "), who, Piece(" would be clearly ahead.")]


def sentences(found: Changes, names: Names, *, rated: set[int]) -> list[Sentence]:
    """Up to three statements: how far a weight would have to move, which interview is missing, whose cards decide."""
    out = []
    if {int(found.leads), int(found.trails)} <= rated:
        out.append(_weight(found.weight, found, names))
    if isinstance(found.evidence, MissingRating):
        out.append(_missing(found.evidence, found, names))
    elif found.evidence is not None:
        out.append(_interview(found.evidence, names))
    if found.rater is not None:
        out.append(_rater(found.rater, names))
    return out


def weights(requisition: Requisition, shares: dict[str, float], *, learnt: bool) -> dict[str, str]:
    """Each attribute's declared share of the weight, and what became of it where past decisions moved it."""
    total = sum(one.weight for one in requisition.attributes) or 1.0
    own = requisition.overall_weight if requisition.attributes else 1.0
    declared = {one.name: (1 - own) * one.weight / total for one in requisition.attributes}
    out = {name: f"{share * 100:.0f}%" for name, share in {suggestion_sentences.OVERALL: own, **declared}.items()}
    if learnt:
        out |= {name: f"{out[name]} → {shares[name] * 100:.0f}%".replace("-", MINUS) for name in out.keys() & shares}
    return out


def of_pair(
    requisition: Requisition, rows: Sequence[CardRow], found: dict[str, Any], pair: dict[str, Any], names: Names
) -> tuple[list[Sentence], dict[str, float]]:
    """The statements on one pair of a suggestion that can be shown, and the share of weight that each attribute carries."""
    run = queries.active_run(db.session()) if found["model_version"] else None
    ranked = [row["application_id"] for row in found["ranking"]]
    changes = counterfactuals.changes(requisition, rows, ranked=ranked, pair=(pair["a"], pair["b"]), run=run)
    said = sentences(changes, names, rated={row.application_id for row in rows})
    return said, counterfactuals.shares(requisition, rows, ranked=ranked, run=run)
