"""The sentences of a suggestion, from a fixed set; a name is a piece of its own, so that pages can set it apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from recruiter.foundation.wording import plural
from recruiter.ranking.suggestion.slate_orders import FollowCount
from recruiter.ranking.suggestion.suggestion_types import (
    BarMargin,
    LeniencyRow,
    PairRow,
    PastMargin,
    RankedRow,
    Suggestion,
)
from recruiter.web.text.filters import MINUS, signed

OVERALL = "overall"
VERDICTS = {
    "clearly_above": "clearly above",
    "probably_above": "probably above",
    "at_bar": "at the bar",
    "probably_below": "probably below",
    "clearly_below": "clearly below",
}
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NOT_RANKED = "asked not to be ranked"
PAIR = 2  # of a pair the names are said; a larger group is counted
SMALL = 0.005  # below this a figure reads 0.00


@dataclass(frozen=True)
class Piece:
    """A part of a sentence: plain words, or somebody's name."""

    text: str
    is_name: bool = False


Sentence = list[Piece]
Names = dict[int, str]


def name(text: str) -> Piece:
    """A name within a sentence."""
    return Piece(text, is_name=True)


def as_text(sentence: Sentence) -> str:
    """A sentence as text, for places that hold no markup."""
    return "".join(piece.text for piece in sentence)


def joined_names(names: Sequence[str]) -> Sentence:
    """“A, B and C”."""
    pieces: Sentence = []
    for index, text in enumerate(names):
        if index:
            pieces.append(Piece(" and " if index == len(names) - 1 else ", "))
        pieces.append(name(text))
    return pieces


