"""The candidate against the role's published attributes: ratings, spread, panel, words with their author; dissent is kept."""

from __future__ import annotations

from sqlalchemy import select

from recruiter.budget import quoting
from recruiter.budget.evidence import scores
from recruiter.budget.evidence.shapes import Evidence, Figure, Ground, Part, counted, iso
from recruiter.interviews.models import Panelist
from recruiter.scorecards.models import CardState, Scorecard

WORDS = {1: "strong no", 2: "no", 3: "yes", 4: "strong yes"}
DISSENT = 2


def cards_of(ground: Ground) -> list[Scorecard]:
    """The submitted cards of the candidate, oldest first."""
    wanted = select(Scorecard).where(
        Scorecard.application_id == ground.application.id, Scorecard.state != CardState.DRAFT
    )
    return list(ground.session.scalars(wanted.order_by(Scorecard.submitted_at, Scorecard.id)))


def from_other_teams(ground: Ground) -> set[tuple[int, int]]:
    """Interview and person of each seat on a panel of this candidate that another team held."""
    talks = {one.interview_id for one in cards_of(ground)}
    wanted = select(Panelist.interview_id, Panelist.user_id).where(
        Panelist.interview_id.in_(talks), Panelist.cross_functional
    )
    return {(row[0], row[1]) for row in ground.session.execute(wanted)}


def told_by(card: Scorecard) -> Evidence:
    """One card as a claim: recommendation and words, with author and date. Words that have no place here are left out, and that is said."""
    choice = WORDS.get(int(card.overall or 0), "no recommendation")
    said = quoting.quoted(card.summary)
    return Evidence(
        f"{card.author.name} recommends “{choice}”" + (f": {said}" if said else "."),
        f"Scorecard, {card.interview.name}",
        by=card.author.name,
        at=iso(card.submitted_at or card.saved_at),
    )


def collect(ground: Ground) -> Part:
    """Each attribute with its spread, then what the panel wrote."""
    rows = ground.own_cards()
    found, size = scores.spreads(rows), scores.panel(rows)
    name = ground.application.candidate.name
    if not size:
        return Part(f"No scorecard on {name} has been sent yet.")
    told, figures = [], []
    for attribute in ground.requisition.attributes:
        spread = found.get(attribute.name)
        if spread is None:
            continue
        told.append(
            Evidence(
                f"{attribute.name}: {spread.mean:.1f} of 5, from {spread.lowest:g} to {spread.highest:g}.",
                f"Scorecards of {ground.requisition.key}",
                count=spread.n,
            )
        )
        figures.append(Figure(attribute.name, round(spread.mean, 2), "points"))
    cards = cards_of(ground)
    told += [told_by(one) for one in cards]
    total = scores.declared(rows, ground.requisition)
    against = [one for one in cards if one.overall is not None and one.overall <= DISSENT and one.scale_min is None]
    text = f"{counted(size, 'interviewer')} rated {name}"
    if total is not None:
        text += f" at {total:.2f} of 5 by the weights that were published for the role"
        figures.append(Figure("Declared score", round(total, 2), "points"))
    text += f". {counted(len(against), 'card')} of {len(cards)} recommends against." if len(against) == 1 else "."
    if len(against) > 1:
        text += f" {len(against)} of {len(cards)} cards recommend against."
    figures.append(Figure("Interviewers", size, "count"))
    return Part(text, tuple(told), tuple(figures), whole=True)
