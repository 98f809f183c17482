"""Everything that this database holds about a person, as JSON of their own, without names of others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import RowMapping, Table, select
from sqlalchemy.orm import Session, selectinload

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.foundation.act import Moment
from recruiter.foundation.database import sound_reading
from recruiter.foundation.json_types import JsonObject
from recruiter.pipeline.models import Application
from recruiter.privacy.access.mask_rules import Mask, labels
from recruiter.privacy.person import person_queries
from recruiter.privacy.person.identity_rules import Identity
from recruiter.ranking.models import Prediction
from recruiter.requisitions.models import Requisition

FORMAT = "recruiter.person/1"
OF_OTHERS = {"set_apart", "note_reader", "erased_address"}  # a row that says nothing but who else there is
SELF_IDENTIFICATION = "protected_answer"
INTERNAL = {"storage_key", "name_key", "search_key", "tags_key", "text_key", "key", "digest", "version"}
COLLEAGUE_COLUMNS = {("endorsement", "email"), ("endorsement", "name"), ("endorsement", "team")}
PURPOSE = (
    "To decide on applications, to keep in touch where you agreed to it, and to show later how decisions were made."
)
RECIPIENTS = "The people here who hire for the requisitions named below. Nobody else, unless a row says so."


@dataclass(frozen=True)
class Scope:
    """What the file leaves out: answers on self-identification where not the person's own hands take it out."""

    with_self_identification: bool = False
    hidden_cards: frozenset[int] = frozenset()  # applications on which whoever takes the file out owes a card


def mask_of(session: Session, records: Sequence[Candidate], requisition_ids: Sequence[int]) -> Mask:
    """Whose names are masked in what a person is given."""
    own = {record.id for record in records}
    users = session.execute(select(User.name, User.email)).all()
    beside = select(Candidate.name).join(Application).where(Application.requisition_id.in_(requisition_ids))
    return Mask(
        person=tuple(record.name for record in records),
        colleagues=Identity(names=tuple(row[0] for row in users), exact=tuple(row[1] for row in users)),
        candidates=frozenset(session.scalars(select(Candidate.name_key).where(Candidate.id.not_in(own)))),
        beside=tuple(session.scalars(beside.where(Candidate.id.not_in(own)))),
    )


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, dt.datetime | dt.date) else value


def _row(table: Table, row: Any, colleagues: dict[int, str], mask: Mask) -> JsonObject:
    """A row for the person: colleagues by a label, other candidates left out, names in words masked."""
    answer: JsonObject = {}
    for column in table.columns:
        value = row[column.name]
        targets = {key.column.table.name for key in column.foreign_keys}
        if column.name in INTERNAL or (table.name, column.name) in COLLEAGUE_COLUMNS:
            continue
        if User.__tablename__ in targets:
            answer[column.name.removesuffix("_id")] = colleagues.get(value)
        elif column.name in person_queries.words_of(table):
            answer[column.name] = mask.masked(value)
        else:
            answer[column.name] = _plain(value)
    return answer


def _rows_of(session: Session, table: Table, ids: Sequence[int]) -> Sequence[RowMapping]:
    """Rows of a table by their numbers, without those that cannot be read."""
    query = select(table).where(table.c.id.in_(ids), *sound_reading.sound(session, table))
    return session.execute(query.order_by(table.c.id)).mappings().all()


