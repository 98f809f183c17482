"""When a debrief opens, and how far apart people are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from statistics import fmean, variance

from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.requisitions.models import StageKind

STAGES = (StageKind.INTERVIEW, StageKind.FINAL, StageKind.OFFER, StageKind.HIRED)
CLEAR = 2.0  # standard errors by which a lead is told from chance
CARDS_TO_COMPARE = 2
STEP = 1 / 12  # variance that whole steps hide: two people who say the same need not mean the same
LONGEST_TEXT = 10_000
RECOMMENDATIONS = (1, 2, 3, 4)


def mean(scores: Sequence[float]) -> float | None:
    """The middle of some ratings, None where there are none."""
    return sum(scores) / len(scores) if scores else None


def spread(scores: Sequence[float]) -> float | None:
    """How far the highest lies from the lowest; None where fewer than two people rated."""
    return max(scores) - min(scores) if len(scores) > 1 else None


def disagreement(scores: Sequence[float]) -> tuple[float, float]:
    """The key that sorts the widest disagreement first: the spread, then how much the ratings differ all in all."""
    middle = mean(scores)
    if middle is None:
        return (1.0, 0.0)
    return (-(spread(scores) or 0.0), -sum(abs(score - middle) for score in scores))


def check_decision(decision: str) -> str:
    """What was decided, cleaned. Raises RuleBroken where nothing was written."""
    cleaned = text.clean(decision)
    if not cleaned:
        raise RuleBroken.at("decision", "Write what was decided, like “Offer to Ada first, Bela second”.")
    if len(cleaned) > LONGEST_TEXT:
        raise RuleBroken.at("decision", f"Use at most {LONGEST_TEXT} characters.")
    return cleaned


def clear_leader(cards: Mapping[int, Sequence[float]]) -> int | None:
    """Who is clearly ahead by the plain mean of their recommendations; None where nobody is.

    The lead over each of the others is to be larger than twice its standard error. Whoever is compared has two cards at
    least: one card says nothing of how far people differ.
    """
    rated = {application_id: scores for application_id, scores in cards.items() if scores}
    first = max(rated, key=lambda application_id: fmean(rated[application_id]), default=None)
    if first is None:
        return None
    others = [scores for application_id, scores in rated.items() if application_id != first]
    return first if others and all(_clear(rated[first], scores) for scores in others) else None


def _clear(first: Sequence[float], second: Sequence[float]) -> bool:
    if min(len(first), len(second)) < CARDS_TO_COMPARE:
        return False
    error = sqrt(sum(max(variance(scores), STEP) / len(scores) for scores in (first, second)))
    lead = fmean(first) - fmean(second)
    return lead > CLEAR * error


def check_departure(*, differs: bool, names: tuple[str, str], reason: str) -> None:
    """A choice of another than the cards had clearly ahead is written down with its reason."""
    if differs and not text.clean(reason):
        message = f"{names[0]} had the higher plain mean of the scorecards. Say why {names[1]} comes first."
        raise RuleBroken.at("reason", message)


def speaking_order(card_counts: Mapping[int, int], *, decides: int) -> list[int]:
    """Who speaks when: whoever has sent the fewest cards first, so that nobody follows the experienced; who decides, last."""
    return sorted(card_counts, key=lambda user_id: (user_id == decides, card_counts[user_id]))


def check_open(*, missing: Sequence[str], opened: bool, reason: str) -> bool:
    """Whether this opens the debrief early. Raises Conflict where cards are missing and nobody says why not to wait for them."""
    if not missing or opened:
        return False
    if not reason:
        names = ", ".join(dict.fromkeys(missing))
        raise Conflict(f"The debrief waits for the scorecards of {names}. Wait for them, or open it early and say why.")
    return True


def check_reason(reason: str) -> str:
    """Why a debrief opens before all cards are in, cleaned. Raises RuleBroken where nothing was written."""
    cleaned = text.clean(reason)[:LONGEST_TEXT]
    if not cleaned:
        raise RuleBroken.at("open_early", "Say why the debrief opens before all scorecards are in.")
    return cleaned
