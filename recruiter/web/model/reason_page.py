"""The page of an act that needs a word of why: one form, what it does, in sentences, and what was done before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from flask import render_template
from flask.typing import ResponseReturnValue

from recruiter.ranking.models import Activation, RankingWish, SuggestionSwitch
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.model.forms import ReasonForm
from recruiter.web.request.form_handling import general_error, handle_form, has_errors


@dataclass(frozen=True)
class PastAct:
    """One time that this was done before."""

    state: str
    who: str
    at: dt.datetime
    reason: str


@dataclass(frozen=True)
class ReasonPage:
    """A page with one form; `back` has the words and the address of the page that it came from and goes on to."""

    title: str
    sentences: tuple[str, ...]
    form: ReasonForm
    button: str
    back: tuple[str, str]
    breadcrumbs: Crumbs
    past: list[PastAct]
    optional: bool = False

    @property
    def problem(self) -> str:
        """What is wrong with the form as a whole."""
        return general_error(self.form)


def past_acts(
    rows: Iterable[Activation | SuggestionSwitch | RankingWish | None], *, labels: tuple[str, str]
) -> list[PastAct]:
    """What was done before, with the word for on or off."""
    acts = []
    for row in rows:
        if row is not None:
            is_on = row.ranked if isinstance(row, RankingWish) else row.on
            name = row.by.name if row.by else "Command line"
            acts.append(PastAct(labels[0] if is_on else labels[1], name, row.at, row.reason))
    return acts


def handle_reason_form(page: ReasonPage, *, save: Callable[[str], object], flash: str) -> ResponseReturnValue:
    """Show the page, or do what its form says with the reason; on a refusal it comes back with what was typed."""

    def render() -> str:
        return render_template("model/act.html", page=page, has_errors=has_errors(page.form))

    if not page.form.is_submitted():
        return render()
    return handle_form(
        page.form, save=lambda: save(page.form.reason.data or ""), again=render, home=page.back[1], flash=flash
    )
