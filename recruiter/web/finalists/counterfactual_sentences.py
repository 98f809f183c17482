"""What would change how two finalists stand, as sentences from a fixed set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
from recruiter.web.finalists.sentence import Sentence, sentence
from recruiter.web.finalists.suggestion_sentences import OVERALL, Names
from recruiter.web.text.filters import MINUS

HIGHEST, LOWEST = 5, 1
LEAST_GAIN = 0.03  # of half the range: less is not worth an interview
Items = Mapping[str, str]  # item of the slate -> name


def _attribute(name: str) -> str:
    return "the overall recommendation" if name == OVERALL else name


def _weight_sentence(shift: WeightShift | None, changes: Changes, names: Items) -> Sentence:
    if shift is None:
        return sentence("No move of weight between two attributes puts {person} ahead.", person=names[changes.trails])
    return sentence(
        "Moving {points:d} of 100 points of weight from {source} to {target} puts {person} ahead on the score.",
        points=round(shift.share * 100),
        source=_attribute(shift.source),
        target=_attribute(shift.target),
        person=names[shift.ahead],
    )


def _missing_sentence(missing: MissingRating, changes: Changes, names: Items) -> Sentence:
    start = sentence(
        "Nobody has rated {person} on {attribute}", person=names[missing.item], attribute=_attribute(missing.attribute)
    )
    trails = names[changes.trails]
    if missing.rating is None:
        return start + sentence("; no rating there would put {person} ahead.", person=trails)
    end = HIGHEST if missing.item == changes.trails else LOWEST
    more = "" if missing.rating == end else " or more" if end == HIGHEST else " or less"
    return start + sentence(f"; a {missing.rating}{more} there puts {{person}} ahead on the score.", person=trails)


def _interview_sentence(interview: OneMoreInterview, names: Items) -> Sentence:
    if interview.before - interview.after < LEAST_GAIN:
        return sentence("One more interview would hardly narrow the range of their difference.")
    return sentence(
        "One more interview of {person} that covers {attribute} would narrow their range most: "
        "the difference from ±{before:.2f} to ±{after:.2f}.",
        person=names[interview.item],
        attribute=_attribute(interview.attribute),
        before=interview.before,
        after=interview.after,
    )


def _rater_sentence(exclusion: WithoutRater, names: Items) -> Sentence:
    """The verdict without one interviewer's cards; without a rater, that of leaving out any one of them."""
    tied = exclusion.verdict == "tied"
    if exclusion.rater is None:
        end = "them tied." if tied else "{person} ahead."
        pattern = f"Leaving out the cards of any one interviewer leaves {end}"
    elif exclusion.verdict == "unrated":
        pattern = "All that is known of {person} comes from {rater} alone."
    elif tied:
        pattern = "Without the cards of {rater} they would be tied."
    else:
        pattern = "Without the cards of {rater}, {person} would be clearly ahead."
    return sentence(pattern, person=names[exclusion.item], rater=exclusion.rater)


def sentences(changes: Changes, names: Names, *, rated: set[int]) -> list[Sentence]:
    """Up to three statements: how far a weight would have to move, which interview is missing, whose cards decide."""
    statements = []
    people = {str(number): name for number, name in names.items()}
    if {int(changes.leads), int(changes.trails)} <= rated:
        statements.append(_weight_sentence(changes.weight, changes, people))
    if isinstance(changes.evidence, MissingRating):
        statements.append(_missing_sentence(changes.evidence, changes, people))
    elif changes.evidence is not None:
        statements.append(_interview_sentence(changes.evidence, people))
    if changes.rater is not None:
        statements.append(_rater_sentence(changes.rater, people))
    return statements


def weight_labels(requisition: Requisition, shares: dict[str, float], *, learnt: bool) -> dict[str, str]:
    """Each attribute's declared share of the weight, and what became of it where past decisions moved it."""
    total = sum(attribute.weight for attribute in requisition.attributes) or 1.0
    overall_share = requisition.overall_weight if requisition.attributes else 1.0
    declared = {attribute.name: (1 - overall_share) * attribute.weight / total for attribute in requisition.attributes}
    labels = {name: f"{share * 100:.0f}%" for name, share in {OVERALL: overall_share, **declared}.items()}
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
