"""The page of an act that needs a word of why: one form, what it does, in sentences, and what was done before."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from flask import render_template
from flask.typing import ResponseReturnValue

from recruiter.ranking.models import Activation, RankingWish, SuggestionSwitch
from recruiter.web.layout.breadcrumbs import Crumbs
from recruiter.web.model.forms import ReasonForm
from recruiter.web.request.form_handling import general_error, handle_form, has_errors

PastAct = Activation | SuggestionSwitch | RankingWish


@dataclass(frozen=True)
class ReasonPage:
    """A page with one form; `back` has the words and the address of the page that it came from and goes on to.

    `past` has what was done before, each with the word for what it did.
    """

    title: str
    sentences: tuple[str, ...]
    button: str
    back: tuple[str, str]
    breadcrumbs: Crumbs
    past: list[tuple[str, PastAct]]
    optional: bool = False
    form: ReasonForm = field(default_factory=ReasonForm)

    @property
    def problem(self) -> str:
        """What is wrong with the form as a whole."""
        return general_error(self.form)


def past_acts(acts: Iterable[PastAct | None], *, on: str, off: str) -> list[tuple[str, PastAct]]:
    """What was done before, with the word for switching on or off."""
    return [
        (on if (act.ranked if isinstance(act, RankingWish) else act.on) else off, act)
        for act in acts
        if act is not None
    ]


def handle_reason_form(page: ReasonPage, *, save: Callable[[str], object], flash: str) -> ResponseReturnValue:
    """Show the page, or do what its form says with the reason; on a refusal it comes back with what was typed."""
    return handle_form(
        page.form,
        save=lambda: save(page.form.reason.data or ""),
        again=lambda: render_template("model/act.html", page=page, has_errors=has_errors(page.form)),
        home=page.back[1],
        flash=flash,
    )
