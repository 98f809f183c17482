"""The document of a case from its content, as it was frozen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from recruiter.documents.charts.finalist_chart import plot_from
from recruiter.documents.model import (
    FORMULA,
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
    with_each_text,
)
from recruiter.foundation.json_types import JsonView

INTERNAL_LINK = re.compile(r"/(?!/)[\w/-]*")  # a page of this installation
Fields = JsonView


def _money(label: str, money: Fields) -> Amount:
    return Amount(label, int(money["amount"]), money["currency"])


def _figure(figure: Fields) -> Amount:
    """A figure; cases that were frozen before figures had keys and formulas have them by their labels, and none."""
    formula = figure.get("formula") or ""
    key, formula = figure.get("key") or "", formula if FORMULA.fullmatch(formula) else ""
    return Amount(figure["label"], figure["value"], figure["unit"], key=key, formula=formula)


def _claim(claim: Fields) -> Claim:
    link = claim.get("link") or ""
    texts = {name: claim.get(name) or None for name in ("by", "at", "period")}
    texts["link"] = link if INTERNAL_LINK.fullmatch(link) else None
    return Claim(claim["statement"], claim["source"], count=claim.get("count"), **texts)


def _difference(difference: Fields) -> Difference:
    label = difference["label"]

    def side(value: Any) -> Amount | str | None:
        return Amount(label, value["value"], value["unit"]) if isinstance(value, Mapping) else value or None

    return Difference(difference.get("section") or "", label, side(difference["before"]), side(difference["now"]))


def _section(section: Fields) -> DocumentSection:
    return DocumentSection(
        section["name"],
        section["title"],
        section.get("text") or "",
        tuple(map(_claim, section.get("evidence") or ())),
        tuple(map(_figure, section.get("figures") or ())),
        plot_from(section.get("plot")),
        tuple(map(_difference, section.get("changes") or ())),
    )


def _decision(decision: Fields, currency: str) -> DecisionLine:
    amount = decision.get("amount")
    if isinstance(amount, int):
        amount = {"amount": amount, "currency": currency}
    texts = {name: decision.get(name) or "" for name in ("by", "at", "comment")}
    return DecisionLine(decision["decision"], amount=_money("Amount", amount) if amount else None, **texts)


def _gap(gap: Fields | str) -> Gap:
    if isinstance(gap, str):
        return Gap("", gap)
    return Gap(gap.get("section") or "", gap.get("question") or "", bool(gap.get("required")))


def from_content(
    content: Fields,
    *,
    sha256: str | None = None,
    status: str = "draft",
    decisions: Iterable[Fields] = (),
    paper: str = "a4",
    decided: Fields | None = None,
) -> CaseDocument:
    """The document of a case from its content, as it was frozen; `decided` is the amount up to which it was approved.

    An amount of a decision is minor units or {amount, currency}; `paper` is one of PAPERS.
    """
    case = with_each_text(content, printable)
    band, currency, completeness = case["band"], case["ask"]["currency"], case.get("completeness")
    return CaseDocument(
        number=case["number"],
        version=int(case["version"]),
        status=printable(status),
        title=case["title"],
        requisition=case["requisition"],
        candidate=case["candidate"],
        requester=case["requested_by"],
        created_on=case["created_on"],
        needed_by=case["needed_by"],
        ask=_money("Asked base", case["ask"]),
        excess=_money("Excess", case["excess"]),
        band=PayBand(
            int(band["min"]), int(band["max"]), band["currency"], band.get("interval") or "year", band.get("mid")
        ),
        level=case.get("level") or "",
        location=case.get("location") or "",
        submitted_on=case.get("submitted_on") or None,
        offer_terms_version=case.get("offer_terms_version"),
        sha256=sha256,
        completeness=None
        if completeness is None
        else Completeness(int(completeness["percent"]), tuple(map(_gap, completeness.get("missing") or ()))),
        sections=tuple(map(_section, case.get("sections") or ())),
        decisions=tuple(_decision(with_each_text(decision, printable), currency) for decision in decisions),
        paper=paper,
        decided=_money("Approved up to", decided) if decided else None,
        follows=(case.get("follows") or {}).get("number") or "",
    )
