"""What was promised, and whether it was kept; who was called after the start; which concerns were answered; who approves what."""

from __future__ import annotations

import datetime as dt

from recruiter.demo import phrases
from recruiter.demo.acts import act_by
from recruiter.demo.scenario import DAY, HOUR, Applicant, Scenario, Search
from recruiter.foundation.calendar import add_working_days
from recruiter.interviews import decision_dates
from recruiter.interviews import services as interviews
from recruiter.keepwarm import queries
from recruiter.keepwarm.after_start import bench_release
from recruiter.keepwarm.contacts import concern_services, contact_services, promise_services
from recruiter.keepwarm.models import records
from recruiter.keepwarm.models.agreements import DateKind
from recruiter.keepwarm.schedule import agreement_services
from recruiter.keepwarm.schedule.cadence import USUAL
from recruiter.offers.approval import chain_services
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.requisitions.models import Requisition, StageKind
from recruiter.scorecards import services as scorecards
from recruiter.scorecards.rules import CardContent, Mark

RELEASED_EVERY, CONCERN_EVERY, LATELY = 3, 4, 8
CONSENT = dt.timedelta(days=365)


def _noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _keep_promise(
    search: Search, applicant: Applicant, promise: records.Promise, *, at: dt.datetime, text: str
) -> None:
    search.record_contact(applicant, text, at=at)
    promise_services.settle_promise(
        search.session, promise=promise, to=records.PromiseState.KEPT, act=search.act(at), answer=text
    )


def _move_promise(search: Search, applicant: Applicant, promise: records.Promise) -> None:
    """Told two days before the day that it takes longer, and kept by the new day."""
    at, later = _noon(promise.due_on - 2 * DAY), promise.due_on + 5 * DAY
    search.record_contact(applicant, phrases.DELAY, at=at)
    renewed = promise_services.renew_promise(search.session, promise=promise, due_on=later, act=search.act(at))
    _keep_promise(search, applicant, renewed, at=_noon(later - DAY), text=phrases.PROMISE_KEPT[0])


def settle_promises(search: Search, slate: list[Applicant], *, number: int) -> None:
    """What became of the promises of a search: most are kept, some moved in time, a few slip and are told after, one or two never."""
    for place, applicant in enumerate(slate):
        for promise in queries.promises_of(search.session, applicant.application):
            if promise.state != records.PromiseState.OPEN:
                continue
            turn = (number * 2 + place) % 10
            if turn == 9:  # noqa: PLR2004  # one of ten is forgotten
                continue
            if turn == 8:  # noqa: PLR2004  # one of ten hears late
                search.record_contact(applicant, phrases.APOLOGY, at=_noon(promise.due_on + 2 * DAY))
            elif turn in {4, 7}:
                _move_promise(search, applicant, promise)
            else:
                text = phrases.PROMISE_KEPT[turn % len(phrases.PROMISE_KEPT)]
                _keep_promise(search, applicant, promise, at=_noon(promise.due_on - DAY), text=text)


