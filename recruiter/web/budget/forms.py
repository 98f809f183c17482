"""Forms of budget cases."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import DateField, Field, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, StopValidation

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures.vacancy_assumptions import DEFAULTS
from recruiter.budget.models import BudgetCase, CaseVerdict, Choice
from recruiter.budget.rules import LONGEST
from recruiter.budget.sections import SECTIONS
from recruiter.budget.services import CaseChange, EndorsementAnswer
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money, parse

TEXT, ASSUMED, FACT = "text_", "assumption_", "fact_"
# Where the form has what the services name by a path: “sections.ask” is the text of that section.
ERROR_FIELDS = (
    {f"sections.{section.name}": TEXT + section.name for section in SECTIONS}
    | {f"assumptions.{name}": ASSUMED + name for name in DEFAULTS}
    | {f"facts.{fact.name}": FACT + fact.name for fact in writer_facts.FACTS}
)
# Values alone; the pages name them. The stubs know pairs alone, which WTForms is about to drop.
ANSWERS: Any = [choice.value for choice in Choice]
VERDICTS: Any = [
    CaseVerdict.APPROVED.value,
    CaseVerdict.CHANGES_REQUESTED.value,
    CaseVerdict.REFUSED.value,
    CaseVerdict.QUESTION.value,
]
NUMBER = "Give a whole number."
DATE = "Enter the date by which a decision is needed."


def money(field: Field, currency: str) -> Money | None:
    """The amount that a field holds, None where it is empty. Raises RuleBroken at the field."""
    typed = (field.data or "").strip()
    if not typed:
        return None
    try:
        return parse(typed, currency=currency)
    except ValueError as error:
        raise RuleBroken.at(field.short_name, str(error)) from None


def _check_whole_number(_form: FlaskForm, field: Field) -> None:
    """Empty takes the record's number; what is no number is said in our words."""
    if not field.raw_data or not field.raw_data[0].strip():
        field.errors = []
        raise StopValidation
    if field.process_errors:
        field.errors = []
        raise StopValidation(NUMBER)


def _check_date(_form: FlaskForm, field: Field) -> None:
    if field.data is None:
        field.errors = []
        raise StopValidation(DATE)


class OpenForm(FlaskForm):  # type: ignore[misc]  # Flask-WTF is untyped
    """What is asked for, and by when."""

    ask = StringField(
        "Base asked for",
        validators=[InputRequired("Enter the base salary as a number, like 204,000."), Length(max=40)],
        render_kw={"inputmode": "decimal", "autocomplete": "off"},
    )
    needed_by = DateField("Decision needed by", validators=[_check_date])


class CaseForm(OpenForm):
    """The whole draft: the request, a text for each section, the assumptions on the cost of losing the candidate."""

    version = HiddenField()

    def value(self, case: BudgetCase, *, recorded: dict[str, int], more: dict[str, str | None]) -> CaseChange:
        """What its writer changes: words and facts of the parts that were on the page, numbers that differ from the record's.

        Raises RuleBroken at a field that holds no amount.
        """
        facts = {**self._facts(case.currency), **more}
        ask = money(self.ask, case.currency)
        return CaseChange(self._sections(), self._assumptions(recorded), ask, self.needed_by.data, facts)

    def _sent(self, name: str) -> bool:
        return name in self and bool(self[name].raw_data)

    def _sections(self) -> dict[str, str]:
        names = (section.name for section in SECTIONS if self._sent(TEXT + section.name))
        return {name: self[TEXT + name].data or "" for name in names}

    def _assumptions(self, recorded: dict[str, int]) -> dict[str, int | None]:
        typed = {name: self[ASSUMED + name].data for name in DEFAULTS if self._sent(ASSUMED + name)}
        return {
            name: None if number is None or number == recorded[name] else int(number) for name, number in typed.items()
        }

    def _facts(self, currency: str) -> dict[str, str | None]:
        """The typed facts that were on the page; money in minor units."""
        facts: dict[str, str | None] = {}
        for fact in writer_facts.FACTS:
            name = FACT + fact.name
            if self._sent(name):
                value = self[name].data or ""
                if fact.kind == writer_facts.MONEY and value.strip():
                    amount = money(self[name], currency)
                    value = str(amount.amount) if amount and amount.amount >= 0 else "-"
                facts[fact.name] = value
        return facts


