"""When a debrief opens, and how far apart people are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from recruiter.foundation import text
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.requisitions.models import StageKind

STAGES = (StageKind.INTERVIEW, StageKind.FINAL)
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
    return (-(spread(scores) or 0.0), -sum(abs(one - middle) for one in scores))


def check_decision(decision: str) -> str:
    """What was decided, cleaned. Raises RuleBroken where nothing was written."""
    said = text.clean(decision)
    if not said:
        raise RuleBroken.at("decision", "Write what was decided, like “Offer to Ada first, Bela second”.")
    if len(said) > LONGEST_TEXT:
        raise RuleBroken.at("decision", f"Use at most {LONGEST_TEXT} characters.")
    return said


def ahead(means: Mapping[int, float | None]) -> int | None:
    """Whose mean is the highest; None where nobody is rated or several share the front."""
    rated = {number: middle for number, middle in means.items() if middle is not None}
    best = max(rated.values(), default=None)
    front = [number for number, middle in rated.items() if middle == best]
    return front[0] if len(front) == 1 else None


def check_departure(*, differs: bool, names: tuple[str, str], reason: str) -> None:
    """A choice of another than the cards had ahead is written down with its reason."""
    if differs and not text.clean(reason):
        raise RuleBroken.at("reason", f"The cards had {names[0]} ahead. Say why {names[1]} comes first.")


def speaking(order: Mapping[int, int], *, decides: int) -> list[int]:
    """Who speaks when: whoever has sent the fewest cards first, so that nobody follows the experienced; who decides, last."""
    return sorted(order, key=lambda number: (number == decides, order[number]))


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
    said = text.clean(reason)[:LONGEST_TEXT]
    if not said:
        raise RuleBroken.at("open_early", "Say why the debrief opens before all scorecards are in.")
    return said
