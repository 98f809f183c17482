"""What the page of the finalists shows to whoever looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule.next_contact import Standing
from recruiter.offers import queries as offers
from recruiter.offers.models import Offer, OfferStatus
from recruiter.offers.rules import LIVE, OUT
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus, Finalist
from recruiter.ranking.models import NamedOrder, OrderVerdict
from recruiter.ranking.suggestion import slate_orders
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import outcome, suggestion_sentences
from recruiter.web.finalists.evidence_gaps import Gap, gaps
from recruiter.web.finalists.outcome import Ended
from recruiter.web.finalists.side_by_side import SideBySide, side_by_side
from recruiter.web.finalists.suggestion_view import Ranked, place_label, ranked
from recruiter.web.finalists.unranked import Unranked, unranked
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard

HIGHEST = 5
FIRST_GAPS = 4
ENOUGH_CARDS = 2
WARMTH = {"hot": "ok", "warm": "ok", "cooling": "due", "cold": "late", "gone": ""}


@dataclass(frozen=True)
class Place:
    """One finalist in the order that people set."""

    finalist: Finalist
    active: bool
    label: str
    standing: Standing | None
    tone: str
    act: str = ""
    href: str = ""


@dataclass(frozen=True)
class FinalistsPage:
    """The finalists of a requisition."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    places: list[Place]
    state: str
    suggestion: dict[str, Any]
    ranked: Ranked | None
    cards: tuple[int, int]
    running: int = 0
    too_early: str = ""
    debrief: str = ""
    promotes: bool = False
    averages: list[tuple[str, float | None]] = field(default_factory=list)
    lane: list[Unranked] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    compared: SideBySide | None = None
    departed: NamedOrder | None = None
    followed: str = ""
    set_beside_another: bool = False
    owed: int = 0
    ended: Ended | None = None
    highest: int = HIGHEST

    @property
    def acts(self) -> bool:
        """Whether the first choice has something to be done about an offer: then that is the primary action."""
        return any(one.act and one.finalist.position == 1 for one in self.places)

    @property
    def more_gaps(self) -> list[Gap]:
        """The gaps beyond the first few."""
        return self.gaps[FIRST_GAPS:]

    @property
    def first_gaps(self) -> list[Gap]:
        """The most pressing gaps."""
        return self.gaps[:FIRST_GAPS]


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a pair to explain, people to compare, and the order of the comparison."""

    a: str | None = None
    b: str | None = None
    show: tuple[str, ...] = ()
    order: str = ""


def _act(one: Finalist, offer: Offer | None) -> str:
    """What there is to do about an offer: record the answer to one that is out, look at one on its way, make the first."""
    if offer is not None and offer.status in OUT:
        return "Record answer" if offer.status == OfferStatus.EXTENDED else "See the offer"
    if offer is not None and offer.status in LIVE:
        return "See the offer"
    return "Make offer" if one.position == 1 else ""


def _places(
    slate: Sequence[Finalist], standings: dict[int, Standing], made: dict[int, Offer], *, hidden: bool = False
) -> list[Place]:
    out = []
    for one in slate:
        number, status = one.application_id, one.application.status
        active = status in {ApplicationStatus.ACTIVE, ApplicationStatus.HIRED}
        found = standings.get(number) if status == ApplicationStatus.ACTIVE else None
        tone = WARMTH[found.warmth.value] if found else ""
        act = _act(one, made.get(number)) if found and guard.actor().pay_view and not hidden else ""
        href = url_for("offers.of_application", application_id=number) if act else ""
        out.append(Place(one, active, place_label(one.position, made.get(number)), found, tone, act, href))
    return out


def _averages(bench: Sequence[Finalist], rows: Sequence[scorecards.CardRow]) -> list[tuple[str, float | None]]:
    """Plain means of the recommendations, in the order that people set; what is left where a model failed."""
    given: dict[int, list[float]] = {}
    for row in rows:
        if row.attribute == suggestion_sentences.OVERALL:
            given.setdefault(row.application_id, []).append(row.score)
    means = {number: sum(found) / len(found) for number, found in given.items()}
    return [(one.application.candidate.name, means.get(one.application_id)) for one in bench]


def page_of(requisition: Requisition, *, asked: Asked) -> FinalistsPage:
    """Gather the page. Whoever owes a card on the search sees who is on the slate, and neither order nor reasons."""
    session, viewer, now = db.session(), guard.actor(), guard.now()
    slate = pipeline.finalists_of(session, requisition)
    bench = [one for one in slate if one.application.status == ApplicationStatus.ACTIVE]
    owed = scorecards.owed_count(session, viewer=viewer, requisition=requisition)
    applications = [one.application for one in slate]
    standings = (
        contact_list.standing_of(
            session, applications, now=now, zone=guard.configured().zone, calendar=guard.calendar(), viewer=viewer
        )
        if slate
        else {}
    )
    counts = scorecards.counts(session, [one.application_id for one in bench], now=now)
    page: dict[str, Any] = {
        "title": requisition.title,
        "requisition": requisition,
        "tabs": tabs.requisition_tabs(requisition, "finalists", counts={"finalists": len(bench)}),
        "breadcrumbs": crumbs.of_requisition(requisition, "Finalists"),
        "cards": _sent(list(counts.values())),
        "running": len(bench),
        "debrief": url_for("debriefs.show", requisition_ref=requisition.key) if tabs.stands("debriefs.show") else "",
    }
    if owed:
        slate = sorted(slate, key=lambda one: (one.application.candidate.name.casefold(), one.id))
        return FinalistsPage(
            **page,
            places=_places(slate, standings, {}, hidden=True),
            state="hidden",
            suggestion={},
            ranked=None,
            owed=owed,
        )
    found = slate_orders.advice(session, requisition=requisition, slate=bench, viewer=viewer)
    rows = scorecards.cards_for_ranking(session, [one.application_id for one in bench]) if bench else []
    by_id = {one.application_id: one for one in bench}
    apart = set(found.get("not_ranked", ()))
    page["cards"] = _sent([one for number, one in counts.items() if number not in apart])
    ready = found["state"] == "ready" and bool(found.get("ranking"))
    made = offers.decisive_by_application(session, [one.application_id for one in slate]) if slate else {}
    labels = {number: place_label(one.position, made.get(number)) for number, one in by_id.items()}
    shown = ranked(requisition, found, by_id, labels, counts, rows, (asked.a, asked.b)) if ready else None
    first = [row["application_id"] for row in found["ranking"]] if ready else []
    last = slate_orders.latest(session, requisition_id=requisition.id)
    return FinalistsPage(
        **page,
        places=_places(slate, standings, made),
        state=found["state"],
        suggestion=found,
        ranked=shown,
        too_early=_too_early(counts, apart),
        promotes=tabs.stands("keepwarm.promote"),
        averages=_averages(bench, rows) if found["state"] == "failed" else [],
        lane=unranked(
            requisition,
            [(one, labels[one.application_id]) for one in bench if one.application_id in apart],
            rows,
            counts,
        ),
        gaps=gaps(requisition, by_id, rows, counts, now=now) if bench else [],
        compared=side_by_side(
            requisition,
            [by_id[number] for number in first] + [one for one in bench if one.application_id not in set(first)],
            rows,
            asked={"a": asked.a, "b": asked.b, "show": asked.show, "order": asked.order},
            pay=viewer.pay_view,
        ),
        departed=last if last is not None and last.verdict == OrderVerdict.DEPARTED else None,
        ended=outcome.of(requisition, slate, offers=made, order=last),
        set_beside_another=last is not None and last.model_version != found.get("model_version"),
        followed=suggestion_sentences.followed(slate_orders.follow_count(session)),
    )


def _sent(counts: list[scorecards.Counts]) -> tuple[int, int]:
    return sum(one.submitted for one in counts), sum(one.expected for one in counts)


def _too_early(counts: dict[int, scorecards.Counts], apart: set[int]) -> str:
    running = [one for number, one in counts.items() if number not in apart]
    return suggestion_sentences.too_early(sum(1 for one in running if one.submitted < ENOUGH_CARDS), len(running))
