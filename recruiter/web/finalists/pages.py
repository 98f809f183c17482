"""What the page of the finalists shows to whoever looks at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.keepwarm.overview import contact_list
from recruiter.keepwarm.schedule.next_contact import Standing
from recruiter.offers import queries as offers
from recruiter.offers.models import Offer, OfferStatus
from recruiter.offers.rules import LIVE, OCCUPYING
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus, Finalist
from recruiter.ranking.models import NamedOrder, OrderVerdict
from recruiter.ranking.suggestion import slate_orders
from recruiter.ranking.suggestion.suggestion_types import Suggestion
from recruiter.requisitions.models import Requisition
from recruiter.scorecards import queries as scorecards
from recruiter.web.finalists import outcome, suggestion_sentences
from recruiter.web.finalists.evidence_gaps import Gap, evidence_gaps
from recruiter.web.finalists.outcome import SearchOutcome
from recruiter.web.finalists.side_by_side import SideBySide, side_by_side
from recruiter.web.finalists.suggestion_view import RankedView, place_label, ranked_view
from recruiter.web.finalists.unranked import UnrankedRow, unranked_rows
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard

HIGHEST = 5
GAPS_IN_VIEW = 4
ENOUGH_CARDS = 2
WARMTH_TONES = {"hot": "ok", "warm": "ok", "cooling": "due", "cold": "late", "gone": ""}


@dataclass(frozen=True)
class OrderPlace:
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
    places: list[OrderPlace]
    state: str
    suggestion: Suggestion
    ranked: RankedView | None
    cards: tuple[int, int]
    running: int = 0
    too_early: str = ""
    debrief: str = ""
    promotes: bool = False
    averages: list[tuple[str, float | None]] = field(default_factory=list)
    lane: list[UnrankedRow] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    compared: SideBySide | None = None
    departed: NamedOrder | None = None
    followed: str = ""
    set_beside_another: bool = False
    owed: int = 0
    ended: SearchOutcome | None = None
    highest: int = HIGHEST

    @property
    def hidden(self) -> bool:
        """Whether the viewer owes a scorecard, and so sees names alone."""
        return self.state == "hidden"

    @property
    def acts(self) -> bool:
        """Whether the first choice has something to be done about an offer: then that is the primary action."""
        return any(place.act and place.finalist.position == 1 for place in self.places)

    @property
    def more_gaps(self) -> list[Gap]:
        """The gaps beyond the first few."""
        return self.gaps[GAPS_IN_VIEW:]

    @property
    def first_gaps(self) -> list[Gap]:
        """The most pressing gaps."""
        return self.gaps[:GAPS_IN_VIEW]


@dataclass(frozen=True)
class PageQuery:
    """What the address asks for: a pair to explain, people to compare, and the order of the comparison."""

    a: str | None = None
    b: str | None = None
    show: tuple[str, ...] = ()
    order: str = ""


def _act(finalist: Finalist, offer: Offer | None) -> str:
    """What there is to do about an offer: record the answer to one that is out, look at one on its way, make the first."""
    if offer is not None and offer.status in OCCUPYING:
        return "Record answer" if offer.status == OfferStatus.EXTENDED else "See the offer"
    if offer is not None and offer.status in LIVE:
        return "See the offer"
    return "Make offer" if finalist.position == 1 else ""


def _order_places(
    slate: Sequence[Finalist],
    standings: dict[int, Standing],
    offers_by_application: dict[int, Offer],
    *,
    hidden: bool = False,
) -> list[OrderPlace]:
    places = []
    for finalist in slate:
        number, status = finalist.application_id, finalist.application.status
        active = status in {ApplicationStatus.ACTIVE, ApplicationStatus.HIRED}
        standing = standings.get(number) if status == ApplicationStatus.ACTIVE else None
        tone = WARMTH_TONES[standing.warmth.value] if standing else ""
        act = (
            _act(finalist, offers_by_application.get(number))
            if standing and guard.actor().pay_view and not hidden
            else ""
        )
        href = url_for("offers.of_application", application_id=number) if act else ""
        places.append(
            OrderPlace(
                finalist,
                active,
                place_label(finalist.position, offers_by_application.get(number)),
                standing,
                tone,
                act,
                href,
            )
        )
    return places


def _averages(bench: Sequence[Finalist], rows: Sequence[scorecards.SubmittedRating]) -> list[tuple[str, float | None]]:
    """Plain means of the recommendations, in the order that people set; what is left where a model failed."""
    scores_by_application: dict[int, list[float]] = {}
    for row in rows:
        if row.attribute == suggestion_sentences.OVERALL:
            scores_by_application.setdefault(row.application_id, []).append(row.score)
    means = {number: sum(scores) / len(scores) for number, scores in scores_by_application.items()}
    return [(finalist.application.candidate.name, means.get(finalist.application_id)) for finalist in bench]


def page_of(requisition: Requisition, *, query: PageQuery) -> FinalistsPage:
    """Gather the page. Whoever owes a card on the search sees who is on the slate, and neither order nor reasons."""
    session, viewer, now = db.session(), guard.actor(), guard.now()
    slate = pipeline.finalists_of(session, requisition)
    bench = [finalist for finalist in slate if finalist.application.status == ApplicationStatus.ACTIVE]
    owed = scorecards.owed_count(session, viewer=viewer, requisition=requisition)
    applications = [finalist.application for finalist in slate]
    standings = contact_list.standing_of(session, applications, moment=guard.act(), viewer=viewer) if slate else {}
    counts = scorecards.card_counts(session, [finalist.application_id for finalist in bench], now=now)
    page: JsonObject = {
        "title": requisition.title,
        "requisition": requisition,
        "tabs": tabs.requisition_tabs(requisition, "finalists", counts={"finalists": len(bench)}),
        "breadcrumbs": crumbs.of_requisition(requisition, "Finalists"),
        "cards": _card_totals(list(counts.values())),
        "running": len(bench),
        "debrief": url_for("debriefs.show", requisition_ref=requisition.key)
        if tabs.is_registered("debriefs.show")
        else "",
    }
    if owed:
        slate = sorted(slate, key=lambda finalist: (finalist.application.candidate.name.casefold(), finalist.id))
        return FinalistsPage(
            **page,
            places=_order_places(slate, standings, {}, hidden=True),
            state="hidden",
            suggestion={"state": "hidden"},
            ranked=None,
            owed=owed,
        )
    suggestion = slate_orders.suggestion_for(session, requisition=requisition, slate=bench, viewer=viewer)
    rows = scorecards.cards_for_ranking(session, [finalist.application_id for finalist in bench]) if bench else []
    by_id = {finalist.application_id: finalist for finalist in bench}
    unranked_ids = set(suggestion.get("not_ranked", ()))
    page["cards"] = _card_totals([cards for number, cards in counts.items() if number not in unranked_ids])
    ready = suggestion["state"] == "ready" and bool(suggestion.get("ranking"))
    offers_by_application = (
        offers.decisive_by_application(session, [finalist.application_id for finalist in slate]) if slate else {}
    )
    labels = {
        number: place_label(finalist.position, offers_by_application.get(number)) for number, finalist in by_id.items()
    }
    view = ranked_view(requisition, suggestion, by_id, labels, counts, rows, (query.a, query.b)) if ready else None
    ranked_ids = [row["application_id"] for row in suggestion["ranking"]] if ready else []
    latest_order = slate_orders.latest(session, requisition_id=requisition.id)
    return FinalistsPage(
        **page,
        places=_order_places(slate, standings, offers_by_application),
        state=suggestion["state"],
        suggestion=suggestion,
        ranked=view,
        too_early=_too_early(counts, unranked_ids),
        promotes=tabs.is_registered("keepwarm.promote"),
        averages=_averages(bench, rows) if suggestion["state"] == "failed" else [],
        lane=unranked_rows(
            requisition,
            [
                (finalist, labels[finalist.application_id])
                for finalist in bench
                if finalist.application_id in unranked_ids
            ],
            rows,
            counts,
        ),
        gaps=evidence_gaps(requisition, by_id, rows, counts, now=now) if bench else [],
        compared=side_by_side(
            requisition,
            [by_id[number] for number in ranked_ids]
            + [finalist for finalist in bench if finalist.application_id not in set(ranked_ids)],
            rows,
            query={"a": query.a, "b": query.b, "show": query.show, "order": query.order},
            pay=viewer.pay_view,
        ),
        departed=latest_order if latest_order is not None and latest_order.verdict == OrderVerdict.DEPARTED else None,
        ended=outcome.outcome_of(requisition, slate, offers=offers_by_application, order=latest_order),
        set_beside_another=latest_order is not None and latest_order.model_version != suggestion.get("model_version"),
        followed=suggestion_sentences.follow_sentence(slate_orders.follow_count(session)),
    )


def _card_totals(counts: list[scorecards.CardCounts]) -> tuple[int, int]:
    return sum(count.submitted for count in counts), sum(count.expected for count in counts)


def _too_early(counts: dict[int, scorecards.CardCounts], unranked_ids: set[int]) -> str:
    running = [count for number, count in counts.items() if number not in unranked_ids]
    return suggestion_sentences.too_early(sum(1 for count in running if count.submitted < ENOUGH_CARDS), len(running))
