"""A case as it is printed: plain values, no tables of a database, nothing left to compute."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from recruiter.documents.plotting import Plot, plot_from

# What no XML and no font can hold: control characters other than tab and line feed, halves of pairs, non-characters.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

# Width and height in millimetres.
PAPERS = {"a4": (210.0, 297.0), "letter": (215.9, 279.4)}


@dataclass(frozen=True)
class Amount:
    """A figure with its name. `unit` is a currency (then `value` is in its minor units), `days`, `count`, `ratio`, `points`."""

    label: str
    value: int | float
    unit: str


@dataclass(frozen=True)
class Claim:
    """One claim: what is said, where it comes from, who said it, when, from how many, over which period, and the page of it."""

    statement: str
    source: str
    by: str | None = None
    at: str | None = None
    count: int | None = None
    period: str | None = None
    link: str | None = None


@dataclass(frozen=True)
class DocumentSection:
    """One section: the words of its writer and of the record, its claims, its figures."""

    name: str
    title: str
    text: str = ""
    claims: tuple[Claim, ...] = ()
    figures: tuple[Amount, ...] = ()
    plot: Plot | None = None


@dataclass(frozen=True)
class PayBand:
    """The approved band in minor units; `interval` is what the amounts are paid for (“year”)."""

    min: int
    max: int
    currency: str
    interval: str = "year"
    mid: int | None = None


@dataclass(frozen=True)
class DecisionLine:
    """What an approver decided, on which amount, with which words, who and when."""

    decision: str
    by: str
    at: str
    amount: Amount | None = None
    comment: str = ""


@dataclass(frozen=True)
class Gap:
    """What an approver will ask next: the section and the question."""

    section: str
    question: str
    required: bool = False


@dataclass(frozen=True)
class Completeness:
    """How much of the case is answered, in percent, and what is missing."""

    percent: int
    missing: tuple[Gap, ...] = ()


@dataclass(frozen=True)
class CaseDocument:
    """One version of a budget case, ready to be printed. Without a hash it is a draft, and every print says so."""

    number: str
    version: int
    status: str
    title: str
    requisition: str
    candidate: str
    requester: str
    created_on: str
    needed_by: str
    ask: Amount
    excess: Amount
    band: PayBand
    level: str = ""
    location: str = ""
    submitted_on: str | None = None
    offer_terms_version: int | None = None
    sha256: str | None = None
    completeness: Completeness | None = None
    sections: tuple[DocumentSection, ...] = ()
    decisions: tuple[DecisionLine, ...] = ()
    paper: str = "a4"

    @property
    def draft(self) -> bool:
        """Whether nothing has been frozen yet."""
        return self.sha256 is None

    @property
    def dated(self) -> str:
        """The day that the file itself bears: of submission, for a draft of its creation."""
        return self.submitted_on or self.created_on


def printable(value: object) -> str:
    """Text as every format can hold it: without control characters, with plain line feeds; nothing for None."""
    if value is None:
        return ""
    return _UNPRINTABLE.sub("", str(value).replace("\r\n", "\n").replace("\r", "\n"))


def _or_none(value: object) -> str | None:
    return printable(value) or None


def _whole(value: Any) -> int | None:
    return None if value is None else int(value)


def _amount(label: str, money: Mapping[str, Any]) -> Amount:
    return Amount(label, int(money["amount"]), printable(money["currency"]))


def _figure(given: Mapping[str, Any]) -> Amount:
    return Amount(printable(given["label"]), given["value"], printable(given["unit"]))


def _inside(link: object) -> str | None:
    """A link to a page of this installation; any other is none."""
    found = printable(link)
    return found if re.fullmatch(r"/(?!/)[\w/-]*", found) else None


def _claim(given: Mapping[str, Any]) -> Claim:
    return Claim(
        printable(given["statement"]),
        printable(given["source"]),
        by=_or_none(given.get("by")),
        at=_or_none(given.get("at")),
        count=_whole(given.get("count")),
        period=_or_none(given.get("period")),
        link=_inside(given.get("link")),
    )


def _section(given: Mapping[str, Any]) -> DocumentSection:
    return DocumentSection(
        printable(given["name"]),
        printable(given["title"]),
        printable(given.get("text")),
        tuple(_claim(one) for one in given.get("evidence") or ()),
        tuple(_figure(one) for one in given.get("figures") or ()),
        plot_from(given.get("plot"), printable),
    )


def _decision(given: Mapping[str, Any], currency: str) -> DecisionLine:
    amount = given.get("amount")
    if isinstance(amount, int):
        amount = {"amount": amount, "currency": currency}
    return DecisionLine(
        printable(given["decision"]),
        printable(given.get("by")),
        printable(given.get("at")),
        _amount("Amount", amount) if amount else None,
        printable(given.get("comment")),
    )


def _gap(given: Any) -> Gap:
    if not isinstance(given, Mapping):
        return Gap("", printable(given))
    return Gap(printable(given.get("section")), printable(given.get("question")), bool(given.get("required")))


def _completeness(given: Mapping[str, Any] | None) -> Completeness | None:
    if given is None:
        return None
    return Completeness(int(given["percent"]), tuple(_gap(one) for one in given.get("missing") or ()))


def from_content(
    content: Mapping[str, Any],
    *,
    sha256: str | None = None,
    status: str = "draft",
    decisions: Iterable[Mapping[str, Any]] = (),
    paper: str = "a4",
) -> CaseDocument:
    """The document of a case from its content, as it was frozen. An amount of a decision is minor units or {amount, currency}; `paper` is one of PAPERS."""
    band, currency = content["band"], printable(content["ask"]["currency"])
    terms = content.get("offer_terms_version")
    return CaseDocument(
        number=printable(content["number"]),
        version=int(content["version"]),
        status=printable(status),
        title=printable(content["title"]),
        requisition=printable(content["requisition"]),
        candidate=printable(content["candidate"]),
        requester=printable(content["requested_by"]),
        created_on=printable(content["created_on"]),
        needed_by=printable(content["needed_by"]),
        ask=_amount("Asked base", content["ask"]),
        excess=_amount("Excess", content["excess"]),
        band=PayBand(
            int(band["min"]),
            int(band["max"]),
            printable(band["currency"]),
            printable(band.get("interval") or "year"),
            _whole(band.get("mid")),
        ),
        level=printable(content.get("level")),
        location=printable(content.get("location")),
        submitted_on=_or_none(content.get("submitted_on")),
        offer_terms_version=_whole(terms),
        sha256=sha256,
        completeness=_completeness(content.get("completeness")),
        sections=tuple(_section(one) for one in content.get("sections") or ()),
        decisions=tuple(_decision(one, currency) for one in decisions),
        paper=paper,
    )
