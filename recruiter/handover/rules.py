"""Who goes on with the work of somebody who leaves, and how it is said before it is done."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from recruiter.accounts.models import User
from recruiter.candidates.models import Task
from recruiter.foundation.wording import listing, plural
from recruiter.interviews.models import Interview
from recruiter.keepwarm.models.records import Concern
from recruiter.offers.approval.approval_rounds import Approvable
from recruiter.requisitions.models import Requisition


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
class Duties:
    """What waits for somebody: follow-ups and concerns, each with who would take over (None: nobody is left).

    `turns` are the offers and cases whose approval asks them, `interviews` those to come with them on the panel, `searches` the confidential
    ones that nobody else reaches.
    """

    tasks: list[tuple[Task, User | None]] = field(default_factory=list)
    concerns: list[tuple[Concern, User | None]] = field(default_factory=list)
    turns: list[Approvable] = field(default_factory=list)
    interviews: list[Interview] = field(default_factory=list)
    searches: list[Requisition] = field(default_factory=list)

    @property
    def sentences(self) -> list[str]:
        """What becomes of it when the account ends, a sentence each: counts and colleagues alone, no candidates."""
        taken = self._by_successor()
        lines = [f"{name} takes over {listing(counts)}." for name, counts in taken.items() if name]
        if left := taken.get(""):
            lines.append(f"Nobody on the search can take over {listing(left)}. Choose somebody on Today.")
        if self.turns:
            verb = "waits" if len(self.turns) == 1 else "wait"
            lines.append(f"{plural(len(self.turns), 'approval')} {verb} for them. Give each to another approver.")
        if self.interviews:
            verb = "needs" if len(self.interviews) == 1 else "need"
            lines.append(f"{plural(len(self.interviews), 'coming interview')} {verb} somebody else on the panel.")
        if self.searches:
            count = plural(len(self.searches), "confidential search", "confidential searches")
            lines.append(f"Nobody else reaches {count}. An administrator can, with a reason on record.")
        return lines

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
