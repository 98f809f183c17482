"""What would change how two finalists stand, as sentences from a fixed set."""

from __future__ import annotations

from collections.abc import Sequence

from recruiter.foundation.database.db import db
from recruiter.learning.suggestion.counterfactuals import (
    Changes,
    MissingRating,
    OneMoreInterview,
    WeightShift,
    WithoutRater,
)
from recruiter.ranking import queries
from recruiter.ranking.suggestion import counterfactuals, suggested_ranking
from recruiter.ranking.suggestion.suggestion_types import PairRow, Suggestion
from recruiter.requisitions.models import Requisition
from recruiter.scorecards.queries import SubmittedRating
from recruiter.web.finalists import suggestion_sentences
from recruiter.web.finalists.suggestion_sentences import Names, Piece, Sentence
from recruiter.web.text.filters import MINUS

HIGHEST, LOWEST = 5, 1
LEAST_GAIN = 0.03  # of half the range: less is not worth an interview


def _person_piece(names: Names, item: str) -> Piece:
    return suggestion_sentences.name(names[int(item)])


def _attribute_piece(attribute_name: str) -> Piece:
    return suggestion_sentences.name(
        "the overall recommendation" if attribute_name == suggestion_sentences.OVERALL else attribute_name
    )


def _weight_sentence(shift: WeightShift | None, changes: Changes, names: Names) -> Sentence:
    if shift is None:
        start = [Piece("No move of weight between two attributes puts "), _person_piece(names, changes.trails)]
        return [*start, Piece(" ahead.")]
    points = round(shift.share * 100)
    return [
        Piece(f"Moving {points} of 100 points of weight from "),
        _attribute_piece(shift.source),
        Piece(" to "),
        _attribute_piece(shift.target),
        Piece(" puts "),
        _person_piece(names, shift.ahead),
        Piece(" ahead on the score."),
    ]


def _missing_sentence(missing: MissingRating, changes: Changes, names: Names) -> Sentence:
    start = [
        Piece("Nobody has rated "),
        _person_piece(names, missing.item),
        Piece(" on "),
        _attribute_piece(missing.attribute),
    ]
    trails = _person_piece(names, changes.trails)
    if missing.rating is None:
        return [*start, Piece("; no rating there would put "), trails, Piece(" ahead.")]
    end = HIGHEST if missing.item == changes.trails else LOWEST
    more = "" if missing.rating == end else " or more" if end == HIGHEST else " or less"
    return [*start, Piece(f"; a {missing.rating}{more} there puts "), trails, Piece(" ahead on the score.")]


def _interview_sentence(interview: OneMoreInterview, names: Names) -> Sentence:
    if interview.before - interview.after < LEAST_GAIN:
        return [Piece("One more interview would hardly narrow the range of their difference.")]
    effect = f" would narrow their range most: the difference from ±{interview.before:.2f} to ±{interview.after:.2f}."
    start = [Piece("One more interview of "), _person_piece(names, interview.item)]
    return [*start, Piece(" that covers "), _attribute_piece(interview.attribute), Piece(effect)]


def _rater_sentence(exclusion: WithoutRater, names: Names) -> Sentence:
    person = _person_piece(names, exclusion.item)
    if exclusion.rater is None:
        start = Piece("Leaving out the cards of any one interviewer leaves ")
        return [start, Piece("them tied.")] if exclusion.verdict == "tied" else [start, person, Piece(" ahead.")]
    if exclusion.verdict == "unrated":
        return [
            Piece("All that is known of "),
            person,
            Piece(" comes from "),
            suggestion_sentences.name(exclusion.rater),
            Piece(" alone."),
        ]
    start = Piece("Without the cards of ")
    if exclusion.verdict == "tied":
        return [start, suggestion_sentences.name(exclusion.rater), Piece(" they would be tied.")]
    return [start, suggestion_sentences.name(exclusion.rater), Piece(", "), person, Piece(" would be clearly ahead.")]


def sentences(changes: Changes, names: Names, *, rated: set[int]) -> list[Sentence]:
    """Up to three statements: how far a weight would have to move, which interview is missing, whose cards decide."""
    statements = []
    if {int(changes.leads), int(changes.trails)} <= rated:
        statements.append(_weight_sentence(changes.weight, changes, names))
    if isinstance(changes.evidence, MissingRating):
        statements.append(_missing_sentence(changes.evidence, changes, names))
    elif changes.evidence is not None:
        statements.append(_interview_sentence(changes.evidence, names))
    if changes.rater is not None:
        statements.append(_rater_sentence(changes.rater, names))
    return statements


def weight_labels(requisition: Requisition, shares: dict[str, float], *, learnt: bool) -> dict[str, str]:
    """Each attribute's declared share of the weight, and what became of it where past decisions moved it."""
    total = sum(attribute.weight for attribute in requisition.attributes) or 1.0
    overall_share = requisition.overall_weight if requisition.attributes else 1.0
    declared = {attribute.name: (1 - overall_share) * attribute.weight / total for attribute in requisition.attributes}
    labels = {
        name: f"{share * 100:.0f}%" for name, share in {suggestion_sentences.OVERALL: overall_share, **declared}.items()
    }
    if learnt:
        labels |= {
            name: f"{labels[name]} → {shares[name] * 100:.0f}%".replace("-", MINUS) for name in labels.keys() & shares
        }
    return labels


def of_pair(
    requisition: Requisition, rows: Sequence[SubmittedRating], suggestion: Suggestion, pair: PairRow, names: Names
) -> tuple[list[Sentence], dict[str, float]]:
    """The statements on one pair of a suggestion that can be shown, and the share of weight that each attribute carries."""
    run = queries.active_run(db.session()) if suggestion["model_version"] else None
    ranked = [row["application_id"] for row in suggestion["ranking"]]
    slate = suggested_ranking.inputs_of(requisition, rows, ranked, run=run).slate(suggested_ranking.model_of(run))
    changes = counterfactuals.changes_for_pair(slate, rows, pair=(pair["a"], pair["b"]))
    statements = sentences(changes, names, rated={row.application_id for row in rows})
    return statements, counterfactuals.weight_shares(slate)
