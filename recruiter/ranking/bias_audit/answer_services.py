"""Answers of self-identification come in: by file, under a named text of consent, and out again when somebody takes his back."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import TYPE_CHECKING

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.audit import services as audit
from recruiter.candidates import rules as candidates
from recruiter.candidates.models import Candidate, Contact, ContactKind
from recruiter.foundation.errors import RuleBroken
from recruiter.ranking.bias_audit import answer_file
from recruiter.ranking.bias_audit.answer_file import Told
from recruiter.ranking.bias_audit.protected import AnswerLoad, ProtectedAnswer

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

CHUNK = 500


def load(session: Session, *, path: Path, consent_version: str, actor: User | None, now: dt.datetime) -> AnswerLoad:
    """Keep the answers of a CSV file (reading.read), later ones in place of earlier ones; empty cells change nothing.

    A row's own `consent_version` goes before the one given. Raises RuleBroken where any row is wrong; then nothing is kept.
    """
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return keep(
        session, told=answer_file.read(path), digest=digest, consent_version=consent_version, actor=actor, now=now
    )


def keep(
    session: Session, *, told: Sequence[Told], digest: str, consent_version: str, actor: User | None, now: dt.datetime
) -> AnswerLoad:
    """Keep answers that were read, one load for each text of consent; answers with the last of them."""
    whose = _whose(session, told)
    versions = {one.consent_version or consent_version.strip() for one in told}
    if "" in versions:
        raise RuleBroken.at("consent_version", "Say under which text of consent the answers were given, like 2026-03.")
    last: AnswerLoad | None = None
    for version in sorted(versions):
        part = [one for one in told if (one.consent_version or consent_version.strip()) == version]
        last = _load(session, part, whose, AnswerLoad(
            consent_version=version, content_digest=digest, answers=sum(len(one.answers) for one in part),
            loaded_by_id=actor.id if actor else None, loaded_at=now,
        ))  # fmt: skip
        audit.record(
            session,
            action="self_identification.loaded",
            subject=last,
            actor_id=last.loaded_by_id,
            at=now,
            people=len(part),
            answers=last.answers,
        )
    if last is None:
        raise RuleBroken.at("file", "There are no answers in it.")
    return last


def forget(session: Session, *, candidate_id: int) -> int:
    """Take every answer of a candidate away, as his erasure does. Answers how many there were."""
    gone = session.execute(delete(ProtectedAnswer).where(ProtectedAnswer.candidate_id == candidate_id))
    return int(gone.rowcount)  # type: ignore[attr-defined]  # a delete answers with a CursorResult


def _load(session: Session, told: Sequence[Told], whose: dict[int, int], made: AnswerLoad) -> AnswerLoad:
    session.add(made)
    session.flush()
    stored: dict[tuple[int, str], ProtectedAnswer] = {}
    people = sorted({whose[one.line] for one in told})
    for start in range(0, len(people), CHUNK):
        part = select(ProtectedAnswer).where(ProtectedAnswer.candidate_id.in_(people[start : start + CHUNK]))
        stored.update({(one.candidate_id, one.question): one for one in session.scalars(part)})
    for one in told:
        for question, category in one.answers.items():
            before = stored.get((whose[one.line], question))
            if category is None:
                if before is not None:
                    session.delete(before)
                continue
            kept = before or ProtectedAnswer(candidate_id=whose[one.line], question=question)
            kept.category, kept.load_id = category, made.id
            kept.answered_on = one.answered_on or made.loaded_at.date()
            session.add(kept)
    session.flush()
    return made


def _whose(session: Session, told: Sequence[Told]) -> dict[int, int]:
    """Line -> candidate. Raises RuleBroken with the rows whose candidate is not here or stands twice."""
    wrong: list[str] = []
    keys: dict[int, str] = {}
    for one in told:
        if one.candidate_id is None:
            try:
                keys[one.line] = candidates.email_key(one.email)
            except RuleBroken:
                wrong.append(f"line {one.line}: the e-mail address is not one")
    numbers = sorted({one.candidate_id for one in told if one.candidate_id is not None})
    known: set[int] = set()
    for start in range(0, len(numbers), CHUNK):
        known |= set(session.scalars(select(Candidate.id).where(Candidate.id.in_(numbers[start : start + CHUNK]))))
    by_key: dict[str, int] = {}
    wanted = sorted(set(keys.values()))
    for start in range(0, len(wanted), CHUNK):
        rows = session.execute(
            select(Contact.key, Contact.candidate_id)
            .where(Contact.kind == ContactKind.EMAIL, Contact.key.in_(wanted[start : start + CHUNK]))
            .order_by(Contact.candidate_id.desc())
        )
        by_key.update({key: number for key, number in rows})  # noqa: C416  # rows are not pairs to mypy
    found: dict[int, int] = {}
    lines: dict[int, int] = {}
    for one in told:
        number = one.candidate_id if one.candidate_id in known else by_key.get(keys.get(one.line, ""))
        if number is None:
            if one.candidate_id is not None or one.line in keys:
                wrong.append(f"line {one.line}: there is no such candidate")
            continue
        if number in lines:
            wrong.append(f"line {one.line}: the same candidate as line {lines[number]}")
        lines.setdefault(number, one.line)
        found[one.line] = number
    answer_file.refuse(wrong)
    return found
