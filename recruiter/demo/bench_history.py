"""What was promised, and whether it was kept; who was called after the start; which concerns were answered; who approves what."""

from __future__ import annotations

import datetime as dt

from recruiter.accounts.models import User
from recruiter.demo import interview_setup, phrases
from recruiter.demo.scenario import DAY, HOUR, Runner, Search, Teller
from recruiter.foundation.calendar import add_working_days
from recruiter.interviews import services as interviews
from recruiter.keepwarm import queries
from recruiter.keepwarm.after_start import bench_release
from recruiter.keepwarm.contacts import contact_services
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.models.records import (
    Channel,
    ConcernKind,
    ConcernState,
    ConsentAnswer,
    Direction,
    Promise,
    PromiseState,
    TouchKind,
)
from recruiter.keepwarm.schedule import agreement_services
from recruiter.keepwarm.schedule.cadence import USUAL
from recruiter.offers.approval import chain_services
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import Requisition, StageKind
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import Mark

RELEASED_EVERY, CONCERN_EVERY, LATELY = 3, 4, 8
CONSENT = dt.timedelta(days=365)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _say(teller: Teller, search: Search, one: Runner, *, kind: TouchKind, said: str, at: dt.datetime) -> None:
    contact = contact_services.Contact(Direction.TO, Channel.PHONE, kind, said, at)
    contact_services.touch(teller.session, application=one.application, contact=contact, actor=search.recruiter, now=at)


def _keep(teller: Teller, search: Search, one: Runner, promise: Promise, *, at: dt.datetime, said: str) -> None:
    _say(teller, search, one, kind=TouchKind.UPDATE, said=said, at=at)
    contact_services.settle(
        teller.session,
        promise=promise,
        to=PromiseState.KEPT,
        actor=search.recruiter,
        now=at,
        today=at.date(),
        said=said,
    )


def _move(teller: Teller, search: Search, one: Runner, promise: Promise) -> None:
    """Told two days before the day that it takes longer, and kept by the new day."""
    at, later = _noon(promise.due_on - 2 * DAY), promise.due_on + 5 * DAY
    _say(teller, search, one, kind=TouchKind.UPDATE, said=phrases.LONGER, at=at)
    after = contact_services.renew(
        teller.session, promise=promise, application=one.application, due_on=later, actor=search.recruiter, now=at,
        today=at.date(),
    )  # fmt: skip
    _keep(teller, search, one, after, at=_noon(later - DAY), said=phrases.HELD[0])


def promises(teller: Teller, search: Search, slate: list[Runner], *, number: int) -> None:
    """What became of the promises of a search: most are kept, some moved in time, a few slip and are told after, one or two never."""
    for place, one in enumerate(slate):
        for promise in queries.promises_of(teller.session, one.application):
            if promise.state != PromiseState.OPEN:
                continue
            turn = (number * 2 + place) % 10
            if turn == 9:  # noqa: PLR2004  # one of ten is forgotten
                continue
            if turn == 8:  # noqa: PLR2004  # one of ten hears late
                _say(teller, search, one, kind=TouchKind.UPDATE, said=phrases.SORRY, at=_noon(promise.due_on + 2 * DAY))
            elif turn in {4, 7}:
                _move(teller, search, one, promise)
            else:
                said = phrases.HELD[turn % len(phrases.HELD)]
                _keep(teller, search, one, promise, at=_noon(promise.due_on - DAY), said=said)


