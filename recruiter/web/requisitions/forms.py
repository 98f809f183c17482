"""The form about a requisition: what the seat is, its stages, attributes, bar and band."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Self

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.validators import InputRequired

from recruiter.accounts.models import User
from recruiter.foundation import text as texts
from recruiter.foundation import wording
from recruiter.foundation.amount_parser import parse
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import Money, is_currency
from recruiter.requisitions import rules
from recruiter.requisitions.models import Attribute, Band, Requisition, Stage, StageKind
from recruiter.requisitions.rules import DEFAULT_ATTRIBUTES, AttributeTerms, BandTerms, StageTerms
from recruiter.web.request.choice_fields import pairs
from recruiter.web.request.form_handling import apply_errors, has_errors
from recruiter.web.request.text_fields import long_text, text, typed_text

KINDS = tuple(kind.value for kind in StageKind)
WORDS = ("title", "department", "location", "level")


def stages_from(lines: str) -> list[StageTerms]:
    """Stages as written, one a line: a name, a colon, a kind. Raises RuleBroken at `stages`."""
    stages = []
    for line in lines.splitlines():
        name, _, kind = line.rpartition(":")
        if not texts.is_visible(line):
            continue
        if kind.strip().lower() not in KINDS or not texts.clean(name):
            raise RuleBroken.at("stages", f"Write “{line.strip()}” as a name, a colon and a kind: {', '.join(KINDS)}.")
        stages.append(StageTerms(texts.clean(name), StageKind(kind.strip().lower())))
    return stages


class RequisitionForm(FlaskForm):
    """A requisition as it is opened or changed. Stages and attributes are one a line."""

    version = HiddenField()
    title = text("Title", required="Give a title, like Senior Backend Engineer.", longest=200)
    department = text("Department", longest=120)
    location = text("Place", longest=120)
    level = text("Level", longest=60)
    hiring_manager = SelectField("Hiring manager", validators=[InputRequired("Choose who hires.")])
    openings = text("Openings", required="Give a number of openings.", default="1")
    confidential = BooleanField("Confidential: only its own people see it")
    stages = long_text("Stages", longest=4000)
    attributes = long_text("Attributes and weights", longest=8000)
    bar = text("Bar")
    currency = text("Currency", longest=3, default="EUR")
    band_min = text("Band from")
    band_mid = text("Midpoint")
    band_max = text("Band to")
    checks_stages = False
    checks_band = False

    @classmethod
    def new(cls, managers: Sequence[User], *, actor: User, stages: Sequence[StageTerms]) -> Self:
        """An empty form with the usual attributes and these stages."""
        form = cls(
            stages=stage_lines(stages),
            attributes=attribute_lines(DEFAULT_ATTRIBUTES),
            hiring_manager=actor.email if any(user.id == actor.id for user in managers) else "",
        )
        form.checks_stages, form.checks_band = True, actor.pay_view
        return form._with_managers(managers)

    @classmethod
    def of(cls, requisition: Requisition, managers: Sequence[User], *, pay: bool) -> Self:
        """The form as a requisition stands."""
        form = cls(
            **{name: getattr(requisition, name) for name in WORDS},
            version=str(requisition.version),
            hiring_manager=requisition.hiring_manager.email,
            openings=str(len(requisition.seats)),
            stages=stage_lines(requisition.stages),
            attributes=attribute_lines(requisition.attributes),
            bar=f"{requisition.bar:g}" if requisition.bar is not None else "",
            **(_band_texts(requisition.band) if pay else {}),
        )
        form.checks_band = pay
        return form._with_managers(managers)

    def _with_managers(self, managers: Sequence[User]) -> Self:
        choices = [(user.email, f"{user.name}, {user.team}" if user.team else user.name) for user in managers]
        self.hiring_manager.choices = pairs([("", "Choose one"), *choices])
        return self

    def validate(self, extra_validators: Any = None) -> bool:
        """Everything that is wrong comes out at once, each at its field."""
        super().validate(extra_validators)
        checks: dict[str, Callable[[], None]] = {
            "attributes": lambda: _check_given(self.attribute_terms(), rules.check_attributes),
            "bar": lambda: rules.check_bar(self.bar_value()),
        }
        if self.checks_stages:
            checks["openings"] = lambda: rules.check_openings(self.opening_count())
            checks["stages"] = lambda: _check_given(self.stage_terms(), rules.check_stages)
        if self.checks_band:
            checks["band_min"] = lambda: _check_given(self.band_terms(), rules.check_band)
        for name, check in checks.items():
            try:
                if not self[name].errors:
                    check()
            except RuleBroken as error:
                apply_errors(self, error)
        return not has_errors(self)

    def texts(self) -> dict[str, str]:
        """What the seat is, in words."""
        return {name: typed_text(self[name]) for name in WORDS}

    def terms(self, stages: list[StageTerms]) -> rules.RequisitionTerms:
        """Everything that a requisition is opened with."""
        return rules.RequisitionTerms(
            **self.texts(),
            openings=self.opening_count(),
            confidential=bool(self.confidential.data),
            bar=self.bar_value(),
            stages=stages,
            attributes=self.attribute_terms(),
            band=self.band_terms(),
        )

    def stage_terms(self) -> list[StageTerms]:
        """Stages as written. Raises RuleBroken at the field."""
        return stages_from(self.stages.data or "")

    def attribute_terms(self) -> list[AttributeTerms]:
        """Attributes as written: a name, a weight after a colon, and what good looks like after a bar."""
        attributes = []
        for line in (self.attributes.data or "").splitlines():
            head, _, description = line.partition("|")
            name, colon, weight = head.rpartition(":")
            if not texts.is_visible(line):
                continue
            try:
                value = float(weight) if colon else 1.0
            except ValueError:
                raise RuleBroken.at("attributes", f"The weight in “{line.strip()}” is not a number.") from None
            attributes.append(AttributeTerms(texts.clean(name if colon else head), texts.clean(description), value))
        return attributes

    def bar_value(self) -> float | None:
        """The bar as a number."""
        bar_text = typed_text(self.bar).replace(",", ".")
        try:
            return float(bar_text) if bar_text else None
        except ValueError:
            raise RuleBroken.at("bar", "Enter the bar as a number between 1 and 5, like 3.2.") from None

    def opening_count(self) -> int:
        """How many seats."""
        count = texts.number(typed_text(self.openings))
        if count is None:
            raise RuleBroken.at("openings", "Enter the number of openings, like 1.")
        return count

    def band_terms(self) -> BandTerms | None:
        """The band in minor units; None where nothing was entered, or nothing may be."""
        if not self.checks_band:
            return None
        entered = [typed_text(self.band_min), typed_text(self.band_max)]
        if not any(entered):
            return None
        currency = typed_text(self.currency).upper()
        if not is_currency(currency):
            raise RuleBroken.at("currency", "Give a currency code of ISO 4217, like EUR.")
        low, mid, high = (self._amount(name, currency) for name in ("band_min", "band_mid", "band_max"))
        if low is None or high is None:
            raise RuleBroken.at("band_max", "Enter both ends of the band.")
        return BandTerms(min=low, mid=mid, max=high, currency=currency)

    def _amount(self, name: str, currency: str) -> int | None:
        """What was typed as one amount of the band; only the midpoint may be left empty."""
        entered = typed_text(self[name])
        if not entered and name == "band_mid":
            return None
        try:
            return parse(entered, currency=currency).amount
        except ValueError as error:
            raise RuleBroken.at(name, str(error)) from None


def stage_lines(stages: Sequence[Stage | StageTerms]) -> str:
    """Stages as the form writes them."""
    return "\n".join(f"{stage.name}: {stage.kind.value}" for stage in stages)


def attribute_lines(attributes: Sequence[Attribute | AttributeTerms]) -> str:
    """Attributes as the form writes them."""
    return "\n".join(
        f"{attribute.name}: {attribute.weight:g}" + (f" | {attribute.description}" if attribute.description else "")
        for attribute in attributes
    )


def _band_texts(band: Band | None) -> dict[str, str]:
    if band is None:
        return {}
    amounts = {"min": band.min, "mid": band.mid, "max": band.max}
    typed_amounts = {
        f"band_{end}": wording.typed_amount(None if amount is None else Money(amount, band.currency))
        for end, amount in amounts.items()
    }
    return {"currency": band.currency, **typed_amounts}


def _check_given(terms: Any, check: Callable[[Any], None]) -> None:
    """Check what was entered; nothing entered stands for the usual."""
    if terms:
        check(terms)