def _fact_field(fact: writer_facts.Fact) -> Field:
    size = [Length(max=writer_facts.LONGEST[fact.kind], message=f"Use at most {writer_facts.LONGEST[fact.kind]:,} characters.")] if fact.kind in writer_facts.LONGEST else [Length(max=40)]  # fmt: skip
    if fact.kind == writer_facts.TEXT:
        return TextAreaField(fact.label, validators=size)
    input_mode = {writer_facts.WHOLE: "numeric", writer_facts.MONEY: "decimal"}.get(fact.kind)
    return StringField(fact.label, validators=size, render_kw={"inputmode": input_mode} if input_mode else {})


for _fact in writer_facts.FACTS:
    if _fact.kind != writer_facts.IDS:
        setattr(CaseForm, FACT + _fact.name, _fact_field(_fact))
for _section in SECTIONS:
    setattr(
        CaseForm,
        TEXT + _section.name,
        TextAreaField("Your words", validators=[Length(max=LONGEST, message=f"Use at most {LONGEST:,} characters.")]),
    )
for _name in DEFAULTS:
    setattr(
        CaseForm,
        ASSUMED + _name,
        IntegerField(
            _name.replace("_", " ").capitalize(), validators=[_check_whole_number], render_kw={"inputmode": "numeric"}
        ),
    )


class ColleagueForm(FlaskForm):  # type: ignore[misc]
    """Whom of another team to ask, and what."""

    email = StringField(
        "Colleague's e-mail",
        validators=[InputRequired("Enter an e-mail address, like kim@example.com."), Length(max=250)],
        render_kw={"type": "email", "autocomplete": "off"},
    )
    question = TextAreaField(
        "Question",
        validators=[InputRequired("Ask a question about the work."), Length(max=2000)],
        default="Would your team use this skill, for what, and by when?",
    )


class DecisionForm(FlaskForm):  # type: ignore[misc]
    """What an approver decides."""

    decision = RadioField("Your decision", choices=VERDICTS, validators=[InputRequired("Choose a decision.")])
    amount = StringField(
        "Approve up to", validators=[Length(max=40)], render_kw={"inputmode": "decimal", "autocomplete": "off"}
    )
    comment = TextAreaField("Comment", validators=[Length(max=5000, message="Use at most 5,000 characters.")])


class QuestionForm(FlaskForm):  # type: ignore[misc]
    """What is answered to an approver's question."""

    answer = TextAreaField(
        "Your answer",
        validators=[InputRequired("Write your answer."), Length(max=5000, message="Use at most 5,000 characters.")],
    )


class AnswerForm(FlaskForm):  # type: ignore[misc]
    """What a colleague of another team says."""

    name = StringField("Your name", validators=[Length(max=200)], render_kw={"autocomplete": "name"})
    team = StringField("Your team", validators=[Length(max=200)], render_kw={"autocomplete": "organization-title"})
    would_use = RadioField(
        "Would you use this skill?",
        choices=ANSWERS,
        validators=[InputRequired("Choose yes, no or perhaps, or that you prefer not to answer.")],
    )
    for_what = StringField("For what?", validators=[Length(max=400, message="Use at most 400 characters.")])
    by_when = StringField("By when?", validators=[Length(max=200, message="Use at most 200 characters.")])
    answer = TextAreaField("In your own words", validators=[Length(max=5000, message="Use at most 5,000 characters.")])

    def value(self) -> EndorsementAnswer:
        """The answer as it was typed."""
        return EndorsementAnswer(
            self.name.data or "",
            self.team.data or "",
            Choice(self.would_use.data),
            self.answer.data or "",
            self.for_what.data or "",
            self.by_when.data or "",
        )


@dataclass(frozen=True)
class Sent:
    """The forms of the page of a case of which one came back with something to mend."""

    case: CaseForm | None = None
    colleague: ColleagueForm | None = None
    decision: DecisionForm | None = None
    answer: QuestionForm | None = None

    @property
    def forms(self) -> list[FlaskForm]:
        """Those that came back."""
        return [form for form in (self.case, self.colleague, self.decision, self.answer) if form is not None]


NOTHING_SENT = Sent()


def filled_form(
    ask: str, needed_by: dt.date, version: int, texts: dict[str, str], numbers: dict[str, int], facts: dict[str, str]
) -> CaseForm:
    """The form as the record stands."""
    values: JsonObject = {TEXT + section.name: texts.get(section.name, "") for section in SECTIONS}
    values |= {FACT + name: value for name, value in facts.items()}
    values |= {ASSUMED + name: value for name, value in numbers.items()}
    return CaseForm(formdata=None, ask=ask, needed_by=needed_by, version=str(version), **values)
