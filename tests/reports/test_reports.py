"""Reports: counts that can be recounted by hand, with their n, within sight and never while a scorecard is owed."""

import csv
import datetime as dt
import io
from zoneinfo import ZoneInfo

import pytest

from recruiter.debriefs import services as debriefs
from recruiter.interviews import services as interviews
from recruiter.interviews.services import Seat
from recruiter.keepwarm.contacts import promise_services, readiness_services
from recruiter.keepwarm.lifecycle import services
from recruiter.keepwarm.models.records import Phase, PromiseState
from recruiter.keepwarm.promotion import promote
from recruiter.policy import scopes
from recruiter.ranking.suggestion import slate_orders
from recruiter.reports import catalogue, export, rules, scope
from recruiter.reports.decisions import debrief_changes
from recruiter.requisitions.models import StageKind
from recruiter.scorecards import services as cards
from recruiter.scorecards.rules import CardContent, Mark
from tests import factories
from tests.acts import act_by, day_of, moment
from tests.offers import arranging

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def report(session, people, clock):
    """`report(name, viewer="ruth", period="12-months", team="")`: a report as one of the people sees it now."""

    def made(name, viewer="ruth", period="12-months", team=""):
        actor = getattr(people, viewer)
        request = scope.request_for(
            session, viewer=actor, within=scopes.searches(actor), moment=moment(clock.at),
            period=scope.period_named(period), team=team,
        )  # fmt: skip
        return catalogue.report_named(name, request)

    return made


def _figures(report):
    return {figure.label: figure.value for figure in report.figures}


def _rows(report):
    keys = [column.key for column in report.columns]
    return [dict(zip(keys, row, strict=True)) for row in report.rows]


def _promise(session, people, application, now, *, days=2, by="ruth"):
    return promise_services.make_promise(
        session, application=application, what="You will hear", due_on=day_of(now) + days * DAY, act=act_by(getattr(people, by), now=now),
        )  # fmt: skip


def _promoted(session, people, requisition, now, *, phase, reason="accepted_counter_offer"):
    return promote.promote(
        session,
        requisition=requisition,
        phase=Phase(phase),
        reason=reason,
        act=act_by(people.ruth, now=now),
    )


def _sent(session, people, offer, now):
    for act in (arranging.submit, arranging.approve, arranging.extend):
        act(session, people, offer, now)


def test_losses_are_counted_by_phase_and_reason(session, people, now, report):
    for at, to, phase, reason in [
        (now - 40 * DAY, "extended", "offer", "compensation"),
        (now - 20 * DAY, "accepted", "accepted", "accepted_counter_offer"),
        (now - 3 * DAY, None, "before_offer", "timing"),
    ]:
        requisition = factories.requisition(session, people, at)
        ada = factories.finalists(session, people, at, requisition)[0]
        if to:
            arranging.offer(session, people, ada, at, to=to)
        _promoted(session, people, requisition, at + HOUR, phase=phase, reason=reason)
    result = report("fall-through")
    assert result.n == 3
    assert [row["phase"] for row in _rows(result)] == [
        "Before an offer was out", "After accepting", "While the offer was out",
    ]  # fmt: skip
    assert [row["reason"] for row in _rows(result)] == ["Timing", "Accepted a counter offer", "Compensation"]
    assert _figures(result) == {
        "Offers that went out and were declined or ran out": "1 of 2",
        "Accepted offers that fell through": "1 of 1",
        "Lost before an offer was out": "1",
    }
    assert "Only 3 first choices lost" in result.sample.caution
    assert report("fall-through", period="30-days").n == 2


