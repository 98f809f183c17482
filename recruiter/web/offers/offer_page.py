"""What a page of offers shows: the band, the versions and what changed, who approved, what can be done."""

from __future__ import annotations

import dataclasses
import datetime as dt
from dataclasses import dataclass

from flask import url_for
from flask_wtf import FlaskForm

from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.foundation.money import Money
from recruiter.foundation.wording import at_time
from recruiter.keepwarm import queries as keepwarm
from recruiter.keepwarm.lifecycle import offer_reissue
from recruiter.keepwarm.models.records import Concern, ConcernState
from recruiter.keepwarm.undo import promotion_undo
from recruiter.offers import queries, rules, term_versions
from recruiter.offers.approval import chain_queries
from recruiter.offers.approval.approval_chain import Slot
from recruiter.offers.approval.approval_rounds import ApprovalProgress, open_questions, progress_of, slot_or_reason
from recruiter.offers.band import band_exceptions
from recruiter.offers.models import Approval, ApprovalDecision, CompetingProcess, Offer, OfferStatus, SourceClass
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.policy import permits
from recruiter.policy.permissions import Permission
from recruiter.web.layout import tabs
from recruiter.web.offers import forms, offer_rows
from recruiter.web.offers.linked_case import OPEN_CASE, LinkedCase, case_href, linked_case
from recruiter.web.offers.statements import Statement, statements_of
from recruiter.web.offers.version_rows import Comparison, SinceDecision, Version, comparison_of, since, versions
from recruiter.web.request import guard
from recruiter.web.request.form_handling import RejectedForm

ENDINGS = {
    OfferStatus.DECLINED: ("decline", "Record that it was declined", "offers.decline"),
    OfferStatus.LAPSED: ("lapse", "Record that it lapsed", "offers.lapse"),
    OfferStatus.RENEGED: ("renege", "Record that they will not come after all", "offers.renege"),
    OfferStatus.RESCINDED: ("rescission", "Rescind the offer", "offers.rescind"),
}
ENDS_APPLICATION = {OfferStatus.DECLINED, OfferStatus.RENEGED}
SOURCE_TONES = {SourceClass.VERIFIED: "ok", SourceClass.CREDIBLE: "info", SourceClass.UNVERIFIED: ""}
NEXT_STEPS = {
    OfferStatus.DRAFT: ("offers.submit", "Send for approval", "up"),
    OfferStatus.APPROVED: ("offers.extend", "Mark as sent out", "mail"),
    OfferStatus.EXTENDED: ("offers.accept", "Record acceptance", "check"),
}


@dataclass(frozen=True)
class OfferFacts:
    """What every page of one offer shows: its pay beside the band, what changed, and how far its approval has come."""

    title: str
    offer: Offer
    state: tuple[str, str]
    over: Money | None
    share: str
    up_to: Money | None
    interval: str
    bar: offer_rows.BandBar | None
    comparison: Comparison | None
    progress: ApprovalProgress | None

    @property
    def terms_version(self) -> str:
        """How the terms are named that a decision is on: “2”, or “2.1” after a change of its dates."""
        return term_versions.current(self.offer).label

    @property
    def statements(self) -> list[Statement]:
        """What approvers said and were answered, the latest first."""
        return statements_of(self.offer)


def offer_facts(offer: Offer, *, label_seen: str | None = None) -> JsonObject:
    """The fields of `OfferFacts`; `label_seen` is the version on which a decision was made that came back."""
    band = offer.band
    over = rules.excess(offer.base_pay, band)
    return {
        "title": f"Offer to {offer.application.candidate.name}",
        "offer": offer,
        "state": offer_rows.state_of(offer),
        "over": over,
        "share": f"{over.amount / band.max:.1%}" if over and band and band.max else "",
        "up_to": band_exceptions.allowed_up_to(db.session(), offer.application),
        "interval": band.interval if band else "year",
        "bar": offer_rows.bar_of(offer.base_pay, band),
        "comparison": comparison_of(offer, label_seen),
        "progress": progress_of(offer),
    }


