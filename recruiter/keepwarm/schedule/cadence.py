"""After how many days a finalist hears from us, by situation: the usual days, and what one requisition makes of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from recruiter.foundation.errors import RuleBroken
from recruiter.requisitions.models import Requisition

MOST, YEAR = 60, 365
WORKING, PLAIN = "working days", "days"


class Situation(StrEnum):
    """What a finalist waits in."""

    BENCH = "bench"
    OFFER_OUT = "offer_out"
    ACCEPTED = "accepted"
    DEADLINE = "deadline"
    SLIP = "slip"
    FINAL_ROUND = "final_round"
    FEEDBACK = "feedback"
    BUFFER = "buffer"
    IN_TOUCH_FIRST = "in_touch_first"
    IN_TOUCH_SECOND = "in_touch_second"
    IN_TOUCH_THIRD = "in_touch_third"


@dataclass(frozen=True)
class Clock:
    """The usual days of a situation, whether they are working days or days of the calendar, and how many there may be."""

    label: str
    does: str
    days: int
    unit: str = WORKING
    most: int = MOST


CLOCKS: dict[Situation, Clock] = {
    Situation.BENCH: Clock(
        "Decision pending", "Days until you talk both ways: still interested, other deadlines", 7, PLAIN
    ),
    Situation.OFFER_OUT: Clock(
        "Offer out to the first choice",
        "Working days from the last talk with somebody on the bench until the next: a message of ours alone does not count",
        3,
    ),
    Situation.ACCEPTED: Clock(
        "Accepted, not started", "Days until you talk with the bench, until the first day of work", 7, PLAIN
    ),
    Situation.DEADLINE: Clock("Another employer decides", "Working days before it on which you are in touch", 2),
    Situation.SLIP: Clock("A promise falls due", "Working days before it on which you say whether it holds", 1),
    Situation.FINAL_ROUND: Clock(
        "Final interview done", "Working days until you thank them and name the day of the decision", 1
    ),
    Situation.FEEDBACK: Clock("Not chosen", "Working days until they get specific feedback", 2),
    Situation.BUFFER: Clock("Naming a date", "Working days of buffer on top of the day of the decision", 2),
    Situation.IN_TOUCH_FIRST: Clock(
        "After the search, first contact", "Days after they agreed to be kept in touch with", 30, PLAIN, YEAR
    ),
    Situation.IN_TOUCH_SECOND: Clock(
        "After the search, second contact", "Days after they agreed to be kept in touch with", 90, PLAIN, YEAR
    ),
    Situation.IN_TOUCH_THIRD: Clock(
        "After the search, third contact", "Days after they agreed, and again after as many", 180, PLAIN, YEAR
    ),
}  # the first three are the defaults of the product; the others follow practice


@dataclass(frozen=True)
class Cadence:
    """The days of every situation on one requisition."""

    own: Mapping[Situation, int] = field(default_factory=dict)

    def days(self, situation: Situation) -> int:
        """How many days, in the unit of the situation."""
        return self.own.get(situation, CLOCKS[situation].days)

    def of_requisition(self, requisition: Requisition) -> Cadence:
        """The same with the two clocks that stand on the requisition itself."""
        here = {Situation.BENCH: requisition.cadence_bench_days, Situation.OFFER_OUT: requisition.cadence_offer_days}
        return Cadence({**self.own, **here})

    @property
    def in_touch(self) -> tuple[int, ...]:
        """After how many days somebody hears who agreed to be kept in touch with, the nearest first."""
        return tuple(sorted({self.days(situation) for situation in IN_TOUCH}))


IN_TOUCH = (Situation.IN_TOUCH_FIRST, Situation.IN_TOUCH_SECOND, Situation.IN_TOUCH_THIRD)
USUAL = Cadence()


def check(chosen: Mapping[Situation, int]) -> None:
    """Days from 1 to 60, to 365 after a search; the buffer and the warning before a slip may be 0."""
    fewest = {situation: 0 if situation in {Situation.BUFFER, Situation.SLIP} else 1 for situation in chosen}
    wrong = {
        situation.value: [f"Enter {fewest[situation]} to {CLOCKS[situation].most} days."]
        for situation, days in chosen.items()
        if not fewest[situation] <= days <= CLOCKS[situation].most
    }
    if wrong:
        raise RuleBroken("Some of the days do not fit. Nothing was changed.", errors=wrong)
