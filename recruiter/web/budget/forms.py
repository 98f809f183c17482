"""Forms of budget cases."""

from __future__ import annotations

from collections.abc import Iterable

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # newer than its stubs
from wtforms.validators import InputRequired, StopValidation

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures.vacancy_assumptions import DEFAULTS
from recruiter.budget.models import BudgetCase, CaseVerdict, Choice
from recruiter.budget.rules import LONGEST
from recruiter.budget.sections import NAMES
from recruiter.budget.services import CaseChange, EndorsementAnswer
from recruiter.foundation.calendar import OUTSIDE
from recruiter.foundation.money import Money
from recruiter.foundation.wording import typed_amount
from recruiter.web.request.choice_fields import pairs
from recruiter.web.request.date_fields import DayField
from recruiter.web.request.number_fields import WholeNumberField
from recruiter.web.request.text_fields import long_text, text
from recruiter.web.request.typed_money import typed_money

TEXT, ASSUMED, FACT = "text_", "assumption_", "fact_"
INPUT_MODES = {writer_facts.WHOLE: "numeric", writer_facts.MONEY: "decimal"}
AMOUNT = {"inputmode": "decimal", "autocomplete": "off"}
VERDICTS = [
    SelectChoice(CaseVerdict.APPROVED.value, "Approve"),
    SelectChoice(CaseVerdict.CHANGES_REQUESTED.value, "Ask for changes"),
    SelectChoice(CaseVerdict.REFUSED.value, "Refuse"),
    SelectChoice(CaseVerdict.QUESTION.value, "Ask a question"),
]
ANSWERS = [
    SelectChoice(Choice.YES.value, "Yes"),
    SelectChoice(Choice.NO.value, "No"),
    SelectChoice(Choice.PERHAPS.value, "Perhaps"),
    SelectChoice(Choice.DECLINED.value, "I prefer not to answer"),
]
# Where the form has what the services name by a path: “sections.ask” is the text of that section.
ERROR_FIELDS = (
    {f"sections.{name}": TEXT + name for name in NAMES}
    | {f"assumptions.{name}": ASSUMED + name for name in DEFAULTS}
    | {f"facts.{name}": FACT + name for name in writer_facts.BY_NAME}
)
NUMBER = "Give a whole number."
DATE = "Enter the date by which a decision is needed."


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
        raise StopValidation(OUTSIDE if OUTSIDE in field.process_errors else DATE)


class OpenForm(FlaskForm):
    """What is asked for, and by when."""

    ask = text("Base asked for", required="Enter the base salary as a number, like 204,000.", longest=40, **AMOUNT)
    needed_by = DayField("Decision needed by", validators=[_check_date])


class CaseForm(OpenForm):
    """The whole draft: the request, a text for each section, the assumptions on the cost of losing the candidate."""

    version = HiddenField()

    @classmethod
    def for_case(cls, case: BudgetCase, assumptions: dict[str, int]) -> CaseForm:
        """The form as the record stands; money in major units."""
        values: dict[str, object] = {TEXT + name: case.texts.get(name, "") for name in NAMES}
        values |= {ASSUMED + name: value for name, value in assumptions.items()}
        for fact in writer_facts.FACTS:
            value = writer_facts.given(case.texts, fact.name)
            if value and fact.is_money:
                value = typed_amount(Money(int(value), case.currency))
            values[FACT + fact.name] = value
        ask, version = typed_amount(case.requested), str(case.version)
        return cls(formdata=None, ask=ask, needed_by=case.needed_by, version=version, **values)

    def value(self, case: BudgetCase, *, recorded: dict[str, int], more: dict[str, str | None]) -> CaseChange:
        """What its writer changes: words and facts of the parts that were on the page, numbers that differ from the record's.

        Raises RuleBroken at a field that holds no amount.
        """
        assumptions = {
            name: None if field.data in {None, recorded[name]} else int(field.data)
            for name, field in self._sent(ASSUMED, DEFAULTS).items()
        }
        facts = {
            name: _minor_units(field, case.currency) if writer_facts.BY_NAME[name].is_money else field.data or ""
            for name, field in self._sent(FACT, writer_facts.BY_NAME).items()
        }
        return CaseChange(
            sections={name: field.data or "" for name, field in self._sent(TEXT, NAMES).items()},
            assumptions=assumptions,
            ask=typed_money(self.ask, case.currency),
            needed_by=self.needed_by.data,
            facts={**facts, **more},
        )

    def _sent(self, prefix: str, names: Iterable[str]) -> dict[str, Field]:
        """The fields of a kind that were on the page, by the names of what they hold."""
        return {name: self[prefix + name] for name in names if prefix + name in self and self[prefix + name].raw_data}


