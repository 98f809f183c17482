"""Texts about others that name an erased person: the name is taken out, the rest stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from sqlalchemy import JSON, ColumnElement, Select, Table, Text, cast, or_, select, update
from sqlalchemy.orm import Session

from recruiter.candidates.models import Candidate
from recruiter.foundation import text
from recruiter.foundation.database.db import Base
from recruiter.pipeline.models import Application
from recruiter.privacy.person import person_queries
from recruiter.privacy.person.identity_rules import Identity, likeness, taken_out

UNTOUCHED = {"audit_entry", "audit_head", "user"}  # the chain holds numbers alone; people who work here are others
OF_REQUISITION = "requisition_id"
FOLDED = {"name_key", "search_key", "text_key"}  # made of other columns


def _written(table: Table, name: str) -> tuple[ColumnElement[str], bool]:
    """A column as text to look in, and whether it is JSON."""
    in_json = isinstance(table.c[name].type, JSON)
    return (cast(table.c[name], Text) if in_json else table.c[name]), in_json


def _naming(table: Table, names: list[str], needles: Iterable[str]) -> ColumnElement[bool]:
    """That a column of a row may name the person; what it says exactly is looked at afterwards."""
    conditions: list[ColumnElement[bool]] = []
    for name in names:
        column, in_json = _written(table, name)
        for needle in needles:
            likely, is_pattern = likeness(needle, in_json=in_json)
            conditions.append(column.ilike(likely) if is_pattern else column.contains(likely, autoescape=True))
    return or_(*conditions)


def _clean(session: Session, table: Table, names: list[str], rows: Select[Any], pattern: re.Pattern[str]) -> int:
    """Take what a pattern finds out of the columns of some rows; how many rows were changed."""
    changed = 0
    for number, *values in session.execute(rows).all():
        cleaned = {
            name: new
            for name, old in zip(names, values, strict=True)
            if old is not None and (new := taken_out(old, pattern)) != old
        }
        if "text" in cleaned and "text_key" in table.c:
            cleaned["text_key"] = text.folded(cleaned["text"])
        if cleaned:
            raised = {"version": table.c.version + 1} if "version" in table.c else {}
            session.execute(update(table).where(table.c.id == number).values({**cleaned, **raised}))
            changed += 1
    return changed


def take_out(session: Session, identity: Identity, *, requisition_ids: list[int]) -> int:
    """Take a person's names, addresses, numbers and links out of every text of this database; how many rows were changed.

    A first or last name alone goes from what was written on the requisitions on which they were.
    """
    changed = 0
    for table in Base.metadata.sorted_tables:
        names = person_queries.words_of(table)
        if table.name in UNTOUCHED or not names or identity.pattern is None:
            continue
        rows = select(table.c.id, *(table.c[name] for name in names)).where(_naming(table, names, identity.needles))
        changed += _clean(session, table, names, rows, identity.pattern)
    changed += _take_out_parts(session, identity, requisition_ids)
    session.expire_all()
    return changed


def _take_out_parts(session: Session, identity: Identity, requisition_ids: list[int]) -> int:
    """Take a first or last name alone out of what was written on some requisitions and on who else stood on them."""
    others = select(Application.id, Application.candidate_id, Candidate.name).join(Candidate)
    on_requisitions = session.execute(others.where(Application.requisition_id.in_(requisition_ids))).all()
    pattern = identity.parts(row[2] for row in on_requisitions if row[2] not in identity.names)
    if pattern is None:
        return 0
    roots = {
        "application": [row[0] for row in on_requisitions],
        person_queries.ROOT: [row[1] for row in on_requisitions],
    }
    conditions = {table.name: table.c.id.in_(ids) for _, table, ids in person_queries.held_rows(session, roots)}
    changed = 0
    for table in Base.metadata.sorted_tables:
        names = [name for name in person_queries.words_of(table) if name not in FOLDED]
        where = conditions.get(table.name)
        if where is None and OF_REQUISITION in table.c:
            where = table.c[OF_REQUISITION].in_(requisition_ids)
        if where is not None and names and table.name not in UNTOUCHED:
            rows = select(table.c.id, *(table.c[name] for name in names)).where(where)
            changed += _clean(session, table, names, rows, pattern)
    return changed
