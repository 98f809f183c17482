"""Cases for tests: a finalist with cards, an offer above the band, a case in any state."""

from __future__ import annotations

import datetime as dt

from recruiter.budget import decision_services, services
from recruiter.budget.models import CaseVerdict
from recruiter.foundation.money import Money
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.offers import rules as offer_rules
from recruiter.offers import services as offers
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, day_of

NAME = "Zoë <b>&'Ünal</b> 🎻 שרה"
ASK = Money(9_200_000, "EUR")
SUMMARY = "CANARY saw a clean split of the ledger"


def panel(session, people, now, application, *names, hours=30):
    """A talk that lies in the past."""
    end = now - dt.timedelta(hours=hours)
    return interviews.plan(
        session, application=application, stage=application.requisition.stages[2], name="Panel", starts_at=end - dt.timedelta(hours=1),
        ends_at=end, panel=[Seat(getattr(people, name)) for name in names], act=act_by(people.ruth, now=now) )  # fmt: skip


def card(session, talk, author, now, rating=4, overall=4):
    """A card that was sent."""
    marks = [Mark("System design", rating, "Split it cleanly"), Mark("Communication", rating, "Plain words")]
    cards.submit(
        session,
        interview=talk,
        content=CardContent(marks, overall=overall, summary=SUMMARY),
        act=act_by(author, now=now),
    )


def ground(session, people, now, *, base=9_000_000, names=(NAME, "Bela Novak", "Chidi Okoro"), carded=True, **terms):
    """A requisition whose first choice has an offer; answers with the offer."""
    requisition = factories.requisition(session, people, now, **terms)
    slate = factories.finalists(session, people, now, requisition, names=names)
    if carded:
        for finalist in slate[:2]:
            talk = panel(session, people, now, finalist, "ines", "igor")
            card(session, talk, people.ines, now, rating=4)
            card(session, talk, people.igor, now, rating=3, overall=3)
    offer = offers.draft(
        session,
        application=slate[0],
        terms=offer_rules.Terms(base=Money(base, "EUR"), sign_on=Money(500_000, "EUR")),
        act=act_by(people.ruth, now=now),
    )
    session.commit()
    return offer


def opened(session, people, now, offer, ask=ASK, actor=None):
    """A draft."""
    case = services.open_case(
        session,
        offer=offer,
        ask=ask,
        needed_by=day_of(now) + dt.timedelta(days=3),
        act=act_by(actor or people.ruth, now=now),
    )
    session.commit()
    return case


def submitted(session, people, now, offer, **more):
    """A case that waits for a decision."""
    case = opened(session, people, now, offer, **more)
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    session.commit()
    return case


def decided(session, people, now, case, verdict=CaseVerdict.APPROVED, amount=None, comment="Fine"):
    """A decision of the approver."""
    decision_services.decide(
        session, case=case, verdict=verdict, amount=amount, comment=comment, act=act_by(people.arne, now=now)
    )
    session.commit()
    return case
