"""Who goes on with the work of somebody who leaves, and how it is said before it is done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from recruiter.accounts.models import User
from recruiter.candidates.models import Task
from recruiter.foundation.wording import dated, listing, plural
from recruiter.interviews.models import Interview
from recruiter.keepwarm.models.records import Concern
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.offers.models import ApprovalChain, StandIn
from recruiter.requisitions.models import Requisition

GIVE_TURN = "Give each to another approver under Settings, Approval chains, Approvals without approver."
ENTER_CARDS = "Ask for them before, or enter them from their notes on the page of the interview."


def successor(requisition: Requisition | None, *, leaver: User, owner: User | None = None) -> User | None:
    """Who takes over on a search: whoever looks after the application, else its first recruiter, else its hiring manager.

    None where nobody of them is left.
    """
    if requisition is None:
        return None
    able = [user for user in requisition.recruiters if _goes_on(user, leaver)]
    if owner is not None and owner in able:
        return owner
    if _goes_on(requisition.hiring_manager, leaver):
        able.append(requisition.hiring_manager)
    return able[0] if able else None


def _goes_on(user: User, leaver: User) -> bool:
    return user.active and user.is_staff and user.id != leaver.id


@dataclass(frozen=True)
class Handover:
    """One giving of work: whose it was (None: nobody's), whose it became, who did it (None: a command), and when."""

    before: User | None
    after: User
    by: User | None
    at: dt.datetime


@dataclass(frozen=True)
class Seats:
    """Where somebody sits by their role: the approval chains, the days for which somebody answers for somebody, the open requisitions they run."""

    chains: Sequence[ApprovalChain] = ()
    stand_ins: Sequence[StandIn] = ()
    user_id: int = 0
    n_requisitions: int = 0

    @property
    def sentences(self) -> list[str]:
        """What of it needs somebody else, a sentence each."""
        lines = []
        if self.n_requisitions:
            count = plural(self.n_requisitions, "open requisition")
            lines.append(f"They are hiring manager or recruiter of {count}. Name somebody else there.")
        if self.chains:
            chains = listing([chain.name for chain in self.chains])
            lines.append(f"They approve in {chains}. Choose another approver under Settings, Approval chains.")
        for away in self.stand_ins:
            until = f"until {dated(away.until_on)}"
            if away.deputy_id == self.user_id:
                lines.append(
                    f"They stand in for {away.user.name} {until}. Choose another stand-in under Who stands in."
                )
            else:
                lines.append(
                    f"{away.deputy.name} stands in for them {until}. Give what waits to another approver by then."
                )
        return lines


@dataclass(frozen=True)
class Duties:
    """What waits for somebody: follow-ups and concerns, each with who would take over (None: nobody is left).

    `turns` are the offers and cases whose approval nobody else can give, `interviews` those to come with them on the panel,
    `n_cards` how many of their scorecards are not in, `searches` the confidential ones that nobody else reaches; `seats` what else
    they hold.
    """

    tasks: list[tuple[Task, User | None]] = field(default_factory=list)
    concerns: list[tuple[Concern, User | None]] = field(default_factory=list)
    turns: list[Approvable] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    n_cards: int = 0
    searches: list[Requisition] = field(default_factory=list)
    seats: Seats = field(default_factory=Seats)

    @property
    def sentences(self) -> list[str]:
        """What becomes of it when the account ends, a sentence each: counts and colleagues alone, no candidates."""
        taken = self._by_successor()
        lines = [f"{name} takes over {listing(counts)}." for name, counts in taken.items() if name]
        if left := taken.get(""):
            lines.append(f"Nobody on the search can take over {listing(left)}. Choose somebody on Today.")
        if self.turns:
            verb = "waits" if len(self.turns) == 1 else "wait"
            lines.append(f"{plural(len(self.turns), 'approval')} {verb} for them. {GIVE_TURN}")
        if self.n_cards:
            verb = "is" if self.n_cards == 1 else "are"
            lines.append(f"{plural(self.n_cards, 'scorecard')} of theirs {verb} not in. {ENTER_CARDS}")
        if self.interviews:
            verb = "needs" if len(self.interviews) == 1 else "need"
            lines.append(f"{plural(len(self.interviews), 'coming interview')} {verb} somebody else on the panel.")
        if self.searches:
            count = plural(len(self.searches), "confidential search", "confidential searches")
            lines.append(f"Nobody else reaches {count}. An administrator can, with a reason on record.")
        return lines + self.seats.sentences

    def _by_successor(self) -> dict[str, list[str]]:
        kinds: Sequence[tuple[str, Sequence[tuple[object, User | None]]]] = (
            ("follow-up", self.tasks),
            ("concern", self.concerns),
        )
        counts: dict[str, list[str]] = {}
        for noun, entries in kinds:
            for name, count in Counter(user.name if user else "" for _, user in entries).items():
                counts.setdefault(name, []).append(plural(count, noun))
        return counts
