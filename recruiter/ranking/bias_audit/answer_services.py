"""Answers of self-identification come in: by file, under a named text of consent, and out again when somebody takes theirs back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.candidates import rules as candidates
from recruiter.candidates.models import Candidate, Contact, ContactKind
from recruiter.foundation.act import Moment
from recruiter.foundation.database.chunks import chunks
from recruiter.foundation.errors import RuleBroken
from recruiter.ranking.bias_audit import answer_file
from recruiter.ranking.bias_audit.answer_file import AnswerRow
from recruiter.ranking.bias_audit.protected import AnswerLoad, ProtectedAnswer


def load(session: Session, *, path: Path, consent_version: str, act: Moment) -> AnswerLoad:
    """Keep the answers of a CSV file (answer_file.read), later ones in place of earlier ones; empty cells change nothing.

    A row's own `consent_version` goes before the one given. Raises RuleBroken where any row is wrong; then nothing is kept.
    """
    return save(session, sent=read(path), consent_version=consent_version, act=act)


@dataclass(frozen=True)
class SentAnswers:
    """The answers of a file, and the SHA-256 of its content."""

    rows: Sequence[AnswerRow]
    digest: str


def read(path: Path) -> SentAnswers:
    """Read a file of answers. Raises RuleBroken where any row is wrong."""
    return SentAnswers(answer_file.read(path), hashlib.sha256(path.read_bytes()).hexdigest())


def save(session: Session, *, sent: SentAnswers, consent_version: str, act: Moment) -> AnswerLoad:
    """Keep answers that were read, one load for each text of consent; answers with the last of them."""
    rows = sent.rows
    candidate_of_line = _candidates_by_line(session, rows)
    rows_by_version: dict[str, list[AnswerRow]] = {}
    for row in rows:
        rows_by_version.setdefault(row.consent_version or consent_version.strip(), []).append(row)
    if "" in rows_by_version:
        raise RuleBroken.at("consent_version", "Say under which text of consent the answers were given, like 2026-03.")
    last: AnswerLoad | None = None
    for version, version_rows in sorted(rows_by_version.items()):
        last = AnswerLoad(
            consent_version=version,
            content_digest=sent.digest,
            answers=sum(len(row.answers) for row in version_rows),
            loaded_by_id=act.actor_id,
            loaded_at=act.now,
        )
        session.add(last)
        session.flush()
        _save_rows(session, version_rows, candidate_of_line, load_id=last.id, today=act.today)
        counts = {"people": len(version_rows), "answers": last.answers}
        audit.record(session, action=AuditAction.SELF_IDENTIFICATION_LOADED, subject=last, act=act, **counts)
    if last is None:
        raise RuleBroken.at("file", "There are no answers in it.")
    return last


def _save_rows(
    session: Session, rows: Sequence[AnswerRow], candidate_of_line: dict[int, int], *, load_id: int, today: dt.date
) -> None:
    stored: dict[tuple[int, str], ProtectedAnswer] = {}
    for people in chunks(sorted({candidate_of_line[row.line] for row in rows})):
        query = select(ProtectedAnswer).where(ProtectedAnswer.candidate_id.in_(people))
        stored.update({(answer.candidate_id, answer.question): answer for answer in session.scalars(query)})
    for row in rows:
        candidate_id = candidate_of_line[row.line]
        for question, category in row.answers.items():
            previous = stored.get((candidate_id, question))
            if category is not None:
                answer = previous or ProtectedAnswer(candidate_id=candidate_id, question=question)
                answer.category, answer.load_id, answer.answered_on = category, load_id, row.answered_on or today
                session.add(answer)
            elif previous is not None:
                session.delete(previous)
    session.flush()


def _candidates_by_line(session: Session, answer_rows: Sequence[AnswerRow]) -> dict[int, int]:
    """Line -> candidate. Raises RuleBroken with the rows whose candidate is not here or stands twice."""
    problems: list[str] = []
    keys: dict[int, str] = {}
    for row in answer_rows:
        if row.candidate_id is None:
            try:
                keys[row.line] = candidates.email_key(row.email)
            except RuleBroken:
                problems.append(f"line {row.line}: the e-mail address is not one")
    known: set[int] = set()
    for numbers in chunks(sorted({row.candidate_id for row in answer_rows if row.candidate_id is not None})):
        known |= set(session.scalars(select(Candidate.id).where(Candidate.id.in_(numbers))))
    by_key: dict[str, int] = {}
    of_email = select(Contact.key, Contact.candidate_id).where(Contact.kind == ContactKind.EMAIL)
    for email_keys in chunks(sorted(set(keys.values()))):
        rows = session.execute(of_email.where(Contact.key.in_(email_keys)).order_by(Contact.candidate_id.desc()))
        by_key.update({key: number for key, number in rows})  # noqa: C416  # rows are not pairs to mypy
    candidate_of_line: dict[int, int] = {}
    lines: dict[int, int] = {}
    for row in answer_rows:
        number = row.candidate_id if row.candidate_id in known else by_key.get(keys.get(row.line, ""))
        if number is None:
            if row.candidate_id is not None or row.line in keys:
                problems.append(f"line {row.line}: there is no such candidate")
            continue
        if number in lines:
            problems.append(f"line {row.line}: the same candidate as line {lines[number]}")
        lines.setdefault(number, row.line)
        candidate_of_line[row.line] = number
    answer_file.refuse(problems)
    return candidate_of_line