def test_the_clock_runs_from_the_loss_until_the_next_offer_is_out(session, people, now, report):
    hours = [1.5, 30.0, None]
    for place, took in enumerate(hours):
        at = now - (20 - place) * DAY
        requisition = factories.requisition(session, people, at)
        ada = factories.finalists(session, people, at, requisition)[0]
        arranging.offer(session, people, ada, at, to="accepted")
        done = _promoted(session, people, requisition, at + HOUR, phase="accepted")
        if took is not None:
            _sent(session, people, done.offer, at + HOUR + dt.timedelta(hours=took))
    result = report("time-to-backfill")
    assert [row["hours"] for row in _rows(result)] == [None, 30.0, 1.5]
    assert [row["within_goal"] for row in _rows(result)] == ["", "no", "yes"]
    assert _figures(result)["Within the goal of 2 hours"] == "1 of 2"
    assert _figures(result)["Half of them took at most"] == "15.8 h"
    assert _figures(result)["Promoted, offer not out yet"] == "1"


def test_bench_depth_counts_who_is_behind_the_first_choice(session, people, now, report):
    deep = factories.requisition(session, people, now)
    ada, bela, _ = factories.finalists(session, people, now, deep)
    alone = factories.requisition(session, people, now)
    factories.finalists(session, people, now, alone, names=("Dora",))
    arranging.offer(session, people, ada, now, to="extended")
    answers = readiness_services.ReadinessAnswers(interested=True)
    readiness_services.record_readiness(
        session,
        application=bela,
        answers=answers,
        act=act_by(people.ruth, now=now - 7 * DAY),
    )
    assert [(row["bench"], row["ready"], row["offer_out"]) for row in _rows(report("bench-depth"))] == [
        (2, 1, "yes"), (0, 0, "no"),
    ]  # fmt: skip
    assert _figures(report("bench-depth"))["Offer out or accepted, with a ready second"] == "1 of 1"
    readiness_services.record_readiness(
        session,
        application=bela,
        answers=answers,
        act=act_by(people.ruth, now=now - 8 * DAY),
    )
    assert _figures(report("bench-depth"))["Offer out or accepted, with a ready second"] == "0 of 1"


def test_second_choices_stand_beside_first_ones(session, people, now, report):
    requisition = factories.requisition(session, people, now)
    ada, bela, _ = factories.finalists(session, people, now, requisition)
    arranging.offer(session, people, ada, now, to="accepted")
    done = _promoted(session, people, requisition, now, phase="accepted")
    _sent(session, people, done.offer, now)
    assert _figures(report("second-choice"))["Promoted from the bench, accepted"] == "none yet"
    arranging.accept(session, people, done.offer, now)
    services.move(
        session, application=bela, to=next(s for s in requisition.stages if s.kind == StageKind.HIRED),
        act=act_by(people.ruth, now=now) )  # fmt: skip
    result = report("second-choice")
    assert result.n == 1
    assert _figures(result) == {
        "Promoted from the bench, accepted": "1 of 1",
        "First choices, accepted": "1 of 1",
        "Promoted, accepted and started work": "1 of 1",
    }


def test_promises_are_counted_by_who_made_them_and_by_team(session, people, now, report):
    requisition = factories.requisition(session, people, now, department="Engineering")
    other = factories.requisition(session, people, now, department="Data")
    ada = factories.finalists(session, people, now, requisition)[0]
    zoe = factories.finalists(session, people, now, other, names=("Zoe",))[0]
    promise = _promise(session, people, ada, now)
    moved = _promise(session, people, ada, now)
    _promise(session, people, zoe, now, by="hana")
    late = now - 9 * DAY
    promise_services.make_promise(
        session,
        application=zoe,
        what="Sooner",
        due_on=day_of(late),
        act=act_by(people.hana, now=late),
    )
    about = {"act": act_by(people.ruth, now=now)}
    promise_services.settle_promise(session, promise=promise, to=PromiseState.KEPT, **about)
    promise_services.settle_promise(
        session, promise=moved, to=PromiseState.RENEWED, due_on=day_of(now) + 5 * DAY, **about
    )
    result = report("promises-kept")
    assert _figures(result) == {
        "Kept": "1 of 2", "Broken, and told after": "1 of 2", "Broken, and never told": "0 of 2",
        "Slips told before the day": "1 of 2", "Open, not due yet": "2",
    }  # fmt: skip
    assert [tuple(row.values()) for row in _rows(result)] == [
        ("Hana", "Data", 0, 1, 0, 1, 0, 1), ("Ruth", "Engineering", 1, 0, 0, 1, 1, 1),
    ]  # fmt: skip
    assert [(bar.label, bar.text) for bar in result.bars] == [("Data", "0 of 1"), ("Engineering", "1 of 1")]
    assert [row["person"] for row in _rows(report("promises-kept", team="Data"))] == ["Hana"]
    assert result.finding == "1 of 2 promises that fell due were kept."


