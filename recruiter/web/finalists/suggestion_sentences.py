"""The sentences of a suggestion, from a fixed set; a name is a piece of its own, so that pages can set it apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from recruiter.ranking.suggestion.slate_orders import FollowCount
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


def plain(sentence: Sentence) -> str:
    """A sentence as text, for places that hold no markup."""
    return "".join(one.text for one in sentence)


def listed(names: Sequence[str]) -> Sentence:
    """“A, B and C”."""
    out: Sentence = []
    for place, one in enumerate(names):
        if place:
            out.append(Piece(" and " if place == len(names) - 1 else ", "))
        out.append(name(one))
    return out


def counted(number: int) -> str:
    """A small number as a word."""
    return COUNTS[number] if number < len(COUNTS) else str(number)


def ordinal(rank: int) -> str:
    """A rank as a word."""
    return ORDINALS[rank] if rank < len(ORDINALS) else f"place {rank}"


def in_hundred(share: float) -> int:
    """A share as a count of 100; only certainty is 100 or 0."""
    return min(max(round(share * 100), 1 if share > 0 else 0), 99 if share < 1 else 100)


def attribute(called: str) -> str:
    """An attribute as pages call it."""
    return "Overall recommendation" if called == OVERALL else called


def effect(points: float) -> str:
    """Points with their sign; what rounds to nothing has none."""
    return "0.00" if abs(points) < SMALL else signed(points)


def points_range(ends: Sequence[float]) -> str:
    """Both ends of a range with their signs."""
    return f"{effect(ends[0])} to {effect(ends[1])}"


def verdict(found: dict[str, Any] | None) -> str:
    """How somebody stands against a level, in words."""
    return VERDICTS[found["verdict"]] if found else ""


def groups(ranking: Sequence[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Those who share a rank, best first."""
    return [list(rows) for _, rows in groupby(ranking, key=lambda row: row["rank"])]


def _tie(group: Sequence[dict[str, Any]], names: Names) -> Sentence:
    called = [names[row["application_id"]] for row in group]
    pair = len(called) == PAIR
    who = listed(called) if pair else [Piece(f"{counted(len(called)).capitalize()} finalists")]
    return [*who, Piece(f" are tied for {ordinal(group[0]['rank'])}")]


def headline(found: dict[str, Any], names: Names) -> Sentence:
    """The sentence that a reader came for: who is first and how surely, or who is tied; and that nobody clears the bar."""
    ranking = found.get("ranking", [])
    if not ranking:
        return []
    first = groups(ranking)[0]
    if len(ranking) == 1:
        return [name(names[ranking[0]["application_id"]]), Piece(f" stands {where(ranking[0])}.")]
    low = [] if any(_clears(row) for row in ranking) else [Piece(" No finalist is clearly above the bar.")]
    if len(first) > 1:
        return [*_tie(first, names), Piece(".") if low else Piece(""), *low]
    one, other = ranking[0]["application_id"], ranking[1]["application_id"]
    pair = pair_of(found["pairs"], one, other)
    times = in_hundred(pair["probability"]) if pair else 0
    among = f" of the {counted(len(ranking))} who are ranked" if found.get("not_ranked") else ""
    lead = [
        name(names[one]),
        Piece(f" is first{among}. Ahead of "),
        name(names[other]),
        Piece(f" in {times} of 100 re-runs."),
    ]
    return [*lead, *low]


def _clears(row: dict[str, Any]) -> bool:
    return row["bar"] is None or row["bar"]["verdict"] == "clearly_above"


def where(row: dict[str, Any]) -> str:
    """“clearly above the bar”, or “at the bar”."""
    said = verdict(row["bar"])
    return said if said.endswith("the bar") else f"{said} the bar"


def pair_of(pairs: Sequence[dict[str, Any]], one: int, other: int) -> dict[str, Any] | None:
    """The comparison of two people, whichever way round they were asked for."""
    return next((pair for pair in pairs if {pair["a"], pair["b"]} == {one, other}), None)


