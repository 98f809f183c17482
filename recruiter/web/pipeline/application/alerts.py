"""What matters now on an application: a promise that is broken or due, a date elsewhere, how they stand. Each with its date."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from flask import url_for

from recruiter.foundation import wording
from recruiter.foundation.database.db import db
from recruiter.foundation.money import show
from recruiter.keepwarm.models.records import PromiseState
from recruiter.keepwarm.overview.board_signals import SOON
from recruiter.keepwarm.schedule import bench_facts, next_contact
from recruiter.offers.models import CompetingProcess, Offer, OfferStatus
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application, Finalist
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


def _days_away(date: dt.date) -> str:
    """How far a date is, beside the date itself."""
    days = (date - guard.today()).days
    amount_text = wording.plural(abs(days), "day")
    return "today" if days == 0 else f"{amount_text} left" if days > 0 else f"{amount_text} overdue"


def _promise(application: Application) -> Tile | None:
    """An answer that we promised: the one that is broken, else the next that is due soon."""
    today = guard.today()
    promises = bench_facts.load(db.session(), [application.id]).promises[application.id]
    broken = next_contact.broken_promise(promises, moment=guard.act())
    open_dates = [promise.due_on for promise in promises if promise.state == PromiseState.OPEN]
    due_on = broken.due_on if broken else min((on for on in open_dates if today <= on <= today + SOON), default=None)
    if due_on is None:
        return None
    href = url_for("keepwarm.of_application", application_id=application.id) + "#promises"
    tone = "late" if broken else "due"
    return Tile(f"Answer promised by {day(due_on)}", _days_away(due_on), tone, "clock", href, "Answer")


def _competing_offer(processes: list[CompetingProcess]) -> Tile | None:
    """The next decision of another employer, if it is near."""
    today = guard.today()
    dated = [(process.decision_on, -process.id, process) for process in processes if process.decision_on]
    upcoming = [entry for entry in dated if today <= entry[0] <= today + SOON * 2]
    if not upcoming:
        return None
    decision_on, _, process = min(upcoming)
    amount, employer = "", process.employer or "Another employer"
    if guard.actor().pay_view and process.offered:
        amount = f"{show(process.offered)} base, "
    action = "\u2019s offer ends" if "offer" in process.stage.casefold() else " decides"
    return Tile(f"{employer}{action} {day(decision_on)}", amount + _days_away(decision_on), "due", "flag")


def _own_offer(offer: Offer | None) -> Tile | None:
    """Our own offer while it is out: by when they answer."""
    if offer is None or offer.status != OfferStatus.EXTENDED or offer.expires_on is None:
        return None
    late = offer.expires_on < guard.today()
    title = f"Our offer {'ran out' if late else 'ends'} {day(offer.expires_on)}"
    text = "no answer recorded" if late else _days_away(offer.expires_on)
    return Tile(title, text, "late" if late else "due", "doc")


def _rank(finalist: Finalist, application: Application) -> Tile:
    session, requisition = db.session(), application.requisition
    bench = pipeline.bench_of(session, requisition)
    advice = slate_orders.suggestion_for(session, requisition=requisition, slate=bench, viewer=guard.actor())
    rows = advice.get("ranking", [])
    row = next((entry for entry in rows if entry["application_id"] == application.id), None)
    href = url_for("finalists.show", requisition_ref=requisition.key)
    placed_on = f"Placed {day(finalist.named_at)}"
    if row is None or len(rows) == 1:
        return Tile(wording.bench_place(finalist.position), placed_on, "", "star", href, "Finalists")
    rank, place = NTH.get(row["rank"], f"{row['rank']}th"), wording.bench_place(finalist.position)
    title = f"Tied for {rank}, {place}" if row["tied"] else f"{rank.capitalize()} of {len(rows)}, {place}"
    bar_result = row["bar"]
    bar = f"{signed(bar_result['difference'])}, {VERDICTS[bar_result['verdict']]}. " if bar_result else ""
    compared_id = next((entry["application_id"] for entry in rows if entry["application_id"] != application.id), None)
    why = url_for("finalists.show", requisition_ref=requisition.key, a=compared_id, b=application.id) + "#why"
    tone, icon = ("tie", "tie") if row["tied"] else ("", "star")
    return Tile(title, f"{bar}{placed_on}.", tone, icon, why, "See why")


def tiles(
    application: Application, *, offer: Offer | None, competing: list[CompetingProcess], blind: bool
) -> list[Tile]:
    """Up to three facts that press, for whoever runs the search; nothing on how they stand while the viewer owes a card."""
    if not application.is_active:
        return []
    candidates = [_promise(application), _competing_offer(competing), _own_offer(offer)]
    pressing = [tile for tile in candidates if tile is not None]
    if application.finalist is not None and not blind and len(pressing) < MOST:
        pressing.append(_rank(application.finalist, application))
    return pressing[:MOST]