def _scored(session, people, now, requisition, application, overall):
    talk = interviews.plan(
        session, application=application, stage=requisition.stages[2], name="Panel", starts_at=now - 3 * HOUR,
        ends_at=now - 2 * HOUR, panel=[Seat(people.igor)], act=act_by(people.ruth, now=now) )  # fmt: skip
    marks = [Mark("System design", 4, "Split it"), Mark("Communication", 4, "Plain")]
    cards.submit(session, interview=talk, content=CardContent(marks, overall=overall), act=act_by(people.igor, now=now))


@pytest.mark.parametrize(
    ("overall", "first", "outcome"),
    [
        ((4, 2), 0, debrief_changes.SAME),
        ((4, 2), 1, debrief_changes.CHANGED),
        ((3, 3), 1, debrief_changes.TIE),
        ((3,), 0, debrief_changes.UNKNOWN),
    ],
)
def test_a_debrief_changes_the_winner_or_not(session, people, now, report, overall, first, outcome):
    requisition = factories.requisition(session, people, now)
    slate = [factories.application(session, people, now, requisition, stage="final") for _ in range(2)]
    for finalist, mark in zip(slate, overall, strict=False):
        _scored(session, people, now, requisition, finalist, mark)
    debriefs.record(
        session, requisition=requisition, decision="Offer as named", act=act_by(people.ruth, now=now + HOUR)
    )
    order = [slate[first], slate[1 - first]]
    slate_orders.save_order(
        session, requisition=requisition, order=[(application, "As talked") for application in order], act=act_by(people.hana, now=now + 2 * HOUR),
        reason="As talked",
    )  # fmt: skip
    result = report("debrief-changes")
    assert [row["first"] for row in _rows(result)] == [outcome]
    assert result.n == (0 if outcome == debrief_changes.UNKNOWN else 1)


def test_an_order_is_counted_beside_its_suggestion(session, people, now, report):
    requisition = factories.requisition(session, people, now)
    slate = [factories.application(session, people, now, requisition, stage="final") for _ in range(2)]
    about = {"requisition": requisition, "act": act_by(people.hana, now=now)}
    for order in (slate, slate[::-1]):
        slate_orders.save_order(session, order=[(application, "For a test") for application in order], **about)
    result = report("suggestions-followed")
    assert len(result.rows) == 1
    assert (result.n, _rows(result)[0]["verdict"]) == (0, "Nothing to follow")


def test_nothing_is_counted_where_the_viewer_owes_a_card_or_does_not_run_the_search(session, people, now, report):
    requisition = factories.requisition(session, people, now)
    ada = factories.finalists(session, people, now, requisition)[0]
    _promise(session, people, ada, now)
    assert len(report("promises-kept", viewer="hana").rows) == 1
    assert report("promises-kept", viewer="henk").rows == ()
    interviews.plan(
        session, application=ada, stage=requisition.stages[2], name="Panel", starts_at=now - 3 * HOUR,
        ends_at=now - 2 * HOUR, panel=[Seat(people.hana)], act=act_by(people.ruth, now=now) )  # fmt: skip
    for name in catalogue.REPORTS:
        assert report(name, viewer="hana").rows == (), name
    assert scope.hidden_requisitions(session, viewer=people.hana, within=scopes.searches(people.hana)) == 1
    assert len(report("promises-kept", viewer="ruth").rows) == 1