@dataclass(frozen=True)
class OfferPage(OfferFacts):
    """One offer, and what can be done about it."""

    breadcrumbs: list[tuple[str, str | None]]
    tabs: list[tabs.Tab]
    seat: str
    no_longer: str
    case_href: str | None
    case: LinkedCase | None
    versions: list[Version]
    since: SinceDecision | None
    concerns: list[tuple[Concern, str]]  # with the tone of where each stands
    processes: list[tuple[CompetingProcess, str]]  # with the tone of how far each is known
    expired: bool
    runs: bool
    decides: bool
    own_request: bool
    can_change: bool
    promote_href: str | None
    undo_href: str | None
    failed: RejectedForm | None
    again: bool = False  # whether the same terms can be drafted once more
    reopens: bool = False
    open_question: Approval | None = None  # the question that waits for an answer of whoever runs the search

    def form(self, key: str) -> FlaskForm:
        """The form of a key: as it came back, else a fresh one."""
        if self.failed and self.failed.key == key:
            return self.failed.form
        if key == "terms":
            start = forms.form_data(rules.terms_of(self.offer), version=self.offer.version)
            return forms.terms_form(self.offer.band, formdata=None, data=start)
        if key == "again":
            start_on = self.offer.start_on if self.offer.start_on and self.offer.start_on > guard.today() else None
            return forms.AgainForm(formdata=None, data={"start_on": start_on})
        if key == "answer":
            return forms.AnswerForm(formdata=None)
        return forms.DecisionForm(formdata=None) if key == "decision" else forms.end_form(key, formdata=None)

    def back(self, key: str) -> bool:
        """Whether the form of a key came back with something to look at."""
        return self.failed is not None and self.failed.key == key

    @property
    def covered(self) -> bool:
        """Whether the base may be sent for approval as it stands: within the band, or within what a case allows."""
        return rules.is_covered(self.offer.base_pay, band=self.offer.band, up_to=self.up_to)

    @property
    def lowered(self) -> JsonObject | None:
        """The form that brings the base down to what an approved case allows, where it is above: the terms as fields, else None."""
        if self.covered or self.up_to is None or not self.can_change:
            return None
        terms = dataclasses.replace(rules.terms_of(self.offer), base=self.up_to)
        return {name: value or "" for name, value in forms.form_data(terms, version=self.offer.version).items()}

    @property
    def case_act(self) -> tuple[str, str] | None:
        """What comes first where the base is not covered: words and address of what to do about the case."""
        if self.covered or not self.case_href:
            return None
        if self.case and self.case.act_href:
            return self.case.act, self.case.act_href
        return OPEN_CASE, self.case_href

    @property
    def is_draft(self) -> bool:
        """Whether nothing was sent yet, for approval or to the candidate."""
        return self.offer.status == OfferStatus.DRAFT

    @property
    def opens_case(self) -> bool:
        """Whether the first thing to do is about the budget case."""
        return self.runs and self.is_draft and self.case_act is not None

    @property
    def next_step(self) -> tuple[str, str, str] | None:
        """The step that brings the offer on, for whoever runs the search: endpoint, words and icon."""
        return NEXT_STEPS.get(self.offer.status) if self.runs and (self.covered or not self.is_draft) else None

    @property
    def ends(self) -> list[tuple[str, str, str, bool]]:
        """The ways in which this offer can end now: key, words, address, and whether the application ends with it."""
        return [
            (key, label, url_for(endpoint, offer_id=self.offer.id), status in ENDS_APPLICATION)
            for status, (key, label, endpoint) in ENDINGS.items()
            if self.offer.status in rules.ENDS_FROM[status]
        ]


def _promote_href(offer: Offer) -> str | None:
    """Where the next finalist is promoted, while this very loss has no successor yet."""
    session, application = db.session(), offer.application
    if offer.status in ENDS_APPLICATION:
        loss = keepwarm.open_losses(session, [application.requisition_id]).get(application.requisition_id)
        is_open = loss is not None and loss.application_id == application.id
    else:
        lapsed = offer.status == OfferStatus.LAPSED and application.status == ApplicationStatus.ACTIVE
        is_open = lapsed and queries.decisive_of(session, application) is offer
    return url_for("keepwarm.promote", requisition_ref=application.requisition.key) if is_open else None


