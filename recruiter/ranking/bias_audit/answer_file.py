"""A file of answers read and checked, row by row, before anything is kept of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from recruiter.foundation import calendar, text
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.files import csvs
from recruiter.learning.fairness.self_identification import LONGEST, category_of
from recruiter.learning.fairness.types import UNKNOWN

QUESTIONS = ("sex", "race_ethnicity", "disability", "veteran", "age_band", "other")
IDENTITY_COLUMNS = ("candidate_id", "email")
OPTIONAL_COLUMNS = ("answered_on", "consent_version")
WITHDRAWN = "withdrawn"
MOST_CATEGORIES = 24  # more than this in a question is free text, not categories
MOST_ROWS = 200_000
SHOWN = 20


@dataclass(frozen=True)
class AnswerRow:
    """One row: who (number or address), when, under which text, and question -> category, None to take an answer back."""

    line: int
    candidate_id: int | None
    email: str
    answered_on: dt.date | None
    consent_version: str
    answers: dict[str, str | None]


def read(path: Path) -> list[AnswerRow]:
    """The rows of a file. Raises RuleBroken with every row that is wrong; then nothing of the file is used.

    Columns: `candidate_id` or `email`, any of the questions, and where known `answered_on` and `consent_version`.
    """
    try:
        rows = list(csvs.rows(path))
    except csvs.EmptyCsv:
        rows = []
    except csvs.UnreadableCsv:
        raise RuleBroken.at(
            "file", "This is not a CSV file in UTF-8. Save it as CSV UTF-8 and send it again."
        ) from None
    if not rows:
        raise RuleBroken.at("file", "The file has no rows. It needs a header and a row for each candidate.")
    if len(rows) > MOST_ROWS:
        raise RuleBroken.at("file", f"The file has more than {MOST_ROWS:,} rows. Send it in parts.")
    _check_header(set(rows[0][1]))
    answers, problems = [], []
    for line, cells in rows:
        try:
            answers.append(_parse_row(line, cells))
        except ValueError as error:
            problems.append(f"line {line}: {error}")
    refuse(problems)
    for question in QUESTIONS:
        categories = {row.answers.get(question) for row in answers} - {None}
        if len(categories) > MOST_CATEGORIES:
            sentence = f"{question} holds {len(categories)} different answers. Categories are few: sort them first."
            raise RuleBroken.at("file", sentence)
    return answers


def refuse(problems: list[str]) -> None:
    """Raise RuleBroken where rows are wrong, naming the first of them."""
    if problems:
        more = f" and {len(problems) - SHOWN} more" if len(problems) > SHOWN else ""
        rows = "1 row is" if len(problems) == 1 else f"{len(problems)} rows are"
        raise RuleBroken.at("file", f"{rows} wrong, so nothing was kept: {'; '.join(problems[:SHOWN])}{more}.")


def _check_header(header: set[str]) -> None:
    if not header & set(IDENTITY_COLUMNS):
        raise RuleBroken.at("file", "The file needs a column candidate_id or email that says whose answers they are.")
    if not header & set(QUESTIONS):
        raise RuleBroken.at("file", f"The file has no question. Known: {', '.join(QUESTIONS)}.")
    known = (*IDENTITY_COLUMNS, *QUESTIONS, *OPTIONAL_COLUMNS)
    if unknown := sorted(header - {"", *known}):
        sentence = f"The column {unknown[0][:40]} is not known here, so nothing was kept."
        raise RuleBroken.at("file", f"{sentence} Known: {', '.join(known)}.")


def _parse_row(line: int, cells: dict[str, str]) -> AnswerRow:
    number, email = cells.get("candidate_id", ""), cells.get("email", "")
    if number and text.number(number) is None:
        raise ValueError("candidate_id is not a number")
    if not number and not email:
        raise ValueError("neither candidate_id nor email")
    answers: dict[str, str | None] = {}
    for question in QUESTIONS:
        answer = cells.get(question, "")
        if len(answer) > LONGEST:
            raise ValueError(f"{question} is longer than {LONGEST} characters")
        if answer.casefold() == WITHDRAWN:
            answers[question] = None
        elif (category := category_of(answer)) != UNKNOWN:
            answers[question] = category
    try:
        day = calendar.day_from(cells["answered_on"]) if cells.get("answered_on") else None
    except ValueError:
        raise ValueError("answered_on is not a date from 2000 to 2099, like 2026-11-30") from None
    return AnswerRow(line, int(number) if number else None, email, day, cells.get("consent_version", "")[:100], answers)