def everything_about(session: Session, *, records: Sequence[Candidate], moment: Moment, scope: Scope) -> JsonObject:
    """All rows about a person, in every record of theirs, by table; what rankings used of them; what it is for.

    Interviewers are “colleague 1”, other candidates are not named.
    """
    roots = {person_queries.ROOT: [record.id for record in records]}
    tables = [
        (declaration, table, _rows_of(session, table, ids))
        for declaration, table, ids in person_queries.held_rows(session, roots)
        if table.name not in OF_OTHERS and (scope.with_self_identification or table.name != SELF_IDENTIFICATION)
    ]  # fmt: skip
    colleagues = labels(
        row[column.name]
        for _, table, rows in tables
        for column in table.columns
        if User.__tablename__ in {key.column.table.name for key in column.foreign_keys}
        for row in rows
        if row[column.name] is not None
    )
    applications = {row["id"]: row for _, table, rows in tables if table.name == "application" for row in rows}
    requisition_ids = sorted({row["requisition_id"] for row in applications.values()})
    mask = mask_of(session, records, requisition_ids)
    hidden = _card_ids(session, scope)
    return {
        "format": FORMAT,
        "made_at": moment.now.isoformat(),
        "purpose": PURPOSE,
        "recipients": RECIPIENTS,
        "sources": sorted({record.source for record in records} - {""}),
        "requisitions": _requisitions(session, requisition_ids),
        "records": {
            table.name: {
                "title": declaration.title,
                "rows": [
                    _row(table, row, colleagues, mask) for row in rows if row["id"] not in hidden.get(table.name, ())
                ],
            }
            for declaration, table, rows in reversed(tables)
        },
        "rankings": _rankings(session, requisition_ids, set(applications), colleagues),
        "left_out": _left_out(scope),
    }


def _card_ids(session: Session, scope: Scope) -> dict[str, set[int]]:
    """The rows of scorecards that whoever takes the file out may not read yet."""
    if not scope.hidden_cards:
        return {}
    roots = {"application": sorted(scope.hidden_cards)}
    cards = {"scorecard", "rating", "scorecard_version", "kept_card", "debrief_record", "debrief_verdict", "finalist"}
    return {table.name: set(ids) for _, table, ids in person_queries.held_rows(session, roots) if table.name in cards}


def _left_out(scope: Scope) -> list[str]:
    sentences = ["Names of colleagues and of other candidates."]
    if not scope.with_self_identification:
        sentences.append(
            "Voluntary answers on self-identification, which nobody here reads: `recruiter person export` has them."
        )
    if scope.hidden_cards:
        sentences.append(
            "Scorecards of an application on which whoever made this file has not submitted their own yet."
        )
    return sentences


def _requisitions(session: Session, ids: Sequence[int]) -> list[JsonObject]:
    rows = session.scalars(select(Requisition).where(Requisition.id.in_(ids)).order_by(Requisition.id))
    return [{"id": each.id, "key": each.key, "title": each.title} for each in rows]


def _of_them(value: Any, application_ids: set[int]) -> list[Any]:
    """The parts of JSON that name one of the applications by number."""
    if isinstance(value, dict):
        number = value.get("application_id", value.get("application"))
        if number in application_ids:
            return [value]
        return [part for each in value.values() for part in _of_them(each, application_ids)]
    if isinstance(value, list):
        return [part for each in value for part in _of_them(each, application_ids)]
    return []


def _rankings(
    session: Session, requisition_ids: Sequence[int], application_ids: set[int], colleagues: dict[int, str]
) -> list[JsonObject]:
    """The suggested rankings on which somebody relied: what of the person went in, what came out, and how far it was followed."""
    query = select(Prediction).where(Prediction.requisition_id.in_(requisition_ids)).order_by(Prediction.id)
    return [
        {
            "requisition_id": prediction.requisition_id,
            "made_at": prediction.made_at.isoformat(),
            "model": prediction.run.name if prediction.run else "scorecard weights",
            "inputs": _of_them(prediction.inputs, application_ids),
            "output": _of_them(prediction.output.get("ranking", []), application_ids),
            "relied_on": [
                {
                    "for": use.use.value,
                    "at": use.at.isoformat(),
                    "by": colleagues.get(use.by_id or 0, "a colleague"),
                    "followed": use.followed,
                }
                for use in prediction.uses
            ],
        }
        for prediction in session.scalars(query.options(selectinload(Prediction.uses), selectinload(Prediction.run)))
        if _of_them(prediction.output.get("ranking", []), application_ids)
    ]