def raise_concerns(search: Search, first_choice: Applicant, *, number: int, at: dt.datetime) -> None:
    """Now and then the first choice has a doubt, and somebody answers it."""
    if number % CONCERN_EVERY:
        return
    kind = list(records.ConcernKind)[(number // CONCERN_EVERY) % len(records.ConcernKind)]
    concern = search.raise_concern(first_choice, kind, phrases.CONCERNS[kind], at=at)
    act, resolved = search.manager_act(at + DAY), records.ConcernState.RESOLVED
    concern_services.change_concern(search.session, concern=concern, state=resolved, answer=phrases.ANSWERED, act=act)


def release_backups(search: Search, backups: list[Applicant], *, number: int, at: dt.datetime) -> None:
    """Work has started: those who waited are called, told why, and asked whether the company may keep in touch."""
    answers = (
        records.ConsentAnswer.YES,
        records.ConsentAnswer.NO,
        records.ConsentAnswer.YES,
        records.ConsentAnswer.LATER,
    )
    for place, applicant in enumerate(backups):
        if applicant.application.status != ApplicationStatus.ACTIVE:
            continue
        answer = answers[(number + place) % len(answers)]
        until = (at + CONSENT).date() if answer == records.ConsentAnswer.YES else None
        feedback, act = phrases.FEEDBACK[(number + place) % len(phrases.FEEDBACK)], search.act(at + place * HOUR)
        call = bench_release.ReleaseCall(records.Channel.PHONE, feedback, answer, until)
        bench_release.release(search.session, application=applicant.application, call=call, act=act)


def keep_in_touch(search: Search, pool: list[Applicant], *, number: int, since: dt.datetime, now: dt.datetime) -> None:
    """Those who agreed hear after 30, 90 and 180 days; one of seven is due and waits."""
    for place, applicant in enumerate(pool):
        forgotten = (number + place) % 7 == 0
        steps = [days for days in USUAL.in_touch if since + days * DAY < now]
        for days in steps[: -1 if forgotten else None]:
            text = phrases.POOL_CHECK_INS[(number + days) % len(phrases.POOL_CHECK_INS)]
            search.record_contact(applicant, text, kind=records.TouchKind.CHECK_IN, at=since + days * DAY)


def recent_promises(story: Scenario, searches: list[Requisition], *, now: dt.datetime) -> None:
    """Promises of the last weeks on searches that go on: kept, but for one of which the candidate heard two days late."""
    session, recruiter = story.session, story.staff.recruiters[0]
    waiting = [finalist for search in searches for finalist in pipeline.finalists_of(session, search)[1:3]]
    for place, finalist in enumerate(waiting):
        application, late = finalist.application, place == 3  # noqa: PLR2004  # one of six
        promised = act_by(recruiter, now=max(finalist.named_at + HOUR, now - 9 * DAY))
        due_on, what = add_working_days(promised.today, 3), "You will hear where we stand"
        promise = promise_services.make_promise(
            session, application=application, what=what, due_on=due_on, act=promised
        )
        contacted = act_by(recruiter, now=_noon(due_on + 2 * DAY if late else due_on - DAY))
        text = phrases.APOLOGY if late else phrases.PROMISE_KEPT[0]
        contact = contact_services.Contact(
            records.Direction.TO, records.Channel.EMAIL, records.TouchKind.UPDATE, text, contacted.now
        )
        contact_services.record(session, application=application, contact=contact, act=contacted)
        if not late:
            promise_services.settle_promise(
                session, promise=promise, to=records.PromiseState.KEPT, act=contacted, answer=text
            )


def give_feedback(search: Search, rejected: list[Applicant], *, number: int, at: dt.datetime, every: bool) -> None:
    """Those who were not chosen are told why; of the last searches one still waits for it."""
    for place, applicant in enumerate(rejected):
        if every or (number + place) % 5 != 4:  # noqa: PLR2004  # four of five are told
            text = phrases.FEEDBACK[(number + place) % len(phrases.FEEDBACK)]
            search.record_contact(applicant, text, kind=records.TouchKind.FEEDBACK, at=at)


def save_approval_chains(story: Scenario, *, at: dt.datetime) -> None:
    """Who approves what: one of finance up to five percent above the band, finance and then the board beyond."""
    finance, board = story.staff.approvers[:2], story.staff.approvers[2:]
    first = chain_services.GroupTerms(1, "Finance", 1, tuple(approver.id for approver in finance))
    second = chain_services.GroupTerms(2, "Board", 1, tuple(approver.id for approver in board))
    for name, percent, groups in (
        ("Within the band, and up to 5% above", None, (first,)),
        ("More than 5% above the band", 500, (first, second)),
    ):
        terms = chain_services.ChainTerms(name, for_offers=True, for_cases=True, groups=groups, from_percent=percent)
        chain_services.save(story.session, chain=None, terms=terms, act=act_by(story.staff.admin, now=at))


def appoint_deputy(story: Scenario, *, now: dt.datetime) -> None:
    """Somebody of finance is away next week, and a colleague answers."""
    deputy, user = story.staff.approvers[:2]
    begin, end, act = now.date() + 3 * DAY, now.date() + 10 * DAY, act_by(user, now=now - DAY)
    chain_services.stand_in(story.session, user=user, deputy=deputy, from_on=begin, until_on=end, act=act)


def create_clash(search: Search, *, now: dt.datetime) -> None:
    """The decision comes after a finalist's date elsewhere, an approver has said by when, and the first choice has a doubt."""
    session, requisition = search.session, search.requisition
    decide_on, approve_on = add_working_days(now.date(), 7), add_working_days(now.date(), 5)
    decision_dates.set_date(session, requisition=requisition, decide_on=decide_on, act=search.act(now - 2 * DAY))
    agreement_services.agree_date(
        session,
        requisition=requisition,
        kind=DateKind.APPROVAL,
        due_on=approve_on,
        reason="Back from the quarter's close by then",
        promised_by=search.story.staff.approvers[0],
        act=search.act(now - DAY),
    )
    concern_services.raise_concern(
        session,
        application=pipeline.finalists_of(session, requisition)[0].application,
        kind=records.ConcernKind.SCOPE,
        description=phrases.CONCERNS["scope"],
        owner=search.manager,
        state=records.ConcernState.ADDRESSED,
        answer=phrases.ANSWERED,
        act=search.act(now - DAY),
    )


def hold_final_interview(search: Search, *, now: dt.datetime) -> None:
    """The last talk was the day before yesterday; its card is in, and nobody has thanked the candidate yet."""
    finalist = next(applicant for applicant in search.applicants if applicant.application.stage.kind == StageKind.FINAL)
    ended, author = now - 46 * HOUR, search.story.staff.interviewers[1]
    interview = interviews.plan(
        search.session,
        application=finalist.application,
        stage=search.stages[StageKind.FINAL],
        name="Closing talk",
        starts_at=ended - HOUR,
        ends_at=ended,
        panel=[interviews.Seat(author)],
        act=search.act(now - 4 * DAY),
        notify=False,
    )
    marks = [Mark(name, 4, phrases.EVIDENCE[4][place % 3]) for place, name in enumerate(phrases.ATTRIBUTE_NAMES)]
    content, act = CardContent(marks, overall=3, summary=phrases.SUMMARY[3]), act_by(author, now=ended + HOUR)
    scorecards.submit(search.session, interview=interview, content=content, act=act)
