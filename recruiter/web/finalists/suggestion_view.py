"""A suggestion made ready for the page: rows by tie group, why one stands above another, what departs from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from recruiter.foundation import text
from recruiter.foundation.database.db import db
from recruiter.offers.models import Offer, OfferStatus
from recruiter.pipeline.models import Finalist
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import counterfactual_sentences, rounded_sums, suggestion_sentences
from recruiter.web.finalists.suggestion_sentences import Sentence

LOWEST, USUAL_LOWEST = 1, 2
LEAST_SPAN = 0.3
READS_ZERO = 0.05
FIRST_NOTES = 3
CLEARS = "clearly_above"
SAID = {OfferStatus.EXTENDED: "Offer out", OfferStatus.ACCEPTED: "Accepted"}


@dataclass(frozen=True)
class Row:
    """One finalist in the suggested ranking."""

    finalist: Finalist
    label: str
    rank: str
    tied: bool
    found: dict[str, Any]
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
class Part:
    """What one attribute adds to the difference of two people."""

    name: str
    weight: str
    points: float
    said: str
    range: str


@dataclass(frozen=True)
class Why:
    """Why one person stands above another."""

    a: int
    b: int
    names: tuple[str, str]
    tied: bool
    times: int
    drivers: Sentence
    parts: list[Part]
    span: float
    total: str
    changes: list[Sentence]


@dataclass(frozen=True)
class Ranked:
    """A suggestion that can be shown."""

    headline: Sentence
    explanation: Sentence
    tied: bool
    groups: list[list[Row]]
    alone: bool
    why: Why | None
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
        clears = (one.found["bar"] is None or one.found["bar"]["verdict"] == CLEARS for one in self.rows)
        return "clear" if any(clears) else "quiet"

    @property
    def rows(self) -> list[Row]:
        """Everybody, best first."""
        return [one for group in self.groups for one in group]

    @property
    def has_ties(self) -> bool:
        """Whether anybody shares a rank."""
        return any(one.tied for one in self.rows)

    @property
    def first_leniency(self) -> list[Sentence]:
        """The largest adjustments."""
        return self.leniency[:FIRST_NOTES]

    @property
    def more_leniency(self) -> list[Sentence]:
        """The smaller ones."""
        return self.leniency[FIRST_NOTES:]


def place_label(position: int, offer: Offer | None = None) -> str:
    """A place in the order, in words; an offer that is out or accepted says more than the place."""
    if offer is not None and offer.status in SAID:
        return SAID[offer.status]
    return "1st choice" if position == 1 else f"Backup {position - 1}"


def chosen(pairs: list[dict[str, Any]], asked: tuple[str | None, str | None]) -> dict[str, Any] | None:
    """The pair that was asked for, whichever way round; the first two otherwise."""
    if not pairs:
        return None
    one, other = (text.number(given) or 0 for given in asked)
    return suggestion_sentences.pair_of(pairs, one, other) or pairs[0]


def _why(
    pair: dict[str, Any], names: suggestion_sentences.Names, weights: dict[str, str], changes: list[Sentence]
) -> Why:
    total = sum(part["points"] for part in pair["contributions"])
    said = rounded_sums.shared_out([part["points"] for part in pair["contributions"]], total)
    parts = [
        Part(
            suggestion_sentences.attribute(part["name"]),
            weights.get(part["name"], ""),
            part["points"],
            suggestion_sentences.effect(shown),
            suggestion_sentences.points_range(part["range"]),
        )
        for part, shown in zip(pair["contributions"], said, strict=True)
    ]
    return Why(
        pair["a"],
        pair["b"],
        (names[pair["a"]], names[pair["b"]]),
        pair["verdict"] == "tied",
        suggestion_sentences.in_hundred(pair["probability"]),
        suggestion_sentences.drivers(pair, names),
        parts,
        max([LEAST_SPAN, *(abs(part.points) for part in parts)]),
        suggestion_sentences.effect(total),
        changes,
    )


def _departures(found: dict[str, Any], slate: dict[int, Finalist], names: suggestion_sentences.Names) -> list[Sentence]:
    """Where the order that people set goes against a clear lead; ties never count."""
    return [
        [
            suggestion_sentences.name(names[pair["b"]]),
            suggestion_sentences.Piece(" is placed above "),
            suggestion_sentences.name(names[pair["a"]]),
            suggestion_sentences.Piece(
                f", who came out ahead in about {suggestion_sentences.in_hundred(pair['probability'])} of 100 re-runs."
            ),
        ]
        for pair in found["pairs"]
        if pair["verdict"] == "ahead" and slate[pair["a"]].position > slate[pair["b"]].position
    ]


def _row(one: Finalist, label: str, found: dict[str, Any], declared: float, counts: scorecards.Counts) -> Row:
    low, high = found["score_range"]
    plot = f"Score {found['score']:.2f}, in 90 of 100 re-runs between {low:.2f} and {high:.2f}"
    past = found["past"]
    percentile = suggestion_sentences.percentile(past) if past else ""
    return Row(
        one,
        label,
        f"{found['rank']}{'=' if found['tied'] else ''}",
        found["tied"],
        found,
        declared,
        suggestion_sentences.verdict(found["bar"]),
        suggestion_sentences.verdict(found["past"]).replace("at the bar", "at their level"),
        percentile,
        suggestion_sentences.could_rank(found["could_rank"]),
        f"{low:.2f} to {high:.2f}",
        plot,
        f"{counts.submitted} of {counts.expected}",
        counts.submitted < counts.expected,
    )


def ranked(
    requisition: Requisition,
    found: dict[str, Any],
    slate: dict[int, Finalist],
    labels: dict[int, str],
    counts: dict[int, scorecards.Counts],
    rows: Sequence[scorecards.CardRow],
    asked: tuple[str | None, str | None],
) -> Ranked:
    """Everything that the page says of a suggestion; `asked` names the two people to compare, the first two otherwise."""
    names = {number: one.application.candidate.name for number, one in slate.items()}
    ranking = found["ranking"]
    declared = {row["application_id"]: row["score"] for row in ranking}
    if found["model_version"]:
        ids = [row["application_id"] for row in ranking]
        by_hand = suggested_ranking.computed(db.session(), requisition, ids, run=None)
        declared.update({row["application_id"]: row["score"] for row in by_hand["ranking"]})
    pair = chosen(found["pairs"], asked)
    changes, shares = counterfactual_sentences.of_pair(requisition, rows, found, pair, names) if pair else ([], {})
    learnt = bool(found["model_version"])
    numbers = [[(row["application_id"], row) for row in group] for group in suggestion_sentences.groups(ranking)]
    groups = [
        [_row(slate[number], labels[number], row, declared[number], counts[number]) for number, row in group]
        for group in numbers
    ]
    bar = ranking[0]["score"] - ranking[0]["bar"]["difference"] if ranking[0]["bar"] else None
    least = min([*(row["score_range"][0] for row in ranking), *([bar] if bar is not None else [])])
    return Ranked(
        headline=suggestion_sentences.headline(found, names),
        explanation=suggestion_sentences.explanation(found, names),
        tied=ranking[0]["tied"],
        groups=groups,
        alone=len(ranking) == 1,
        why=_why(pair, names, counterfactual_sentences.weights(requisition, shares, learnt=learnt), changes)
        if pair
        else None,
        options=[(row["application_id"], names[row["application_id"]]) for row in ranking],
        departures=_departures(found, slate, names),
        leniency=[
            suggestion_sentences.leniency(note) for note in found["leniency"] if abs(note["adjustment"]) >= READS_ZERO
        ],
        basis=suggestion_sentences.basis(found),
        lowest=min(USUAL_LOWEST, max(LOWEST, math.floor(least))),
        bar=bar,
        has_past=any(row["past"] for row in ranking),
        learnt=learnt,
    )
