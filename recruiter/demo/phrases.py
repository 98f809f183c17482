"""What people of the story write; the texts stand in `phrases.toml`."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import NamedTuple

_TEXTS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


class Role(NamedTuple):
    """What a search is for; `middle` is that of the band, in cents."""

    title: str
    team: str
    level: str
    middle: int


ROLES = [Role(*role) for role in _TEXTS["roles"]]
OPEN_ROLES = [Role(*role) for role in _TEXTS["open_roles"]]
ATTRIBUTES: list[tuple[str, str, float]] = _TEXTS["attributes"]
ATTRIBUTE_NAMES = [name for name, _, _ in ATTRIBUTES]
INTERVIEWS: list[tuple[str, list[str]]] = _TEXTS["interviews"]
ANCHORS: dict[str, list[str]] = _TEXTS["anchors"]
EVIDENCE: dict[int, list[str]] = {int(rating): texts for rating, texts in _TEXTS["evidence"].items()}
SUMMARY: dict[int, str] = {int(recommendation): text for recommendation, text in _TEXTS["summary"].items()}
CONCERNS: dict[str, str] = _TEXTS["concerns"]
QUESTIONS: list[str] = _TEXTS["questions"]
UPDATES: list[str] = _TEXTS["updates"]
ANSWERS: list[str] = _TEXTS["answers"]
PROMISE_KEPT: list[str] = _TEXTS["promise_kept"]
POOL_CHECK_INS: list[str] = _TEXTS["pool_check_ins"]
FEEDBACK: list[str] = _TEXTS["feedback"]
FINALIST_REASONS: list[str] = _TEXTS["finalist_reasons"]
EMPLOYERS: list[str] = _TEXTS["employers"]
HEADLINES: list[str] = _TEXTS["headlines"]
NOTES: list[str] = _TEXTS["notes"]
TASKS: list[str] = _TEXTS["tasks"]
TAGS: list[str] = _TEXTS["tags"]
PASSWORD_WORDS: list[str] = _TEXTS["password_words"]
CASE_FACTS: dict[str, str] = _TEXTS["case_facts"]
ENDORSEMENT: dict[str, str] = _TEXTS["endorsement"]
DISSENT_ANSWER: str = _TEXTS["dissent_answer"]
DELAY: str = _TEXTS["delay"]
APOLOGY: str = _TEXTS["apology"]
ANSWERED: str = _TEXTS["answered"]