@pytest.mark.parametrize("name", list(catalogue.REPORTS))
def test_a_report_of_nothing_says_so(people, report, name):
    result = report(name)
    assert (result.n, result.rows) == (0, ())
    assert "nothing to count" in result.sample.caution
    assert not any("%" in figure.value for figure in result.figures)
    assert export.as_csv(result).removeprefix("\ufeff").split("\r\n")[0] == ",".join(
        column.key for column in result.columns
    )


@pytest.mark.parametrize("name", list(catalogue.REPORTS))
def test_statements_do_not_grow_with_searches(session, people, now, report, count_statements, name):
    def more():
        requisition = factories.requisition(session, people, now)
        ada, *_ = factories.finalists(session, people, now, requisition)
        _promise(session, people, ada, now)
        arranging.offer(session, people, ada, now, to="accepted")
        debriefs.record(session, requisition=requisition, decision="As named", act=act_by(people.ruth, now=now))
        _promoted(session, people, requisition, now, phase="accepted")
        session.commit()

    counts = []
    for times in (1, 4):
        for _ in range(times):
            more()
        session.expunge_all()
        with count_statements() as seen:
            report(name)
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5


def test_the_csv_holds_the_rows_of_the_page_and_no_formula(session, people, now, report):
    requisition = factories.requisition(session, people, now, title="=1+1", department="@team")
    ada = factories.finalists(session, people, now, requisition)[0]
    arranging.offer(session, people, ada, now, to="accepted")
    _promoted(session, people, requisition, now, phase="accepted")
    result = report("fall-through")
    read = list(csv.DictReader(io.StringIO(export.as_csv(result).removeprefix("\ufeff"))))
    assert len(read) == len(result.rows) == 1
    assert (read[0]["title"], read[0]["team"]) == ("'=1+1", "'@team")
    assert ada.candidate.name not in export.as_csv(result)


def test_a_rate_is_given_from_twenty_on_and_always_with_its_n():
    assert rules.share(3, 19) == "3 of 19"
    assert rules.share(15, 20) == "15 of 20 (75%)"
    assert rules.share(0, 0) == "none yet"
    assert rules.caution(20, singular="case") == ""
    assert [rules.duration_text(hours) for hours in (0.5, 2.0, 47.9, 48.0)] == ["30 min", "2.0 h", "47.9 h", "2.0 days"]


@pytest.mark.parametrize(("zone", "day"), [("Pacific/Auckland", "2026-11-19"), ("Pacific/Honolulu", "2026-11-18")])
def test_tables_name_the_day_of_the_company(session, people, now, zone, day):
    requisition = factories.requisition(session, people, now)
    slate = [factories.application(session, people, now, requisition, stage="final") for _ in range(2)]
    evening = dt.datetime(2026, 11, 18, 22, 30, tzinfo=dt.UTC)  # the day after in Auckland, the same day in Honolulu
    for act in (act_by(people.hana, now=evening - HOUR), act_by(people.hana, now=evening)):
        debriefs.record(session, requisition=requisition, decision="As talked", act=act)
    slate_orders.save_order(
        session,
        requisition=requisition,
        order=[(application, "As talked") for application in slate],
        act=act_by(people.hana, now=evening),
    )
    request = scope.request_for(
        session,
        viewer=people.ruth,
        within=scopes.searches(people.ruth),
        moment=moment(evening, zone=ZoneInfo(zone)),
        period=scope.period_named("30-days"),
    )
    for name, column in (("debrief-changes", "order_set_on"), ("suggestions-followed", "set_on")):
        rows = _rows(catalogue.report_named(name, request))
        assert [row[column] for row in rows] == [day]
