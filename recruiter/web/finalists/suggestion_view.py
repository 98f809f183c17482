"""A suggestion made ready for the page: rows by tie group, why one stands above another, what departs from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation import text, wording
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Finalist
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.ranking.suggestion.suggestion_types import PairRow, RankedRow, Suggestion
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import counterfactual_sentences, rounded_sums, suggestion_sentences
from recruiter.web.finalists.suggestion_sentences import Sentence

LOWEST, USUAL_LOWEST = 1, 2
MIN_SPAN = 0.3
READS_ZERO = 0.05
NOTES_IN_VIEW = 3
CLEARS = "clearly_above"
OFFER_LABELS = {OfferStatus.EXTENDED: "Offer out", OfferStatus.ACCEPTED: "Accepted"}


@dataclass(frozen=True)
class SuggestionRow:
    """One finalist in the suggested ranking."""

    finalist: Finalist
    label: str
    rank: str
    tied: bool
    figures: RankedRow
    declared: float
    bar: str
    past: str
    percentile: str
    could_rank: str
    range: str
    plot: str
    cards: str
    awaits: bool


@dataclass(frozen=True)
class Contribution:
    """What one attribute adds to the difference of two people."""

    name: str
    weight: str
    points: float
    points_text: str
    range: str


@dataclass(frozen=True)
class PairExplanation:
    """Why one person stands above another."""

    a: int
    b: int
    names: tuple[str, str]
    tied: bool
    times: int
    drivers: Sentence
    parts: list[Contribution]
    span: float
    total: str
    changes: list[Sentence]


@dataclass(frozen=True)
class RankedView:
    """A suggestion that can be shown."""

    headline: Sentence
    explanation: Sentence
    tied: bool
    groups: list[list[SuggestionRow]]
    alone: bool
    why: PairExplanation | None
    options: list[tuple[int, str]]
    departures: list[Sentence]
    leniency: list[Sentence]
    basis: str
    lowest: int
    bar: float | None
    has_past: bool
    learnt: bool

    @property
    def tone(self) -> str:
        """`tie`, `clear` where somebody leads and somebody clears the bar, else `quiet`."""
        if self.tied:
            return "tie"
        clears = (row.figures["bar"] is None or row.figures["bar"]["verdict"] == CLEARS for row in self.rows)
        return "clear" if any(clears) else "quiet"

    @property
    def rows(self) -> list[SuggestionRow]:
        """Everybody, best first."""
        return [row for group in self.groups for row in group]

    @property
    def has_ties(self) -> bool:
        """Whether anybody shares a rank."""
        return any(row.tied for row in self.rows)

    @property
    def first_leniency(self) -> list[Sentence]:
        """The largest adjustments."""
        return self.leniency[:NOTES_IN_VIEW]

    @property
    def more_leniency(self) -> list[Sentence]:
        """The smaller ones."""
        return self.leniency[NOTES_IN_VIEW:]


def place_label(position: int, offer: Offer | None = None) -> str:
    """A place in the order, in words; an offer that is out or accepted says more than the place."""
    if offer is not None and offer.status in OFFER_LABELS:
        return OFFER_LABELS[offer.status]
    return wording.bench_place(position)


def chosen_pair(pairs: list[PairRow], requested_pair: tuple[str | None, str | None]) -> PairRow | None:
    """The pair that was asked for, whichever way round; the first two otherwise."""
    if not pairs:
        return None
    first, second = (text.number(value) or 0 for value in requested_pair)
    return suggestion_sentences.pair_of(pairs, first, second) or pairs[0]


def _pair_explanation(
    pair: PairRow, names: suggestion_sentences.Names, weights: dict[str, str], changes: list[Sentence]
) -> PairExplanation:
    total = sum(part["points"] for part in pair["contributions"])
    rounded = rounded_sums.round_to_total([part["points"] for part in pair["contributions"]], total)
    parts = [
        Contribution(
            suggestion_sentences.attribute_label(part["name"]),
            weights.get(part["name"], ""),
            part["points"],
            suggestion_sentences.signed_points(points),
            suggestion_sentences.points_range(part["range"]),
        )
        for part, points in zip(pair["contributions"], rounded, strict=True)
    ]
    return PairExplanation(
        pair["a"],
        pair["b"],
        (names[pair["a"]], names[pair["b"]]),
        pair["verdict"] == "tied",
        suggestion_sentences.out_of_hundred(pair["probability"]),
        suggestion_sentences.drivers(pair, names),
        parts,
        max([MIN_SPAN, *(abs(part.points) for part in parts)]),
        suggestion_sentences.signed_points(total),
        changes,
    )


def _departures(
    suggestion: Suggestion, slate: dict[int, Finalist], names: suggestion_sentences.Names
) -> list[Sentence]:
    """Where the order that people set goes against a clear lead; ties never count."""
    return [
        [
            suggestion_sentences.name(names[pair["b"]]),
            suggestion_sentences.Piece(" is placed above "),
            suggestion_sentences.name(names[pair["a"]]),
            suggestion_sentences.Piece(
                f", who came out ahead in about {suggestion_sentences.out_of_hundred(pair['probability'])} of 100 re-runs."
            ),
        ]
        for pair in suggestion["pairs"]
        if pair["verdict"] == "ahead" and slate[pair["a"]].position > slate[pair["b"]].position
    ]


def _row(
    finalist: Finalist, label: str, ranked_row: RankedRow, declared: float, counts: scorecards.CardCounts
) -> SuggestionRow:
    low, high = ranked_row["score_range"]
    plot = f"Score {ranked_row['score']:.2f}, in 90 of 100 re-runs between {low:.2f} and {high:.2f}"
    past = ranked_row["past"]
    percentile = suggestion_sentences.percentile(past) if past else ""
    return SuggestionRow(
        finalist,
        label,
        f"{ranked_row['rank']}{'=' if ranked_row['tied'] else ''}",
        ranked_row["tied"],
        ranked_row,
        declared,
        suggestion_sentences.verdict_text(ranked_row["bar"]),
        suggestion_sentences.verdict_text(ranked_row["past"]).replace("at the bar", "at their level"),
        percentile,
        suggestion_sentences.rank_range(ranked_row["could_rank"]),
        f"{low:.2f} to {high:.2f}",
        plot,
        f"{counts.submitted} of {counts.expected}",
        counts.submitted < counts.expected,
    )


def ranked_view(
    requisition: Requisition,
    suggestion: Suggestion,
    slate: dict[int, Finalist],
    labels: dict[int, str],
    counts: dict[int, scorecards.CardCounts],
    rows: Sequence[scorecards.SubmittedRating],
    requested_pair: tuple[str | None, str | None],
) -> RankedView:
    """Everything that the page says of a suggestion; `asked` names the two people to compare, the first two otherwise."""
    names = {number: finalist.application.candidate.name for number, finalist in slate.items()}
    ranking = suggestion["ranking"]
    declared = {row["application_id"]: row["score"] for row in ranking}
    if suggestion["model_version"]:
        declared = suggested_ranking.declared_scores(requisition, rows, list(declared))
    pair = chosen_pair(suggestion["pairs"], requested_pair)
    changes, shares = counterfactual_sentences.of_pair(requisition, rows, suggestion, pair, names) if pair else ([], {})
    learnt = bool(suggestion["model_version"])
    numbered_groups = [
        [(row["application_id"], row) for row in group] for group in suggestion_sentences.rank_groups(ranking)
    ]
    groups = [
        [_row(slate[number], labels[number], row, declared[number], counts[number]) for number, row in group]
        for group in numbered_groups
    ]
    bar = ranking[0]["score"] - ranking[0]["bar"]["difference"] if ranking[0]["bar"] else None
    lowest_point = min([*(row["score_range"][0] for row in ranking), *([bar] if bar is not None else [])])
    return RankedView(
        headline=suggestion_sentences.headline(suggestion, names),
        explanation=suggestion_sentences.explanation(suggestion, names),
        tied=ranking[0]["tied"],
        groups=groups,
        alone=len(ranking) == 1,
        why=_pair_explanation(
            pair, names, counterfactual_sentences.weight_labels(requisition, shares, learnt=learnt), changes
        )
        if pair
        else None,
        options=[(row["application_id"], names[row["application_id"]]) for row in ranking],
        departures=_departures(suggestion, slate, names),
        leniency=[
            suggestion_sentences.leniency(note)
            for note in suggestion["leniency"]
            if abs(note["adjustment"]) >= READS_ZERO
        ],
        basis=suggestion_sentences.basis(suggestion),
        lowest=min(USUAL_LOWEST, max(LOWEST, math.floor(lowest_point))),
        bar=bar,
        has_past=any(row["past"] for row in ranking),
        learnt=learnt,
    )
