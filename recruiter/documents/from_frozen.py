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


def _figure(figure: Mapping[str, Any]) -> Amount:
    return Amount(printable(figure["label"]), figure["value"], printable(figure["unit"]))


def _internal_link(link: object) -> str | None:
    """A link to a page of this installation; any other is none."""
    address = printable(link)
    return address if re.fullmatch(r"/(?!/)[\w/-]*", address) else None


def _claim(claim: Mapping[str, Any]) -> Claim:
    return Claim(
        printable(claim["statement"]),
        printable(claim["source"]),
        by=_or_none(claim.get("by")),
        at=_or_none(claim.get("at")),
        count=_whole(claim.get("count")),
        period=_or_none(claim.get("period")),
        link=_internal_link(claim.get("link")),
    )


def _difference(difference: Mapping[str, Any]) -> Difference:
    label = printable(difference["label"])

    def side(value: Any) -> Amount | str | None:
        if isinstance(value, Mapping):
            return Amount(label, value["value"], printable(value["unit"]))
        return _or_none(value)

    return Difference(printable(difference.get("section")), label, side(difference["before"]), side(difference["now"]))


def _section(section: Mapping[str, Any]) -> DocumentSection:
    return DocumentSection(
        printable(section["name"]),
        printable(section["title"]),
        printable(section.get("text")),
        tuple(_claim(claim) for claim in section.get("evidence") or ()),
        tuple(_figure(figure) for figure in section.get("figures") or ()),
        plot_from(section.get("plot"), printable),
        tuple(_difference(difference) for difference in section.get("changes") or ()),
    )


def _decision(decision: Mapping[str, Any], currency: str) -> DecisionLine:
    amount = decision.get("amount")
    if isinstance(amount, int):
        amount = {"amount": amount, "currency": currency}
    return DecisionLine(
        printable(decision["decision"]),
        printable(decision.get("by")),
        printable(decision.get("at")),
        _amount("Amount", amount) if amount else None,
        printable(decision.get("comment")),
    )


def _gap(gap: Any) -> Gap:
    if not isinstance(gap, Mapping):
        return Gap("", printable(gap))
    return Gap(printable(gap.get("section")), printable(gap.get("question")), bool(gap.get("required")))


def _completeness(completeness: Mapping[str, Any] | None) -> Completeness | None:
    if completeness is None:
        return None
    return Completeness(int(completeness["percent"]), tuple(_gap(gap) for gap in completeness.get("missing") or ()))


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
        sections=tuple(_section(section) for section in content.get("sections") or ()),
        decisions=tuple(_decision(decision, currency) for decision in decisions),
        paper=paper,
        follows=printable((content.get("follows") or {}).get("number")),
    )
