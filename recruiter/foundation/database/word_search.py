"""Words of a search in columns that hold folded text, on either engine."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, func, true

from recruiter.foundation import text

MOST_WORDS = 8
APOSTROPHE = "'"


def has_word(column: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """That folded text holds a folded word or a part of one; O'Brien has the word obrien, and `%` is a sign like any other."""
    return func.replace(column, APOSTROPHE, "").contains(word.replace(APOSTROPHE, ""), autoescape=True)


def has_words(column: ColumnElement[str], q: str) -> ColumnElement[bool]:
    """That folded text holds every word of a search, in any order."""
    return and_(true(), *(has_word(column, word) for word in text.folded(q).split()[:MOST_WORDS]))
