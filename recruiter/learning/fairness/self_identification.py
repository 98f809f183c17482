"""What people said of themselves, made comparable: declined is unknown, several races are their own category."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Mapping

from recruiter.learning.fairness.types import UNKNOWN

DECLINED = "declined"
SEX, RACE, BOTH = "sex", "race_ethnicity", "sex_by_race_ethnicity"
TITLES = {SEX: "Sex", RACE: "Race or ethnicity", BOTH: "Sex by race or ethnicity"}
SEVERAL = "Two or more"
LONGEST = 60  # characters of an answer; a longer one is a story, not a category
_DECLINING = {
    "declined", "decline", "decline to answer", "decline to state", "decline to self identify", "declined to answer",
    "prefer not to say", "prefer not to answer", "i do not wish to answer", "no answer", "not disclosed", "undisclosed",
}  # fmt: skip
_STANDARD = {
    name.casefold(): name
    for name in (
        "Female", "Male", "Non-binary", "White", "Black or African American", "Hispanic or Latino", "Asian",
        "American Indian or Alaska Native", "Native Hawaiian or Pacific Islander", SEVERAL,
    )
}  # fmt: skip
_NOTHING = {"", "unknown", "n/a", "na", "none", "-", "?"}


def category_of(text: str) -> str:
    """One answer as a category: `declined` where somebody declined, `unknown` where nothing was said; several make one.

    Case and spaces do not matter. Answers apart by `;` or `|` are several.
    """
    parts = sorted({_plain(part) for part in text.replace("|", ";").split(";")} - {""})
    if len(parts) > 1:
        return SEVERAL
    plain = parts[0] if parts else ""
    folded = plain.casefold().replace("-", " ").strip(" .")
    if folded in _DECLINING:
        return DECLINED
    return UNKNOWN if folded in _NOTHING or not folded else plain


def _plain(text: str) -> str:
    clean = " ".join("".join(c if c.isprintable() else " " for c in unicodedata.normalize("NFC", text)).split())
    return _STANDARD.get(clean.casefold(), clean[:1].upper() + clean[1:])


def known_categories(answers: Mapping[str, str]) -> dict[str, str]:
    """Item -> category for those whose answer is known; declined and unknown are left out, and so counted as unknown.

    Categories that differ in case alone are one, in the spelling that most used.
    """
    spellings: dict[str, Counter[str]] = {}
    for answer in answers.values():
        spellings.setdefault(answer.casefold(), Counter())[answer] += 1
    chosen = {key: min(counts, key=lambda spelling: (-counts[spelling], spelling)) for key, counts in spellings.items()}
    return {item: chosen[answer.casefold()] for item, answer in answers.items() if answer not in {UNKNOWN, DECLINED}}


def title_of(question: str) -> str:
    """A question in words."""
    return TITLES.get(question, question.replace("_", " ").capitalize())


def known_answers(answers: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Question -> item -> category where it is known, and sex by race for those who told both."""
    known = {question: known_categories(categories) for question, categories in answers.items()}
    if SEX in known and RACE in known:
        race = known[RACE]
        known[BOTH] = {item: f"{sex}, {race[item]}" for item, sex in known[SEX].items() if item in race}
    return known
