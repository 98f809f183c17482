"""What a scope lets somebody see, as the numbers of rows."""

from sqlalchemy import select


def seen_ids(session, scope, model):
    """The numbers of the rows of a table that are in a scope."""
    return set(session.scalars(select(model.id).where(scope.contains(model.id))))
