"""The undo of acts on applications: how each was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy.orm import Session

from recruiter.accounts import undo_token_services
from recruiter.accounts.undo_token_services import UndoAction
from recruiter.foundation.act import Act
from recruiter.pipeline.models import Application


@dataclass(frozen=True)
class StageSnapshot:
    """Where an application stood before a move, and since when."""

    stage_id: int
    since: str

    @classmethod
    def of(cls, application: Application) -> StageSnapshot:
        """As it stands now; taken before the move."""
        return cls(application.stage_id, application.stage_since.isoformat())


@dataclass(frozen=True)
class OwnerSnapshot:
    """Whose an application was before it was handed over; None is nobody's."""

    owner_id: int | None


Snapshot = StageSnapshot | OwnerSnapshot | None


def issue_for_applications(
    session: Session, *, action: UndoAction, before: Sequence[tuple[Application, Snapshot]], act: Act
) -> str:
    """A token for an act on applications; `before` is how each was, where the end or the reopening does not say it."""
    session.flush()
    rows = [
        {"id": application.id, "version": application.version, **(asdict(snapshot) if snapshot else {})}
        for application, snapshot in before
    ]
    return undo_token_services.issue(session, action=action, payload={"rows": rows}, act=act)
