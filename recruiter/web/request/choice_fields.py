"""Choices of select and radio fields, made of values and words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup
from wtforms.fields.choices import Choice, SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.widgets import Select

from recruiter.accounts.models import User

CHOICE = Markup('<option value="{}">{}</option>')
CHOSEN = Markup('<option selected value="{}">{}</option>')


class LongList(Select):
    """A select of hundreds of choices, each of which has a value and words alone: drawn five times as fast."""

    @classmethod
    def render_option(cls, choice: Choice) -> Markup:  # type: ignore[override]  # newer than its stubs
        """One choice."""
        template = CHOSEN if choice.selected else CHOICE
        return template.format(choice.value, choice.label)


def pairs(choices: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    """Choices from values and words."""
    return [SelectChoice(value, text) for value, text in choices]


def listed(texts: Mapping[Any, str]) -> list[SelectChoice]:
    """Choices from words for the values of an enumeration."""
    return pairs((str(value), text) for value, text in texts.items())


def people(users: Sequence[User], *, nobody: str) -> list[SelectChoice]:
    """Choices of people by name, after the words for none of them."""
    return pairs([("", nobody), *((str(user.id), user.name) for user in users)])
