"""One form, from the request to the answer: checked, saved once, or shown again with what was typed and what was wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from flask import make_response
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm

from recruiter.foundation.database.db import begin_writing, db
from recruiter.foundation.errors import DomainError
from recruiter.web.request import kept_text, turn
from recruiter.web.request.redirects import LinkedMessage, flash_warned_texts, redirect_with_flash
from recruiter.web.request.submitted_text import typed as typed_in

NOT_ACCEPTABLE = 422
Saved = TypeVar("Saved")
Message = str | LinkedMessage


def apply_errors(form: FlaskForm, error: DomainError, *, fields: Mapping[str, str] | None = None) -> None:
    """Put every sentence of a refusal where its reader looks for it: at its field, else above the form.

    Args:
        form: the form that was sent; sentences without a field end in `form.form_errors`.
        error: what a service refused.
        fields: how fields are called in this form where the service calls them otherwise; a part of a value
            (`band.max`) is found as `band_max` without being listed.
    """
    for name, messages in (error.errors or {"": [error.message]}).items():
        field = (fields or {}).get(name, name.replace(".", "_"))
        if field and field in form:
            form[field].errors = [*form[field].errors, *messages]
        else:
            form.form_errors = [*form.form_errors, *messages]


def general_error(form: FlaskForm) -> str:
    """What is wrong with a form as a whole, in one text; empty where every sentence has its field."""
    return " ".join(form.form_errors)


@dataclass(frozen=True)
class RejectedForm:
    """A form that came back to a page with several: which one, and as it was typed."""

    key: str
    form: FlaskForm

    @property
    def problem(self) -> str:
        """What is wrong with it as a whole."""
        return general_error(self.form)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What is wrong at its fields: the id of each field, and a sentence."""
        return [(field.id, message) for field in self.form for message in field.errors]


def has_errors(form: FlaskForm) -> bool:
    """Whether a form comes back with anything to mend, at a field or above it."""
    return bool(form.errors or form.form_errors)


def handle_form(
    form: FlaskForm,
    *,
    save: Callable[[], Saved],
    again: Callable[[], ResponseReturnValue],
    home: str | Callable[[Saved], str] = "",
    flash: Message | Callable[[Saved], Message] = "",
    undo: Callable[[Saved], str | None] | None = None,
    answer: Callable[[Saved], ResponseReturnValue] | None = None,
    fields: Mapping[str, str] | None = None,
    look: Callable[[], object] | None = None,
) -> ResponseReturnValue:
    """Show a form, or do what it says and go on; where it is refused, show it with what was typed. The guard commits.

    A form is checked before the turn to write is waited for, and once more in it: what it was made of may have changed.

    Args:
        form: the form that was sent.
        save: calls the one service of this act; what it answers is handed to `home`, `flash`, `undo` and `answer`.
        again: makes the page that the form came from, with the form in it.
        home: the address to go on to.
        flash: what happened, for the reader; empty for silence.
        undo: the address that takes the act back, where there is one.
        answer: makes a page instead of going on, for what is shown only once.
        fields: see `apply_errors`.
        look: takes long with what was sent, a file above all, and may refuse it: done before the turn to write is waited for,
            by `turn.once`, which hands `save` the same again.
    """
    if not form.is_submitted():
        return again()
    if not form.validate():
        return _shown_again(form, again, NOT_ACCEPTABLE)
    try:
        if look is not None:
            look()
        turn.wait()
        saved = save()
    except DomainError as error:
        db.session.rollback()  # the page is made from what is stored, not from half a change
        apply_errors(form, error, fields=fields)
        return _shown_again(form, again, error.status)
    return answer(saved) if answer else _go_on(saved, home, flash, undo)


def handle_act(
    act: Callable[[], Saved],
    *,
    home: str | Callable[[Saved], str],
    flash: Message | Callable[[Saved], Message],
    undo: Callable[[Saved], str | None] | None = None,
    refused: str = "",
) -> ResponseReturnValue:
    """Do what a button says and go on; where it is refused, nothing is changed and the next page says why.

    Args:
        act: calls the one service of this act; what it answers is handed to `home`, `flash` and `undo`.
        home: the address to go on to.
        flash: what happened, for the reader.
        undo: the address that takes the act back, where there is one.
        refused: where to go on to after a refusal, where `home` is known only afterwards.
    """
    turn.wait()
    try:
        saved = act()
    except DomainError as error:
        if any(" " in content for _, content in typed_in()):
            raise  # the error page keeps what was typed, a redirect would lose it
        db.session.rollback()  # the redirect is an answer that the guard commits
        back = refused or home
        if callable(back):
            raise TypeError("Say with `refused` where a refusal goes on to.") from error
        return redirect_with_flash(back, error.message, tone="late")
    return _go_on(saved, home, flash, undo)


def _go_on(
    saved: Saved,
    home: str | Callable[[Saved], str],
    flash: Message | Callable[[Saved], Message],
    undo: Callable[[Saved], str | None] | None,
) -> ResponseReturnValue:
    flash_warned_texts()
    return redirect_with_flash(
        home(saved) if callable(home) else home,
        flash(saved) if callable(flash) else flash,
        undo=undo(saved) if undo else None,
    )


def _shown_again(form: FlaskForm, again: Callable[[], ResponseReturnValue], status: int) -> ResponseReturnValue:
    """The page of a form that was refused. Where it has no place for the form any more, it shows what was typed nevertheless."""
    response = make_response(again())
    if missing := kept_text.missing_texts(form, response.get_data(as_text=True)):
        kept_text.keep(missing)
        response = make_response(again())
    response.status_code = status
    return response


def commit_draft() -> None:
    """Commit what was saved so far, before an act that may be refused: a draft that cannot be sent stays saved."""
    db.session.commit()
    begin_writing(db.session())


def discard_changes() -> None:
    """Take back what was saved so far although the answer is good: a preview shows a change and never makes it."""
    db.session.rollback()
