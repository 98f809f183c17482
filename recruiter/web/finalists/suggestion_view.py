"""A suggestion made ready for the page: rows by tie group, and what departs from it."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass

from recruiter.foundation import wording
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Finalist
from recruiter.ranking.suggestion import slate_orders, suggested_ranking
from recruiter.ranking.suggestion.suggestion_types import RankedRow, Suggestion
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import suggestion_sentences as sentences
from recruiter.web.finalists.pair_explanation import PairExplanation, explained_pair
from recruiter.web.finalists.sentence import Sentence, sentence
from recruiter.web.finalists.side_by_side import PageQuery
from recruiter.web.request import guard

LOWEST, USUAL_LOWEST = 1, 2
READS_ZERO = 0.05
NOTES_IN_VIEW = 3
OFFER_LABELS = {OfferStatus.EXTENDED: "Offer out", OfferStatus.ACCEPTED: "Accepted"}

Badge = tuple[str, str, str | None]  # label, tone, icon


@dataclass(frozen=True)
class SuggestionRow:
    """One finalist in the suggested ranking."""

    finalist: Finalist
    badge: Badge
    figures: RankedRow
    declared: float
    cards: scorecards.CardCounts
    rank: str
    bar: str
    past: str
    percentile: str
    could_rank: str
    range: str
    plot: str


@dataclass(frozen=True)
class RankedView:
    """A suggestion that can be shown."""

    headline: Sentence
    explanation: Sentence
    tied: bool
    groups: list[list[SuggestionRow]]
    alone: bool
    why: PairExplanation | None
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
        return "clear" if any(sentences.clears_bar(row.figures) for row in self.rows) else "quiet"

    @property
    def rows(self) -> list[SuggestionRow]:
        """Everybody, best first."""
        return [row for group in self.groups for row in group]

    @property
    def has_ties(self) -> bool:
        """Whether anybody shares a rank."""
        return any(row.figures["tied"] for row in self.rows)

    @property
    def first_leniency(self) -> list[Sentence]:
        """The largest adjustments."""
        return self.leniency[:NOTES_IN_VIEW]

    @property
    def more_leniency(self) -> list[Sentence]:
        """The smaller ones."""
        return self.leniency[NOTES_IN_VIEW:]


def place_badge(finalist: Finalist, offer: Offer | None) -> Badge:
    """A place in the order, in words; an offer that is out or accepted says more than the place."""
    out = offer is not None and offer.status == OfferStatus.EXTENDED
    if offer is not None and out and (offer.expires_on or dt.date.max) < guard.today():
        return "Offer ran out", "late", "clock"
    label = OFFER_LABELS.get(offer.status) if offer is not None else None
    tone = "accent" if finalist.position == 1 or out else ""
    return label or wording.bench_place(finalist.position), tone, "mail" if out else None


def _departures(suggestion: Suggestion, slate: dict[int, Finalist], names: sentences.Names) -> list[Sentence]:
    """Where the order that people set goes against a clear lead; ties never count."""
    order = sorted(slate, key=lambda number: slate[number].position)
    return [
        sentence(
            "{above} is placed above {below}, who came out ahead in about {times:d} of 100 re-runs.",
            above=names[departure.above],
            below=names[departure.below],
            times=sentences.out_of_hundred(departure.probability),
        )
        for departure in slate_orders.departures(suggestion, order)
    ]


def _row(
    figures: RankedRow, finalist: Finalist, badge: Badge, cards: scorecards.CardCounts, declared: float
) -> SuggestionRow:
    low, high = figures["score_range"]
    return SuggestionRow(
        finalist,
        badge,
        figures,
        declared,
        cards,
        sentences.rank_text(figures),
        sentences.verdict_text(figures["bar"]),
        sentences.verdict_text(figures["past"]).replace("at the bar", "at their level"),
        sentences.percentile(figures["past"]) if figures["past"] else "",
        sentences.rank_range(figures["could_rank"]),
        f"{low:.2f} to {high:.2f}",
        f"Score {figures['score']:.2f}, in 90 of 100 re-runs between {low:.2f} and {high:.2f}",
    )


def ranked_view(
    requisition: Requisition,
    suggestion: Suggestion,
    slate: dict[int, Finalist],
    badges: dict[int, Badge],
    counts: dict[int, scorecards.CardCounts],
    rows: Sequence[scorecards.SubmittedRating],
    query: PageQuery,
) -> RankedView:
    """Everything that the page says of a suggestion; `query` names the two people to compare, the first two otherwise."""
    names = {number: finalist.application.candidate.name for number, finalist in slate.items()}
    ranking, learnt = suggestion["ranking"], bool(suggestion["model_version"])
    declared = {row["application_id"]: row["score"] for row in ranking}
    if learnt:
        declared = suggested_ranking.declared_scores(requisition, rows, list(declared))

    def row_of(figures: RankedRow) -> SuggestionRow:
        number = figures["application_id"]
        return _row(figures, slate[number], badges[number], counts[number], declared[number])

    first = ranking[0]
    bar = first["score"] - first["bar"]["difference"] if first["bar"] else None
    lowest_point = min([*(row["score_range"][0] for row in ranking), *([bar] if bar is not None else [])])
    return RankedView(
        headline=sentences.headline(suggestion, names),
        explanation=sentences.explanation(suggestion, names),
        tied=first["tied"],
        groups=[[row_of(row) for row in group] for group in sentences.rank_groups(ranking)],
        alone=len(ranking) == 1,
        why=explained_pair(requisition, suggestion, rows, names, query),
        departures=_departures(suggestion, slate, names),
        leniency=[sentences.leniency(note) for note in suggestion["leniency"] if abs(note["adjustment"]) >= READS_ZERO],
        basis=sentences.basis(suggestion),
        lowest=min(USUAL_LOWEST, max(LOWEST, math.floor(lowest_point))),
        bar=bar,
        has_past=any(row["past"] for row in ranking),
        learnt=learnt,
    )