def explanation(found: dict[str, Any], names: Names) -> Sentence:
    """What the headline rests on: how often the first comes out ahead, who is tied behind, how the top stands to the bar."""
    ranking, (first, *rest) = found["ranking"], groups(found["ranking"])
    out: Sentence = []
    if len(first) > 1:
        pair = pair_of(found["pairs"], first[0]["application_id"], first[1]["application_id"])
        if pair is not None:
            out += [
                Piece("If the interviews were run again, "),
                name(names[pair["a"]]),
                Piece(" would come out ahead of "),
                name(names[pair["b"]]),
                Piece(f" about {in_hundred(pair['probability'])} times in 100. We call a lead at 80. "),
            ]
        if all(row["bar"] and _clears(row) for row in first):
            both = "Both" if len(first) == PAIR else "All of them"
            out.append(Piece(f"{both} are clearly above the bar, so choose on what the scores do not cover. "))
    elif len(ranking) > 1:
        out.append(Piece("We call a lead at 80. "))
        tied = next((group for group in rest if len(group) > 1), None)
        out += [*_tie(tied, names), Piece(". ")] if tied else []
    return out


def drivers(pair: dict[str, Any], names: Names) -> Sentence:
    """What carries the difference of two people, and what takes some of it back."""
    total = sum(one["points"] for one in pair["contributions"])
    ahead, behind = (pair["a"], pair["b"]) if total >= 0 else (pair["b"], pair["a"])
    sign = 1 if total >= 0 else -1
    carrying = [attribute(one["name"]) for one in pair["contributions"] if sign * one["points"] >= SMALL]
    against = [attribute(one["name"]) for one in pair["contributions"] if sign * one["points"] <= -SMALL]
    if abs(total) < SMALL:
        return [name(names[ahead]), Piece(" and "), name(names[behind]), Piece(" have the same score.")]
    out: Sentence = [name(names[ahead]), Piece(f" is {abs(total):.2f} points above "), name(names[behind])]
    if carrying:
        out += [Piece(", mainly from "), name(carrying[0])]
    out.append(Piece(". "))
    if against:
        out += [name(names[behind]), Piece(" is ahead on "), *listed(against[:2]), Piece(".")]
    return out


def leniency(note: dict[str, Any]) -> Sentence:
    """How an interviewer marks beside the average, and what was added for it."""
    way = "lower" if note["leniency"] < 0 else "higher"
    sign = "+" if note["adjustment"] > 0 else MINUS
    said = (
        f" marks {abs(note['leniency']):.1f} {way} than the average; adjusted by {sign}{abs(note['adjustment']):.1f}."
    )
    return [name(note["rater"]), Piece(said)]


def basis(found: dict[str, Any]) -> str:
    """What carries a suggestion, as a sentence."""
    if not found["model_version"]:
        return "The order follows the declared scorecard weights; nothing has been learnt from past decisions yet."
    count = f"{found['n_decisions']} past decision{'s' if found['n_decisions'] != 1 else ''}"
    told = {
        "scorecard weights": f"The declared scorecard weights carry the order; {count} are too few to learn much from.",
        "partly learnt": f"The weights are partly learnt from {count}.",
        "learnt": f"The weights are learnt from {count}.",
    }
    return told[found["label"]]


def could_rank(ends: Sequence[int]) -> str:
    """“1 to 3”, or “2”."""
    return str(ends[0]) if ends[0] == ends[1] else f"{ends[0]} to {ends[1]}"


def percentile(past: dict[str, Any]) -> str:
    """Where somebody stands among past hires, with the range: “percentile 72 (55 to 88)”."""
    low, high = (round(end) for end in past["percentile_range"])
    return f"percentile {round(past['percentile'])} ({low} to {high})"


def too_early(thin: int, running: int) -> str:
    """The sentence where cards are too few: how many have fewer than two."""
    has = "has" if thin == 1 else "have"
    return f"Too early to rank. {thin} of {running} finalists {has} fewer than 2 scorecards."


def followed(count: FollowCount) -> str:
    """How often people follow the suggestion, as one line; empty where there is nothing to count."""
    if not count.n:
        return ""
    searches = "1 search" if count.n == 1 else f"{count.n} searches"
    told = (
        f"Where the declared weights or a model of the day gave a clear lead ({searches}), {count.followed} followed it"
    )
    return f"{told} and {count.departed} departed from it."
