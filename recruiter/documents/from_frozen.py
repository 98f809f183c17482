"""The document of a case from its content, as it was frozen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from recruiter.documents.charts.finalist_chart import plot_from
from recruiter.documents.model import (
    Amount,
    CaseDocument,
    Claim,
    Completeness,
    DecisionLine,
    Difference,
    DocumentSection,
    Gap,
    PayBand,
    printable,
)


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


def _difference(given: Mapping[str, Any]) -> Difference:
    label = printable(given["label"])

    def side(value: Any) -> Amount | str | None:
        if isinstance(value, Mapping):
            return Amount(label, value["value"], printable(value["unit"]))
        return _or_none(value)

    return Difference(printable(given.get("section")), label, side(given["before"]), side(given["now"]))


def _section(given: Mapping[str, Any]) -> DocumentSection:
    return DocumentSection(
        printable(given["name"]),
        printable(given["title"]),
        printable(given.get("text")),
        tuple(_claim(one) for one in given.get("evidence") or ()),
        tuple(_figure(one) for one in given.get("figures") or ()),
        plot_from(given.get("plot"), printable),
        tuple(_difference(one) for one in given.get("changes") or ()),
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
        follows=printable((content.get("follows") or {}).get("number")),
    )
