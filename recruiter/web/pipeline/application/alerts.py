"""What matters now on an application: a promise that is broken or due, a date elsewhere, how they stand. Each with its date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import url_for

from recruiter.foundation.database.db import db
from recruiter.foundation.money import Money, show
from recruiter.keepwarm.models.records import PromiseState
from recruiter.keepwarm.overview.board_signals import SOON
from recruiter.keepwarm.schedule import bench_facts, next_contact
from recruiter.offers.models import CompetingProcess, Offer, OfferStatus
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application, ApplicationStatus, Finalist
from recruiter.ranking.suggestion import slate_orders
from recruiter.web.request import guard
from recruiter.web.text.filters import day, signed

MOST = 3
VERDICTS = {
    "clearly_above": "clearly above the bar",
    "probably_above": "probably above the bar",
    "at_bar": "at the bar",
    "probably_below": "probably below the bar",
    "clearly_below": "clearly below the bar",
}
NTH = {1: "first", 2: "second", 3: "third"}


@dataclass(frozen=True)
class Tile:
    """One fact with a date; `href` leads to where it is settled or explained."""

    title: str
    text: str
    tone: str
    icon: str
    href: str = ""
    link: str = ""


def _away(date: dt.date) -> str:
    """How far a date is, beside the date itself."""
    days = (date - guard.today()).days
    many = f"{abs(days)} day{'s' if abs(days) != 1 else ''}"
    return "today" if days == 0 else f"{many} left" if days > 0 else f"{many} overdue"


def _promise(application: Application) -> Tile | None:
    now, today = guard.now(), guard.today()
    made = tuple(bench_facts.promise_facts(db.session(), [application.id]).get(application.id, ()))
    broken = next_contact.broken_since(made, today=today, now=now)
    href = url_for("keepwarm.of_application", application_id=application.id) + "#promises"
    if broken is not None:
        return Tile(f"Answer promised by {day(broken.due_on)}", _away(broken.due_on), "late", "clock", href, "Answer")
    waits = [one.due_on for one in made if one.state == PromiseState.OPEN and today <= one.due_on <= today + SOON]
    if not waits:
        return None
    return Tile(f"Answer promised by {day(min(waits))}", _away(min(waits)), "due", "clock", href, "Answer")


def _elsewhere(found: list[CompetingProcess]) -> Tile | None:
    today = guard.today()
    near = [(one.decision_on, -one.id, one) for one in found if one.decision_on and one.decision_on >= today]
    if not near:
        return None
    on, _, one = min(near)
    if on > today + SOON * 2:
        return None
    amount = ""
    if guard.actor().pay_view and one.offer_amount is not None and one.currency:
        amount = f"{show(Money(one.offer_amount, one.currency))} base, "
    who = one.employer or "Another employer"
    title = f"{who}\u2019s offer ends {day(on)}" if "offer" in one.stage.casefold() else f"{who} decides {day(on)}"
    return Tile(title, amount + _away(on), "due", "flag")


def _ours(offer: Offer | None) -> Tile | None:
    """Our own offer while it is out: by when they answer."""
    if offer is None or offer.status != OfferStatus.EXTENDED or offer.expires_on is None:
        return None
    late = offer.expires_on < guard.today()
    title = f"Our offer {'ran out' if late else 'ends'} {day(offer.expires_on)}"
    text = "no answer recorded" if late else _away(offer.expires_on)
    return Tile(title, text, "late" if late else "due", "doc")


def place(one: Finalist) -> str:
    """A place on the slate in words."""
    return "1st choice" if one.position == 1 else f"Backup {one.position - 1}"


def _standing(one: Finalist, application: Application) -> Tile:
    session, requisition = db.session(), application.requisition
    bench = pipeline.bench_of(session, requisition)
    found = slate_orders.advice(session, requisition=requisition, slate=bench, viewer=guard.actor())
    rows: list[dict[str, Any]] = found.get("ranking", [])
    row = next((each for each in rows if each["application_id"] == application.id), None)
    href = url_for("finalists.show", requisition_ref=requisition.key)
    since = f"Placed {day(one.named_at.astimezone(guard.configured().zone).date())}"
    if row is None or len(rows) == 1:
        return Tile(place(one), since, "", "star", href, "Finalists")
    rank = NTH.get(row["rank"], f"{row['rank']}th")
    title = f"Tied for {rank}, {place(one)}" if row["tied"] else f"{rank.capitalize()} of {len(rows)}, {place(one)}"
    found_bar = row["bar"]
    bar = f"{signed(found_bar['difference'])}, {VERDICTS[found_bar['verdict']]}. " if found_bar else ""
    ask = next((each["application_id"] for each in rows if each["application_id"] != application.id), None)
    why = url_for("finalists.show", requisition_ref=requisition.key, a=ask, b=application.id) + "#why"
    return Tile(title, f"{bar}{since}.", "tie" if row["tied"] else "", "tie" if row["tied"] else "star", why, "See why")


def tiles(application: Application, *, offer: Offer | None, told: list[CompetingProcess], blind: bool) -> list[Tile]:
    """Up to three facts that press, for whoever runs the search; nothing on how they stand while the viewer owes a card."""
    if application.status != ApplicationStatus.ACTIVE:
        return []
    found = [_promise(application), _elsewhere(told), _ours(offer)]
    pressing = [one for one in found if one is not None]
    if application.finalist is not None and not blind and len(pressing) < MOST:
        pressing.append(_standing(application.finalist, application))
    return pressing[:MOST]
