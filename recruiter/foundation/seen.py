"""What somebody has seen before they decide: a decision names it, so that nobody approves what has changed since."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum

from recruiter.foundation.errors import Conflict, NotSeen


class Seen(Enum):
    """Marks that no request can send."""

    PRESENT = "what stands now"  # for whoever decides on a record in hand, not on a page or an answer made of it


Mark = int | str | Seen | None


def check_seen(
    mark: Mark, *, present: Collection[int | str | None], versions: dict[str, str | int], name_it: str, changed: str
) -> None:
    """A decision names what stands now. Raises NotSeen where it names nothing, Conflict where that has changed since.

    Args:
        mark: what the decision names.
        present: the marks of what stands now.
        versions: those that whoever named none is told.
        name_it: how it is named, in a sentence.
        changed: that it has changed, in a sentence.
    """
    if mark is None or mark == "":
        raise NotSeen(name_it, current=versions)
    if mark is not Seen.PRESENT and mark not in present:
        raise Conflict(changed)