def number_in_words(number: int) -> str:
    """A small number as a word."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def ordinal_in_words(rank: int) -> str:
    """A rank as a word."""
    return ORDINALS[rank] if rank < len(ORDINALS) else f"place {rank}"


def out_of_hundred(share: float) -> int:
    """A share as a count of 100; only certainty is 100 or 0."""
    return min(max(round(share * 100), 1 if share > 0 else 0), 99 if share < 1 else 100)


def attribute_label(attribute_name: str) -> str:
    """An attribute as pages call it."""
    return "Overall recommendation" if attribute_name == OVERALL else attribute_name


def signed_points(points: float) -> str:
    """Points with their sign; what rounds to nothing has none."""
    return "0.00" if abs(points) < SMALL else signed(points)


def points_range(ends: Sequence[float]) -> str:
    """Both ends of a range with their signs."""
    return f"{signed_points(ends[0])} to {signed_points(ends[1])}"


def verdict_text(standing: BarMargin | None) -> str:
    """How somebody stands against a level, in words."""
    return VERDICTS[standing["verdict"]] if standing else ""


def rank_groups(ranking: Sequence[RankedRow]) -> list[list[RankedRow]]:
    """Those who share a rank, best first."""
    return [list(rows) for _, rows in groupby(ranking, key=lambda row: row["rank"])]


def _tie(group: Sequence[RankedRow], names: Names) -> Sentence:
    tied_names = [names[row["application_id"]] for row in group]
    is_pair = len(tied_names) == PAIR
    subject = (
        joined_names(tied_names) if is_pair else [Piece(f"{number_in_words(len(tied_names)).capitalize()} finalists")]
    )
    return [*subject, Piece(f" are tied for {ordinal_in_words(group[0]['rank'])}")]


def headline(suggestion: Suggestion, names: Names) -> Sentence:
    """The sentence that a reader came for: who is first and how surely, or who is tied; and that nobody clears the bar."""
    ranking = suggestion.get("ranking", [])
    if not ranking:
        return []
    first = rank_groups(ranking)[0]
    if len(ranking) == 1:
        return [name(names[ranking[0]["application_id"]]), Piece(f" stands {bar_text(ranking[0])}.")]
    below_bar = [] if any(_clears(row) for row in ranking) else [Piece(" No finalist is clearly above the bar.")]
    if len(first) > 1:
        return [*_tie(first, names), Piece(".") if below_bar else Piece(""), *below_bar]
    first_id, second_id = ranking[0]["application_id"], ranking[1]["application_id"]
    pair = pair_of(suggestion["pairs"], first_id, second_id)
    chances = out_of_hundred(pair["probability"]) if pair else 0
    qualifier = f" of the {number_in_words(len(ranking))} who are ranked" if suggestion.get("not_ranked") else ""
    sentence = [
        name(names[first_id]),
        Piece(f" is first{qualifier}. Ahead of "),
        name(names[second_id]),
        Piece(f" in {chances} of 100 re-runs."),
    ]
    return [*sentence, *below_bar]


def _clears(row: RankedRow) -> bool:
    return row["bar"] is None or row["bar"]["verdict"] == "clearly_above"


def bar_text(row: RankedRow) -> str:
    """“clearly above the bar”, or “at the bar”."""
    standing = verdict_text(row["bar"])
    return standing if standing.endswith("the bar") else f"{standing} the bar"


def pair_of(pairs: Sequence[PairRow], first_id: int, second_id: int) -> PairRow | None:
    """The comparison of two people, whichever way round they were asked for."""
    return next((pair for pair in pairs if {pair["a"], pair["b"]} == {first_id, second_id}), None)


def explanation(suggestion: Suggestion, names: Names) -> Sentence:
    """What the headline rests on: how often the first comes out ahead, who is tied behind, how the top stands to the bar."""
    ranking, (first, *rest) = suggestion["ranking"], rank_groups(suggestion["ranking"])
    pieces: Sentence = []
    if len(first) > 1:
        pair = pair_of(suggestion["pairs"], first[0]["application_id"], first[1]["application_id"])
        if pair is not None:
            pieces += [
                Piece("If the interviews were run again, "),
                name(names[pair["a"]]),
                Piece(" would come out ahead of "),
                name(names[pair["b"]]),
                Piece(f" about {out_of_hundred(pair['probability'])} times in 100. We call a lead at 80. "),
            ]
        if all(row["bar"] and _clears(row) for row in first):
            subject = "Both" if len(first) == PAIR else "All of them"
            pieces.append(Piece(f"{subject} are clearly above the bar, so choose on what the scores do not cover. "))
    elif len(ranking) > 1:
        pieces.append(Piece("We call a lead at 80. "))
        tied_group = next((group for group in rest if len(group) > 1), None)
        pieces += [*_tie(tied_group, names), Piece(". ")] if tied_group else []
    return pieces


def drivers(pair: PairRow, names: Names) -> Sentence:
    """What carries the difference of two people, and what takes some of it back."""
    total = sum(contribution["points"] for contribution in pair["contributions"])
    ahead, behind = (pair["a"], pair["b"]) if total >= 0 else (pair["b"], pair["a"])
    sign = 1 if total >= 0 else -1
    helping = [
        attribute_label(contribution["name"])
        for contribution in pair["contributions"]
        if sign * contribution["points"] >= SMALL
    ]
    against = [
        attribute_label(contribution["name"])
        for contribution in pair["contributions"]
        if sign * contribution["points"] <= -SMALL
    ]
    if abs(total) < SMALL:
        return [name(names[ahead]), Piece(" and "), name(names[behind]), Piece(" have the same score.")]
    pieces: Sentence = [name(names[ahead]), Piece(f" is {abs(total):.2f} points above "), name(names[behind])]
    if helping:
        pieces += [Piece(", mainly from "), name(helping[0])]
    pieces.append(Piece(". "))
    if against:
        pieces += [name(names[behind]), Piece(" is ahead on "), *joined_names(against[:2]), Piece(".")]
    return pieces


def leniency(note: LeniencyRow) -> Sentence:
    """How an interviewer marks beside the average, and what was added for it."""
    direction = "lower" if note["leniency"] < 0 else "higher"
    sign = "+" if note["adjustment"] > 0 else MINUS
    sentence = f" marks {abs(note['leniency']):.1f} {direction} than the average; adjusted by {sign}{abs(note['adjustment']):.1f}."
    return [name(note["rater"]), Piece(sentence)]


def basis(suggestion: Suggestion) -> str:
    """What carries a suggestion, as a sentence."""
    if not suggestion["model_version"]:
        return "The order follows the declared scorecard weights; nothing has been learnt from past decisions yet."
    count = plural(suggestion["n_decisions"], "past decision")
    sentence_by_label = {
        "scorecard weights": f"The declared scorecard weights carry the order; {count} are too few to learn much from.",
        "partly learnt": f"The weights are partly learnt from {count}.",
        "learnt": f"The weights are learnt from {count}.",
    }
    return sentence_by_label[suggestion["label"]]


def rank_range(ends: Sequence[int]) -> str:
    """“1 to 3”, or “2”."""
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def percentile(past: PastMargin) -> str:
    """Where somebody stands among past hires, with the range: “percentile 72 (55 to 88)”."""
    low, high = (round(end) for end in past["percentile_range"])
    return f"percentile {round(past['percentile'])} ({low} to {high})"


def too_early(thin: int, running: int) -> str:
    """The sentence where cards are too few: how many have fewer than two."""
    has = "has" if thin == 1 else "have"
    return f"Too early to rank. {thin} of {running} finalists {has} fewer than 2 scorecards."


def follow_sentence(count: FollowCount) -> str:
    """How often people follow the suggestion, as one line; empty where there is nothing to count."""
    if not count.n:
        return ""
    searches = plural(count.n, "search", "searches")
    sentence = (
        f"Where the declared weights or a model of the day gave a clear lead ({searches}), {count.followed} followed it"
    )
    return f"{sentence} and {count.departed} departed from it."