def _undo_href(offer: Offer) -> str | None:
    """Where the promotion that began this offer is taken back, until it is sent."""
    if offer.status not in promotion_undo.UNSENT:
        return None
    promotion = promotion_undo.open_promotion(db.session(), offer.application.requisition)
    if promotion is None or promotion.offer_id != offer.id:
        return None
    return url_for("keepwarm.undo_promotion", requisition_ref=offer.application.requisition.key)


def _unresolved_concerns(application: Application) -> list[tuple[Concern, str]]:
    return [
        (concern, "due" if concern.state == ConcernState.OPEN else "info")
        for concern in keepwarm.concerns_of(db.session(), application)
        if concern.state != ConcernState.RESOLVED
    ]


def _processes(application: Application) -> list[tuple[CompetingProcess, str]]:
    """Other employers' processes, the surest and soonest first."""
    order = list(SOURCE_TONES)
    processes = sorted(
        queries.competing_of(db.session(), application),
        key=lambda process: (order.index(process.source_class), process.decision_on or dt.date.max),
    )
    return [(process, SOURCE_TONES[process.source_class]) for process in processes]


def viewers_slot(offer: Offer) -> tuple[Slot | None, str]:
    """Where the viewer's word would count now, for themselves or whom they stand in for, else why it does not."""
    viewer_id = guard.actor().id
    if not offer.awaits_approval:
        return None, f"{_own_decision(offer, viewer_id)}This offer is {rules.STATUS_PHRASES[offer.status]}."
    represented = chain_queries.represented_by(db.session(), viewer_id, on=guard.today())
    return slot_or_reason(offer, viewer_id, represented=represented)


def _own_decision(offer: Offer, viewer_id: int) -> str:
    """What the viewer decided on the present pay, and when, as a sentence with a space behind it; empty where nothing."""
    decided = {ApprovalDecision.APPROVED: "approved", ApprovalDecision.REFUSED: "refused"}
    own = [each for each in offer.statements if each.by_id == viewer_id and each.decision in decided]
    if not own:
        return ""
    return f"You {decided[own[-1].decision]} it {at_time(own[-1].at, zone=guard.zone(), today=guard.today())}. "


def page_of(offer: Offer, failed: RejectedForm | None = None) -> OfferPage:
    """Gather the page of an offer."""
    session, actor, application = db.session(), guard.actor(), offer.application
    offers = queries.of_application(session, application)  # brings approvals and versions along in one go
    label_seen = failed.form.terms_version.data if failed and failed.key == "decision" else None
    facts = offer_facts(offer, label_seen=label_seen)
    covered = rules.is_covered(offer.base_pay, band=offer.band, up_to=facts["up_to"])
    runs = permits.permits(session, actor=actor, permission=Permission.OFFER_WRITE, on=offer)
    acts = runs and application.candidate.erased_at is None
    is_requester = actor.id in offer.requester_ids
    may_decide = offer.awaits_approval and permits.permits(
        session, actor=actor, permission=Permission.OFFER_APPROVE, on=offer
    )
    expired = offer_rows.has_run_out(offer)
    return OfferPage(
        **facts,
        breadcrumbs=offer_rows.crumbs(application, runs=runs, last=f"Offer {offer.id}"),
        tabs=tabs.application_tabs(application, "offers", runs=True) if runs else [],
        seat=offer_rows.seat_of(offer),
        no_longer=band_exceptions.reason_void(session, application) if facts["over"] else "",
        case_href=case_href(application) if runs else None,
        case=linked_case(offer) if runs and not covered else None,
        versions=versions(offer),
        since=since(offer),
        concerns=_unresolved_concerns(application) if runs else [],
        processes=_processes(application) if runs else [],
        expired=expired,
        runs=acts,
        decides=may_decide and not is_requester and viewers_slot(offer)[0] is not None,
        own_request=may_decide and is_requester,
        can_change=runs and offer.status in rules.CHANGEABLE and application.status == ApplicationStatus.ACTIVE,
        promote_href=_promote_href(offer) if runs else None,
        undo_href=_undo_href(offer) if runs else None,
        failed=failed,
        again=acts and offer_reissue.may(offer, among=offers),
        reopens=offer_reissue.reopens(offer),
        open_question=next(iter(open_questions(offer)), None) if runs else None,
    )
