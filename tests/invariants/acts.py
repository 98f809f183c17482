"""Every act on an application of a search, by name, as a door would do it: on things it has just read."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from recruiter.accounts.models import User
from recruiter.foundation.money import Money
from recruiter.keepwarm.after_start import bench_release
from recruiter.keepwarm.contacts import promise_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import Channel, ConsentAnswer, Promise, PromiseState
from recruiter.keepwarm.promotion import promote as promotion
from recruiter.offers import queries as offers
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offering
from recruiter.offers.approval import approval_services
from recruiter.offers.models import ApprovalDecision
from recruiter.pipeline.models import Application
from recruiter.requisitions.models import StageKind
from tests.acts import act_by

DAY = dt.timedelta(days=1)


class Doer:
    """Whoever acts, in a session of their own."""

    def __init__(self, session, people, now):
        self.session, self.now = session, now
        self.arne = session.get_one(User, people.arne.id)
        self.by = {"act": act_by(session.get_one(User, people.ruth.id), now=now)}

    def _of(self, number):
        return self.session.get_one(Application, number)

    def _offer(self, number):
        of_application = offers.of_application(self.session, self._of(number))
        return of_application[0] if of_application else None

    def _needed(self, number):
        _offer = self._offer(number)
        if _offer is None:
            raise LookupError
        return _offer

    def _promise(self, number):
        wanted = select(Promise).where(Promise.application_id == number).order_by(Promise.id.desc())
        offer = self.session.scalars(wanted).first()
        if offer is None:
            raise LookupError
        return offer

    def move(self, number, kind="screen"):
        offer = self._of(number)
        to = next(stage for stage in offer.requisition.stages if stage.kind == StageKind(kind))
        services.move(self.session, application=offer, to=to, reason="For a test", **self.by)

    def start(self, number):
        self.move(number, "hired")

    def reject(self, number, *, release_bench=True):
        services.reject(
            self.session, application=self._of(number), reason="skills", release_bench=release_bench, **self.by
        )

    def withdraw(self, number):
        services.withdraw(self.session, application=self._of(number), reason="timing", **self.by)

    def reopen(self, number):
        services.reopen(self.session, application=self._of(number), reason="They came back", **self.by)

    def promise(self, number):
        due = self.now.date() + 2 * DAY
        promise_services.make_promise(
            self.session, application=self._of(number), what="You will hear", due_on=due, **self.by
        )

    def keep(self, number):
        promise_services.settle_promise(self.session, promise=self._promise(number), to=PromiseState.KEPT, **self.by)

    def renew(self, number):
        promise = self._promise(number)
        promise_services.settle_promise(
            self.session, promise=promise, to=PromiseState.RENEWED, due_on=promise.due_on + 2 * DAY, **self.by
        )

    def draft(self, number):
        terms = offer_rules.Terms(base=Money(7_500_000, "EUR"))
        offering.draft(self.session, application=self._of(number), terms=terms, **self.by)

    def submit(self, number):
        approval_services.submit(self.session, offer=self._needed(number), **self.by)

    def approve(self, number):
        approval_services.approve(
            self.session, offer=self._needed(number), decision=ApprovalDecision.APPROVED, comment="",
            act=act_by(self.arne, now=self.now) )  # fmt: skip

    def extend(self, number):
        offering.extend(self.session, offer=self._needed(number), **self.by)

    def accept(self, number):
        offering.accept(self.session, offer=self._needed(number), **self.by)

    def decline(self, number):
        services.decline(self.session, offer=self._needed(number), reason="timing", **self.by)

    def renege(self, number):
        services.renege(self.session, offer=self._needed(number), reason="timing", **self.by)

    def lapse(self, number):
        services.lapse(self.session, offer=self._needed(number), reason="", **self.by)

    def rescind(self, number):
        services.rescind(self.session, offer=self._needed(number), reason="references", **self.by)

    def _plan(self, number):
        return promotion.plan_promotion(self.session, self._of(number).requisition)

    def promote(self, number, phase=None):
        requisition = self._of(number).requisition
        phase = phase or self._plan(number).phase
        promotion.promote(self.session, requisition=requisition, phase=phase, reason="timing", **self.by)

    def release(self, number):
        call = bench_release.ReleaseCall(
            Channel.PHONE, "Strong on design", ConsentAnswer.YES, self.now.date() + 300 * DAY
        )
        bench_release.release(self.session, application=self._of(number), call=call, **self.by)


ACTS = sorted(name for name in vars(Doer) if not name.startswith("_"))
