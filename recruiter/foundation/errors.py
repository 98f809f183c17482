"""What can be wrong with a request, in words for its maker. Doors turn each kind into its status."""

from __future__ import annotations

import datetime as dt


class DomainError(Exception):
    """Something was asked that cannot be done. The message is one sentence for the person who asked."""

    status = 422

    def __init__(self, message: str, *, errors: dict[str, list[str]] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.errors = errors or {}


class RuleBroken(DomainError):  # noqa: N818  # the field's words read better than RuleBrokenError
    """Not acceptable as asked: 422, with the field it belongs to."""

    @classmethod
    def at(cls, field: str, message: str) -> RuleBroken:
        """A broken rule that belongs to one field."""
        return cls(message, errors={field: [message]})


class Malformed(DomainError):  # noqa: N818
    """The request itself was made wrong, before what it asks for: 400."""

    status = 400


class NotFound(DomainError):  # noqa: N818
    """Not there, or not for this person: the two look the same."""

    status = 404

    def __init__(self, message: str = "There is nothing here, or it is not yours to see.") -> None:
        super().__init__(message)


class Erased(NotFound):
    """What there was of a person until their data was erased, at an instant: 404, and that is said, without a name."""

    def __init__(self, at: dt.datetime) -> None:
        super().__init__(
            f"The data of this person was erased on {at:%-d %B %Y}. What stays are figures without a name."
        )
        self.at = at


class Conflict(DomainError):  # noqa: N818
    """The thing has moved on, or its state does not allow this: 409."""

    status = 409


class Overtaken(Conflict):
    """Somebody else saved the same thing since it was read, if only a moment ago: 409, and what was typed is kept."""


class NotSeen(DomainError):  # noqa: N818
    """A decision that does not say what it was made on: 428, with the marks of what stands now."""

    status = 428

    def __init__(self, message: str, *, current: dict[str, str | int]) -> None:
        super().__init__(message)
        self.current = current


class Forbidden(DomainError):  # noqa: N818
    """Visible, but not for this person to do: 403."""

    status = 403


class Busy(DomainError):  # noqa: N818
    """The database is busy with the changes of others, or cannot be reached just now: 503."""

    status = 503

    def __init__(self) -> None:
        super().__init__(
            "The changes of others are still being saved. Nothing of yours was changed: send it again in a moment."
        )