def _minor_units(field: Field, currency: str) -> str:
    """An amount as facts are kept; what is below nothing stands for no amount at all, so that it is refused."""
    amount = typed_money(field, currency)
    return "" if amount is None else str(amount.amount) if amount.amount >= 0 else "-"


def _fact_field(fact: writer_facts.Fact) -> Field:
    longest, input_mode = writer_facts.LONGEST.get(fact.kind, 40), INPUT_MODES.get(fact.kind)
    if fact.kind == writer_facts.CHOICE:
        choices = pairs([("", "Not said"), *fact.choices.items()])
        return SelectField(fact.label, choices=choices, validate_choice=False)
    if fact.is_long:
        return long_text(fact.label, longest=longest, dir="auto")
    if fact.kind == writer_facts.DAY:
        return text(fact.label, longest=longest, type="date")
    return text(fact.label, longest=longest, **({"inputmode": input_mode} if input_mode else {}))


for _fact in writer_facts.FACTS:
    if _fact.kind != writer_facts.IDS:
        setattr(CaseForm, FACT + _fact.name, _fact_field(_fact))
for _name in NAMES:
    setattr(CaseForm, TEXT + _name, long_text("Your words", longest=LONGEST))
for _name in DEFAULTS:
    _label = _name.replace("_", " ").capitalize()
    _whole_number = WholeNumberField(_label, validators=[_check_whole_number], render_kw={"inputmode": "numeric"})
    setattr(CaseForm, ASSUMED + _name, _whole_number)


class ColleagueForm(FlaskForm):
    """Whom of another team to ask, and what."""

    email = text(
        "Colleague's e-mail",
        required="Enter an e-mail address, like kim@example.com.",
        longest=250,
        type="email",
        autocomplete="off",
    )
    question = long_text(
        "Question",
        required="Ask a question about the work.",
        longest=2000,
        default="Would your team use this skill, for what, and by when?",
    )


class DecisionForm(FlaskForm):
    """What an approver decides; `sha256` is the checksum of the content that the page showed, else `version` that of the case."""

    version = HiddenField()
    sha256 = HiddenField()
    decision = RadioField("Your decision", choices=VERDICTS, validators=[InputRequired("Choose a decision.")])
    amount = text("Approve up to", longest=40, **AMOUNT)
    comment = long_text("Comment", longest=5000)


class QuestionForm(FlaskForm):
    """What is answered to an approver's question."""

    answer = long_text("Your answer", required="Write your answer.", longest=5000)


class AnswerForm(FlaskForm):
    """What a colleague of another team says."""

    name = text("Your name", longest=200, autocomplete="name")
    team = text("Your team", longest=200, autocomplete="organization-title")
    would_use = RadioField(
        "Would you use this skill?",
        choices=ANSWERS,
        validators=[InputRequired("Choose yes, no or perhaps, or that you prefer not to answer.")],
    )
    for_what = text("For what?", longest=400)
    by_when = text("By when?", longest=200)
    answer = long_text("In your own words", longest=5000)

    def value(self) -> EndorsementAnswer:
        """The answer as it was typed."""
        name, team, answer, for_what, by_when = (
            field.data or "" for field in (self.name, self.team, self.answer, self.for_what, self.by_when)
        )
        return EndorsementAnswer(name, team, Choice(self.would_use.data), answer, for_what, by_when)
