"""What the page of the finalists shows to whoever looks at it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from statistics import fmean

from recruiter.foundation.database.db import db
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
from recruiter.scorecards import readings
from recruiter.web.finalists import outcome, suggestion_sentences
from recruiter.web.finalists.evidence_gaps import Gap, cards_to_rank_by, evidence_gaps
from recruiter.web.finalists.outcome import SearchOutcome
from recruiter.web.finalists.side_by_side import PageQuery, SideBySide, scores_of, side_by_side
from recruiter.web.finalists.suggestion_view import RankedView, place_badge, ranked_view
from recruiter.web.finalists.unranked import UnrankedRow, unranked_rows
from recruiter.web.keepwarm import labels
from recruiter.web.layout import breadcrumbs as crumbs
from recruiter.web.layout import tabs
from recruiter.web.request import guard
from recruiter.web.text.filters import application_status

GAPS_IN_VIEW = 4
ENOUGH_CARDS = 2
OFF = {"company": "in the whole company", "requisition": "for this requisition"}


@dataclass(frozen=True)
class OrderPlace:
    """One finalist in the order that people set; `ended` says what became of who is not in the running any more."""

    finalist: Finalist
    active: bool
    ended: str
    standing: Standing | None
    tone: str
    act: str = ""


@dataclass(frozen=True)
class FinalistsPage:
    """The finalists of a requisition."""

    title: str
    requisition: Requisition
    tabs: list[tabs.Tab]
    breadcrumbs: crumbs.Crumbs
    running: int
    owed: int
    places: list[OrderPlace] = field(default_factory=list)
    suggestion: Suggestion = field(default_factory=lambda: Suggestion(state="hidden"))
    ranked: RankedView | None = None
    cards: tuple[int, int] = (0, 0)
    too_early: str = ""
    averages: list[tuple[str, float | None]] = field(default_factory=list)
    lane: list[UnrankedRow] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)
    compared: SideBySide | None = None
    order: NamedOrder | None = None
    followed: str = ""
    ended: SearchOutcome | None = None
    highest = 5

    @property
    def hidden(self) -> bool:
        """Whether the viewer owes a scorecard, and so sees names alone."""
        return self.owed > 0

    @property
    def failed(self) -> bool:
        """Whether the stored model could not be read."""
        return self.suggestion["state"] == "failed"

    @property
    def nobody_left(self) -> bool:
        """Whether a search goes on of whose slate nobody is in the running."""
        return self.suggestion["state"] == "too_early" and not self.running and not self.ended

    @property
    def off(self) -> str:
        """Where suggestions are switched off, empty where they are on."""
        return OFF[self.suggestion["off_for"]] if self.suggestion["state"] == "off" else ""

    @property
    def departed(self) -> NamedOrder | None:
        """The order as it stands, where it departed from a clear lead when it was set."""
        return self.order if self.order is not None and self.order.verdict == OrderVerdict.DEPARTED else None

    @property
    def set_beside_another(self) -> bool:
        """Whether the order was set beside the suggestion of another model."""
        return self.order is not None and self.order.model_version != self.suggestion.get("model_version")

    @property
    def acts(self) -> bool:
        """Whether the first choice has something to be done about an offer: then that is the primary action."""
        return any(place.act and place.finalist.position == 1 for place in self.places)

    @property
    def first_gaps(self) -> list[Gap]:
        """The most pressing gaps."""
        return self.gaps[:GAPS_IN_VIEW]

    @property
    def more_gaps(self) -> list[Gap]:
        """The gaps beyond the first few."""
        return self.gaps[GAPS_IN_VIEW:]


def _act(finalist: Finalist, offer: Offer | None) -> str:
    """What there is to do about an offer: record the answer to one that is out, look at one on its way, make the first."""
    if offer is not None and offer.status in OCCUPYING:
        return "Record answer" if offer.status == OfferStatus.EXTENDED else "See the offer"
    if offer is not None and offer.status in LIVE:
        return "See the offer"
    return "Make offer" if finalist.position == 1 else ""


def _order_place(
    finalist: Finalist, standings: Mapping[int, Standing], offer_of: Mapping[int, Offer] | None = None
) -> OrderPlace:
    """A place as the page shows it; without offers, as for who owes a card, there is nothing to be done about one."""
    number, status = finalist.application_id, finalist.application.status
    running = status == ApplicationStatus.ACTIVE
    standing = standings.get(number) if running else None
    return OrderPlace(
        finalist,
        running or status == ApplicationStatus.HIRED,
        "" if running else application_status(status),
        standing,
        labels.WARMTH[standing.warmth][1] if standing else "",
        _act(finalist, offer_of.get(number)) if standing and offer_of is not None and guard.actor().pay_view else "",
    )


def _averages(bench: Sequence[Finalist], rows: Sequence[scorecards.SubmittedRating]) -> list[tuple[str, float | None]]:
    """Plain means of the recommendations, in the order that people set; what is left where a model failed."""
    scores: dict[int, list[float]] = {}
    for row in rows:
        if row.attribute == suggestion_sentences.OVERALL:
            scores.setdefault(row.application_id, []).append(row.score)
    means = {number: fmean(given) for number, given in scores.items()}
    return [(finalist.application.candidate.name, means.get(finalist.application_id)) for finalist in bench]


def page_of(requisition: Requisition, *, query: PageQuery) -> FinalistsPage:
    """Gather the page. Whoever owes a card on the search sees who is on the slate, and neither order nor reasons."""
    session, viewer, now = db.session(), guard.actor(), guard.now()
    slate = pipeline.finalists_of(session, requisition)
    bench = [finalist for finalist in slate if finalist.application.status == ApplicationStatus.ACTIVE]
    by_id = {finalist.application_id: finalist for finalist in bench}
    owed = scorecards.owed_on_slate(session, viewer=viewer, requisition=requisition)
    applications = [finalist.application for finalist in slate]
    standings = contact_list.standing_of(session, applications, moment=guard.act(), viewer=viewer) if slate else {}
    page = FinalistsPage(
        title=requisition.title,
        requisition=requisition,
        tabs=tabs.requisition_tabs(requisition, "finalists", counts={"finalists": len(bench)}),
        breadcrumbs=crumbs.of_requisition(requisition, "Finalists"),
        running=len(bench),
        owed=owed,
    )
    if page.hidden:
        slate.sort(key=lambda finalist: (finalist.application.candidate.name.casefold(), finalist.id))
        return replace(page, places=[_order_place(finalist, standings) for finalist in slate])
    counts = scorecards.card_counts(session, list(by_id), now=now)
    suggestion = slate_orders.suggestion_for(session, requisition=requisition, slate=bench, viewer=viewer)
    rows = scorecards.cards_for_ranking(session, list(by_id)) if bench else []
    readings.note(session, viewer=viewer, application_ids=list(by_id))
    scores, to_rank_by = scores_of(rows), cards_to_rank_by(rows)
    unranked = set(suggestion.get("not_ranked", ()))
    shown_counts = [cards for number, cards in counts.items() if number not in unranked]
    ranking = suggestion.get("ranking", []) if suggestion["state"] == "ready" else []
    offer_of = (
        offers.decisive_by_application(session, [application.id for application in applications]) if slate else {}
    )
    badges = {number: place_badge(finalist, offer_of.get(number)) for number, finalist in by_id.items()}
    ranked = [by_id[row["application_id"]] for row in ranking]
    others = [finalist for finalist in bench if finalist not in ranked]
    order = slate_orders.latest(session, requisition_id=requisition.id)
    return replace(
        page,
        places=[_order_place(finalist, standings, offer_of) for finalist in slate],
        cards=(sum(cards.submitted for cards in shown_counts), sum(cards.expected for cards in shown_counts)),
        suggestion=suggestion,
        ranked=ranked_view(requisition, suggestion, by_id, badges, counts, rows, query) if ranking else None,
        too_early=_too_early(set(by_id) - unranked, to_rank_by) if bench and suggestion["state"] == "too_early" else "",
        averages=_averages(bench, rows) if suggestion["state"] == "failed" else [],
        lane=unranked_rows(
            requisition, [by_id[number] for number in by_id if number in unranked], badges, scores, counts
        ),
        gaps=evidence_gaps(requisition, by_id, scores, counts, to_rank_by, now=now) if bench else [],
        compared=side_by_side(requisition, ranked + others, scores, query=query, pay=viewer.pay_view),
        order=order,
        ended=outcome.outcome_of(requisition, slate, offers=offer_of, order=order),
        followed=suggestion_sentences.follow_sentence(slate_orders.follow_count(session)),
    )


def _too_early(application_ids: Collection[int], to_rank_by: Counter[int]) -> str:
    thin = sum(1 for number in application_ids if to_rank_by[number] < ENOUGH_CARDS)
    return suggestion_sentences.too_early(thin, len(application_ids))