def concerns(teller: Teller, search: Search, first: Runner, *, number: int, at: dt.datetime) -> None:
    """Now and then the first choice has a doubt, and somebody answers it."""
    if number % CONCERN_EVERY:
        return
    kind = list(ConcernKind)[(number // CONCERN_EVERY) % len(ConcernKind)]
    one = contact_services.raise_concern(
        teller.session, application=first.application, kind=kind, words=phrases.CONCERNS[kind.value], owner=search.manager,
        actor=search.recruiter, now=at,
    )  # fmt: skip
    contact_services.change_concern(
        teller.session,
        concern=one,
        state=ConcernState.RESOLVED,
        answer=phrases.ANSWERED,
        actor=search.manager,
        now=at + DAY,
    )


def release(teller: Teller, search: Search, rest: list[Runner], *, number: int, at: dt.datetime) -> None:
    """Work has started: those who waited are called, told why, and asked whether the company may keep in touch."""
    answers = (ConsentAnswer.YES, ConsentAnswer.NO, ConsentAnswer.YES, ConsentAnswer.LATER)
    for place, one in enumerate(rest):
        if one.application.status != ApplicationStatus.ACTIVE:
            continue
        answer = answers[(number + place) % len(answers)]
        until = (at + CONSENT).date() if answer == ConsentAnswer.YES else None
        said = bench_release.Said(
            Channel.PHONE, phrases.FEEDBACK[(number + place) % len(phrases.FEEDBACK)], answer, until
        )
        bench_release.release(
            teller.session, application=one.application, said=said, actor=search.recruiter,
            now=at + place * HOUR, today=at.date(),
        )  # fmt: skip


def in_touch(
    teller: Teller, search: Search, rest: list[Runner], *, number: int, since: dt.datetime, now: dt.datetime
) -> None:
    """Those who agreed hear after 30, 90 and 180 days; one of seven is due and waits."""
    for place, one in enumerate(rest):
        forgotten = (number + place) % 7 == 0
        steps = [days for days in USUAL.in_touch if since + days * DAY < now]
        for days in steps[: -1 if forgotten else None]:
            said = phrases.STAYING[(number + days) % len(phrases.STAYING)]
            _say(teller, search, one, kind=TouchKind.CHECK_IN, said=said, at=since + days * DAY)


def lately(teller: Teller, searches: list[Requisition], *, recruiter: User, now: dt.datetime) -> None:
    """Promises of the last weeks on searches that go on: kept, but for one of which the candidate heard two days late."""
    made, count = teller.session, 0
    for requisition in searches:
        for finalist in pipeline.finalists_of(made, requisition)[1:3]:
            one, by = finalist.application, recruiter
            at = max(finalist.named_at + HOUR, now - 9 * DAY)
            due_on = add_working_days(at.date(), 3)
            promise = contact_services.make_promise(
                made,
                application=one,
                what="You will hear where we stand",
                due_on=due_on,
                actor=by,
                now=at,
                today=at.date(),
            )
            count += 1
            late = count == 4  # noqa: PLR2004  # one of six
            told = _noon(due_on + 2 * DAY if late else due_on - DAY)
            contact = contact_services.Contact(
                Direction.TO, Channel.EMAIL, TouchKind.UPDATE, phrases.SORRY if late else phrases.HELD[0], told
            )
            contact_services.touch(made, application=one, contact=contact, actor=by, now=told)
            if not late:
                contact_services.settle(
                    made,
                    promise=promise,
                    to=PromiseState.KEPT,
                    actor=by,
                    now=told,
                    today=told.date(),
                    said=phrases.HELD[0],
                )


def feedback(teller: Teller, search: Search, rest: list[Runner], *, number: int, at: dt.datetime, every: bool) -> None:
    """Those who were not chosen are told why; of the last searches one still waits for it."""
    for place, one in enumerate(rest):
        if every or (number + place) % 5 != 4:  # noqa: PLR2004  # four of five are told
            said = phrases.FEEDBACK[(number + place) % len(phrases.FEEDBACK)]
            _say(teller, search, one, kind=TouchKind.FEEDBACK, said=said, at=at)


def chains(teller: Teller, *, at: dt.datetime) -> None:
    """Who approves what: one of finance up to five percent above the band, finance and then the board beyond."""
    finance, board = teller.staff.approvers[:2], teller.staff.approvers[2:]
    first = chain_services.GroupTerms(1, "Finance", 1, tuple(one.id for one in finance))
    second = chain_services.GroupTerms(2, "Board", 1, tuple(one.id for one in board))
    for name, percent, groups in (
        ("Within the band, and up to 5% above", None, (first,)),
        ("More than 5% above the band", 500, (first, second)),
    ):
        terms = chain_services.ChainTerms(name, for_offers=True, for_cases=True, groups=groups, from_percent=percent)
        chain_services.save(teller.session, chain=None, terms=terms, actor=teller.staff.admin, now=at)


def stand_in(teller: Teller, *, now: dt.datetime) -> None:
    """Somebody of finance is away next week, and a colleague answers."""
    user, deputy = teller.staff.approvers[1], teller.staff.approvers[0]
    chain_services.stand_in(
        teller.session, user=user, deputy=deputy, from_on=now.date() + 3 * DAY, until_on=now.date() + 10 * DAY,
        actor=user, now=now - DAY, today=now.date(),
    )  # fmt: skip


def clashing(teller: Teller, search: Search, *, now: dt.datetime) -> None:
    """The decision comes after a finalist's date elsewhere, an approver has said by when, and the first choice has a doubt."""
    first = pipeline.finalists_of(teller.session, search.requisition)[0].application
    decide_on = add_working_days(now.date(), 7)
    interview_setup.decide_by(
        teller.session, search.requisition, decide_on=decide_on, recruiter=search.recruiter, at=now - 2 * DAY
    )
    agreement_services.agree_date(
        teller.session, requisition=search.requisition, kind=DateKind.APPROVAL, due_on=add_working_days(now.date(), 5),
        reason="Back from the quarter's close by then", promised_by=teller.staff.approvers[0], actor=search.recruiter,
        now=now - DAY, today=now.date(),
    )  # fmt: skip
    contact_services.raise_concern(
        teller.session, application=first, kind=ConcernKind.SCOPE, words=phrases.CONCERNS["scope"],
        owner=search.manager, state=ConcernState.ADDRESSED, answer=phrases.ANSWERED, actor=search.recruiter, now=now - DAY,
    )  # fmt: skip


def final_talk(teller: Teller, search: Search, *, now: dt.datetime) -> None:
    """The last talk was the day before yesterday; its card is in, and nobody has thanked the candidate yet."""
    one = next(each for each in search.runners if each.application.stage.kind == StageKind.FINAL)
    ended, author = now - 46 * HOUR, teller.staff.interviewers[1]
    talk = interviews.plan(
        teller.session, application=one.application, stage=search.stages[StageKind.FINAL], name="Closing talk",
        starts_at=ended - HOUR, ends_at=ended, panel=[interviews.Seat(author, cross_functional=False)],
        actor=search.recruiter, now=now - 4 * DAY, tell=False,
    )  # fmt: skip
    marks = [Mark(name, 4, phrases.SEEN[4][place % 3]) for place, (name, _, _) in enumerate(phrases.ATTRIBUTES)]
    scorecards.submit(
        teller.session,
        interview=talk,
        author=author,
        marks=marks,
        overall=3,
        summary=phrases.SUMMARY[3],
        now=ended + HOUR,
    )
