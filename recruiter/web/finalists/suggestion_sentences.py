"""The sentences of a suggestion, from a fixed set."""

from __future__ import annotations

from collections.abc import Sequence
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
from recruiter.web.finalists.sentence import Sentence, joined_names, sentence
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

Names = dict[int, str]


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


def rank_text(row: RankedRow) -> str:
    """A rank as tables show it: “1”, or “1=” where it is shared."""
    return f"{row['rank']}{'=' if row['tied'] else ''}"


def rank_groups(ranking: Sequence[RankedRow]) -> list[list[RankedRow]]:
    """Those who share a rank, best first."""
    return [list(rows) for _, rows in groupby(ranking, key=lambda row: row["rank"])]


def _tie(group: Sequence[RankedRow], names: Names) -> Sentence:
    tied = [names[row["application_id"]] for row in group]
    who = joined_names(tied) if len(tied) == PAIR else sentence(f"{number_in_words(len(tied)).capitalize()} finalists")
    return sentence("{who} are tied for {rank:s}", who=who, rank=ordinal_in_words(group[0]["rank"]))


def headline(suggestion: Suggestion, names: Names) -> Sentence:
    """The sentence that a reader came for: who is first and how surely, or who is tied; and that nobody clears the bar."""
    ranking = suggestion.get("ranking", [])
    if not ranking:
        return []
    first = rank_groups(ranking)[0]
    if len(ranking) == 1:
        return sentence("{person} stands {bar:s}.", person=names[first[0]["application_id"]], bar=bar_text(ranking[0]))
    below_bar = "" if any(clears_bar(row) for row in ranking) else " No finalist is clearly above the bar."
    if len(first) > 1:
        return sentence("{tie}{end:s}", tie=_tie(first, names), end=below_bar and f".{below_bar}")
    first_id, second_id = ranking[0]["application_id"], ranking[1]["application_id"]
    pair = pair_of(suggestion["pairs"], first_id, second_id)
    return sentence(
        "{first} is first{among:s}. Ahead of {second} in {chances:d} of 100 re-runs.{end:s}",
        first=names[first_id],
        among=f" of the {number_in_words(len(ranking))} who are ranked" if suggestion.get("not_ranked") else "",
        second=names[second_id],
        chances=out_of_hundred(pair["probability"]) if pair else 0,
        end=below_bar,
    )


def clears_bar(row: RankedRow) -> bool:
    """Whether somebody is clearly above the bar, or there is none."""
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
    first, *rest = rank_groups(suggestion["ranking"])
    if len(first) == 1:
        tied_group = next((group for group in rest if len(group) > 1), None)
        behind = sentence("{tie}. ", tie=_tie(tied_group, names)) if tied_group else []
        return sentence("We call a lead at 80. {behind}", behind=behind) if rest else []
    pieces: Sentence = []
    pair = pair_of(suggestion["pairs"], first[0]["application_id"], first[1]["application_id"])
    if pair is not None:
        pieces += sentence(
            "If the interviews were run again, {ahead} would come out ahead of {behind} about {times:d} times in 100. "
            "We call a lead at 80. ",
            ahead=names[pair["a"]],
            behind=names[pair["b"]],
            times=out_of_hundred(pair["probability"]),
        )
    if all(row["bar"] and clears_bar(row) for row in first):
        subject = "Both" if len(first) == PAIR else "All of them"
        pieces += sentence(f"{subject} are clearly above the bar, so choose on what the scores do not cover. ")
    return pieces


def drivers(pair: PairRow, names: Names) -> Sentence:
    """What carries the difference of two people, and what takes some of it back."""
    total = sum(part["points"] for part in pair["contributions"])
    sign = 1 if total >= 0 else -1
    ahead, behind = (names[pair[side]] for side in (("a", "b") if total >= 0 else ("b", "a")))
    if abs(total) < SMALL:
        return sentence("{ahead} and {behind} have the same score.", ahead=ahead, behind=behind)
    gains = [(attribute_label(part["name"]), sign * part["points"]) for part in pair["contributions"]]
    helping = [name for name, gain in gains if gain >= SMALL]
    against = [name for name, gain in gains if gain <= -SMALL]
    pieces = sentence("{ahead} is {total:.2f} points above {behind}", ahead=ahead, total=abs(total), behind=behind)
    pieces += sentence(", mainly from {attribute}. ", attribute=helping[0]) if helping else sentence(". ")
    if against:
        pieces += sentence("{behind} is ahead on {attributes}.", behind=behind, attributes=joined_names(against[:2]))
    return pieces


def leniency(note: LeniencyRow) -> Sentence:
    """How an interviewer marks beside the average, and what was added for it."""
    return sentence(
        "{rater} marks {points:.1f} {direction:s} than the average; adjusted by {sign:s}{adjustment:.1f}.",
        rater=note["rater"],
        points=abs(note["leniency"]),
        direction="lower" if note["leniency"] < 0 else "higher",
        sign="+" if note["adjustment"] > 0 else MINUS,
        adjustment=abs(note["adjustment"]),
    )


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
    lead = f"Where the declared weights or a model of the day gave a clear lead ({searches})"
    return f"{lead}, {count.followed} followed it and {count.departed} departed from it."
