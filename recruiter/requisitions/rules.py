"""What makes a requisition whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from recruiter.foundation import text
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.money import is_currency
from recruiter.requisitions.models import Requisition, RequisitionStatus, StageKind

HEAVIEST = 1000  # the largest weight of an attribute
DEFAULT_BAR = 3.0
MOST_OPENINGS = 100
MOST_STAGES = 20
MOST_ATTRIBUTES = 40
LONGEST_TITLE = 200  # characters
LINES = ("title", "department", "location", "level")  # what a requisition is called by, each on one line
KIND_ORDER = list(StageKind)


@dataclass(frozen=True)
class StageTerms:
    """A stage as it was asked for; without an exit list it asks for what is usual for its kind."""

    name: str
    kind: StageKind
    exit_list: list[str] | None = None


@dataclass(frozen=True)
class AttributeTerms:
    """An attribute as it was asked for."""

    name: str
    description: str = ""
    weight: float = 1.0


@dataclass(frozen=True)
class BandTerms:
    """A pay band as it was approved, in minor units."""

    min: int
    max: int
    currency: str
    mid: int | None = None
    interval: str = "year"


@dataclass(frozen=True)
class RequisitionTerms:
    """Everything that a requisition is opened with."""

    title: str
    department: str = ""
    location: str = ""
    level: str = ""
    openings: int = 1
    confidential: bool = False
    bar: float | None = None
    stages: list[StageTerms] = field(default_factory=list)
    attributes: list[AttributeTerms] = field(default_factory=list)
    band: BandTerms | None = None


DEFAULT_STAGES = [
    StageTerms("Applied", StageKind.APPLIED),
    StageTerms("Screen", StageKind.SCREEN),
    StageTerms("Interview", StageKind.INTERVIEW),
    StageTerms("Final", StageKind.FINAL),
    StageTerms("Offer", StageKind.OFFER),
    StageTerms("Hired", StageKind.HIRED),
]
DEFAULT_ATTRIBUTES = [
    AttributeTerms("Role skills", "Does the work of this role well"),
    AttributeTerms("Problem solving", "Finds the question, then the answer"),
    AttributeTerms("Communication", "Makes things plain to people of other trades"),
    AttributeTerms("Collaboration", "Makes the people around more effective"),
]


def cleaned(terms: RequisitionTerms) -> RequisitionTerms:
    """The terms as they are stored: every name on one line, nothing for what shows nothing."""
    return replace(
        terms,
        title=text.one_line(terms.title),
        department=text.one_line(terms.department),
        location=text.one_line(terms.location),
        level=text.one_line(terms.level),
        stages=cleaned_stages(terms.stages),
        attributes=cleaned_attributes(terms.attributes),
    )


def cleaned_stages(stages: Iterable[StageTerms]) -> list[StageTerms]:
    """Stages with their names on one line."""
    return [replace(stage, name=text.one_line(stage.name)) for stage in stages]


def cleaned_attributes(attributes: Iterable[AttributeTerms]) -> list[AttributeTerms]:
    """Attributes with their names on one line, and their descriptions cleaned."""
    return [
        replace(terms, name=text.one_line(terms.name), description=text.clean(terms.description))
        for terms in attributes
    ]


def check(terms: RequisitionTerms) -> None:
    """Refuse a requisition that could not be worked with. Raises RuleBroken with all that is wrong, each at its field."""
    checks: list[Callable[[], None]] = [
        lambda: check_title(terms.title),
        lambda: check_openings(terms.openings),
        lambda: check_bar(terms.bar),
        lambda: check_stages(terms.stages) if terms.stages else None,
        lambda: check_attributes(terms.attributes) if terms.attributes else None,
        lambda: check_band(terms.band) if terms.band else None,
    ]
    failures: list[RuleBroken] = []
    for run_check in checks:
        try:
            run_check()
        except RuleBroken as error:
            failures.append(error)
    if failures:
        errors = {key: messages for failure in failures for key, messages in failure.errors.items()}
        raise RuleBroken(failures[0].message, errors=errors)


def check_openings(count: int) -> None:
    """There is at least one seat, and not more than anybody fills in one search."""
    if not 1 <= count <= MOST_OPENINGS:
        raise RuleBroken.at("openings", f"Give between 1 and {MOST_OPENINGS} openings.")


def check_bar(bar: float | None) -> None:
    """The bar lies on the scale of the score."""
    if bar is not None and not 1 <= bar <= 5:  # noqa: PLR2004  # the rating scale
        raise RuleBroken.at("bar", "The bar lies between 1 and 5.")


def check_stages(stages: list[StageTerms]) -> None:
    """Stages have names of their own, and one each for the beginning, the offer and the hire, in that order."""
    if len(stages) > MOST_STAGES:
        raise RuleBroken.at("stages", f"Name at most {MOST_STAGES} stages.")
    names = [text.folded(stage.name) for stage in stages]
    if "" in names or len(set(names)) != len(names):
        raise RuleBroken.at("stages", "Give each stage a name of its own.")
    kinds = [stage.kind for stage in stages]
    for single_kind in (StageKind.APPLIED, StageKind.OFFER, StageKind.HIRED):
        if kinds.count(single_kind) != 1:
            raise RuleBroken.at("stages", f"There is exactly one stage of kind {single_kind.value}.")
    if kinds[0] != StageKind.APPLIED or kinds[-1] != StageKind.HIRED or kinds[-2] != StageKind.OFFER:
        raise RuleBroken.at("stages", "The stages begin with the one of kind applied and end with offer and hired.")
    if StageKind.FINAL not in kinds:
        raise RuleBroken.at("stages", "There is at least one stage of kind final.")


def check_attributes(attributes: list[AttributeTerms]) -> None:
    """Attributes have names of their own and weights that add up to something."""
    if len(attributes) > MOST_ATTRIBUTES:
        raise RuleBroken.at("attributes", f"Name at most {MOST_ATTRIBUTES} attributes.")
    names = [text.folded(attribute.name) for attribute in attributes]
    if "" in names or len(set(names)) != len(names):
        raise RuleBroken.at("attributes", "Give each attribute a name of its own.")
    if "overall" in names:
        taken = "“Overall” is the recommendation on every scorecard. Give the attribute another name."
        raise RuleBroken.at("attributes", taken)
    weights = [attribute.weight for attribute in attributes]
    if any(not 0 <= weight <= HEAVIEST for weight in weights) or sum(weights) <= 0:
        raise RuleBroken.at("attributes", "Weights lie between 0 and 1000, and at least one is above 0.")


def check_band(band: BandTerms) -> None:
    """A band runs from min over mid to max in a known currency."""
    if not is_currency(band.currency):
        raise RuleBroken.at("band", "Give a currency code of ISO 4217, like EUR.")
    middle = band.min if band.mid is None else band.mid
    if band.min < 0 or band.max <= 0 or band.min > band.max:
        order = "Enter a band that goes up: where it ends is at least where it begins, and above 0."
        raise RuleBroken.at("band.max", order)
    if not band.min <= middle <= band.max:
        raise RuleBroken.at("band.mid", "Enter a midpoint between the two ends of the band, or leave it empty.")


def check_title(title: str) -> None:
    """A title is there, and short enough to stand on a card."""
    if not title:
        raise RuleBroken.at("title", "Give the requisition a title, like Senior Backend Engineer.")
    if len(title) > LONGEST_TITLE:
        raise RuleBroken.at("title", f"Use at most {LONGEST_TITLE} characters for the title.")


def search_key(key: str, title: str) -> str:
    """What a requisition is searched by, folded."""
    return text.folded(f"{key} {title}")


def prefix_of(department: str, title: str) -> str:
    """The letters of a readable key: from the department where there is one, else from the title."""
    letters = re.sub(r"[^A-Z]", "", text.folded(department or title).upper())
    return (letters[:3] or "REQ").ljust(3, "X")


def status_after(status: RequisitionStatus, *, seats_open: int, seats_filled: int) -> RequisitionStatus:
    """Filled when every seat is, open again when one is freed; what people set (hold, closed, draft) stays."""
    if status == RequisitionStatus.OPEN and not seats_open and seats_filled:
        return RequisitionStatus.FILLED
    if status == RequisitionStatus.FILLED and seats_open:
        return RequisitionStatus.OPEN
    return status


def people_on(requisition: Requisition) -> set[int]:
    """Who is on a requisition, by number: whoever opened it, its hiring manager, its recruiters and whoever was let in."""
    members = {member.user_id for member in requisition.members}
    return {requisition.hiring_manager_id, requisition.created_by_id, *members}


def is_hidden_from(requisition: Requisition, user_id: int) -> bool:
    """Whether a requisition is confidential and somebody is not on it: then they see nothing of it, whatever their role."""
    return requisition.confidential and user_id not in people_on(requisition)


def sight_of(requisition: Requisition) -> dict[str, object]:
    """Who is on a requisition, by number, and whether nobody else sees it: what the audit trail says of its team."""
    return {"people": sorted(people_on(requisition)), "confidential": requisition.confidential}
