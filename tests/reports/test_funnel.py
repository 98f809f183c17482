"""Funnel, time in stage and sources: recounted by hand from moves made in the test."""

import datetime as dt

import pytest

from recruiter.pipeline import reasons
from recruiter.pipeline import services as pipeline
from recruiter.pipeline.models import ApplicationStatus
from recruiter.policy import scopes
from recruiter.reports import catalogue, scope
from recruiter.reports.hiring import stage_transitions
from recruiter.web.reports import pages
from tests import factories
from tests.acts import act_by, moment

DAY = dt.timedelta(days=1)


@pytest.fixture
def moved(session, people, now):
    """`moved((stage number, days after applying), …)`: somebody who applied 100 days ago and went that way."""
    requisition = factories.requisition(session, people, now - 200 * DAY)

    def walked(*moves, ended=None, source="", applied=100, hired=False):
        began = now - applied * DAY
        application = pipeline.apply(
            session, candidate=factories.candidate(session, people, began), requisition=requisition,
            act=act_by(people.ruth, now=began) )  # fmt: skip
        application.source = source
        for stage, after in moves:
            pipeline.move(
                session, application=application, to=requisition.stages[stage], act=act_by(people.ruth, now=began + after * DAY), reason="As it went", offer_accepted=True,
            )  # fmt: skip
        if ended is not None:
            pipeline.end(
                session, application=application, status=ApplicationStatus.REJECTED,
                reason=reasons.resolve("rejection", "experience"), act=act_by(people.ruth, now=began + ended * DAY) )  # fmt: skip
        session.flush()
        return application

    walked.requisition = requisition
    return walked


@pytest.fixture
def request_of(session, people, now):
    """What Ruth asks of all her searches."""

    def of(period="12-months"):
        return scope.request_for(
            session, viewer=people.ruth, within=scopes.searches(people.ruth), moment=moment(now),
            period=scope.period_named(period),
        )  # fmt: skip

    return of


def _table(report):
    keys = [column.key for column in report.columns]
    return {row[0]: dict(zip(keys, row, strict=True)) for row in report.rows}


def test_who_came_far_counts_in_every_step_before(moved, request_of):
    moved(ended=3)
    moved((1, 2), ended=9)
    moved((1, 2), (2, 5))
    moved((2, 4))  # the screen was skipped
    result = catalogue.report_named("funnel", request_of())
    assert result.n == 4
    rows = _table(result)
    assert [rows[name]["reached"] for name in ("Applied", "Screen", "Interview")] == [4, 3, 2]
    assert rows["Interview"]["of_previous"] == "2 of 3"
    assert [rows[name]["here_now"] for name in ("Applied", "Screen", "Interview")] == [0, 0, 2]
    assert result.finding == "Fewest go on from Screen to Interview: 2 of 3."


def test_a_slip_that_was_taken_back_within_a_day_is_no_step(moved, request_of):
    moved((3, 2), (0, 2.1))
    moved((1, 2), (0, 4))  # a real way back: they had been screened
    rows = _table(catalogue.report_named("funnel", request_of()))
    assert "Final" not in rows
    assert rows["Screen"]["reached"] == 1


def test_the_period_follows_the_day_of_applying(moved, request_of):
    moved(applied=100)
    moved(applied=20)
    assert catalogue.report_named("funnel", request_of("30-days")).n == 1
    assert catalogue.report_named("time-in-stage", request_of("30-days")).n == 0


def test_time_in_stage_takes_finished_stays_and_says_who_waits(moved, request_of):
    moved((1, 2), ended=6)
    moved((1, 4), ended=16)
    moved((1, 6))
    result = catalogue.report_named("time-in-stage", request_of())
    rows = _table(result)
    assert rows["Applied"]["median_days"] == 4.0
    assert rows["Screen"] == {
        "stage": "Screen", "finished": 2, "median_days": 8.0, "longest_days": 12.0, "here_now": 1, "waiting_days": 94.0,
    }  # fmt: skip
    assert result.finding == "Screen takes longest: half of the stays at most 8.0 days."
    assert result.n == 5


def test_who_was_hired_waits_nowhere(moved, request_of, session, people, now):
    application = moved((1, 2), (3, 5))
    application.status = ApplicationStatus.HIRED
    session.flush()
    rows = _table(catalogue.report_named("time-in-stage", request_of()))
    assert sum(row["here_now"] for row in rows.values()) == 0


def test_sources_say_how_far_people_came(moved, request_of, session):
    moved(source="Job board")
    moved(source="Job board")
    moved(source="Referral").status = ApplicationStatus.HIRED
    moved()
    session.flush()
    result = catalogue.report_named("sources", request_of())
    assert _table(result)["Job board"]["applications"] == 2
    assert _table(result)["Not said"]["applications"] == 1
    assert result.finding == "Most hires came by “Referral”: 1 of 1."


def test_where_nobody_wrote_a_source_down_no_source_is_praised(moved, request_of, session):
    for _ in range(2):
        moved().status = ApplicationStatus.HIRED
    moved(source="Job board")
    session.flush()
    assert (
        catalogue.report_named("sources", request_of()).finding == "2 people hired, and nobody wrote down where from."
    )


def test_one_search_speaks_of_its_own_stages(moved, session, people, now):
    other = factories.requisition(session, people, now)
    factories.application(session, people, now, other)
    moved((2, 3))
    request = scope.request_for_search(session, moved.requisition, viewer=people.ruth, moment=moment(now))
    result = catalogue.all_reports(request, among=catalogue.OF_ONE_SEARCH)[0]
    assert result.n == 1
    assert list(_table(result)) == [moved.requisition.stages[0].name, moved.requisition.stages[2].name]


def test_a_step_entered_twice_in_a_row_is_one_stay():
    first, second = stage_transitions.StageStep(0, "Applied"), stage_transitions.StageStep(1, "Interview")
    at = dt.datetime(2026, 1, 5, 9, tzinfo=dt.UTC)
    assert stage_transitions.without_corrections([(first, at), (second, at + DAY), (second, at + 3 * DAY)]) == [
        (first, at), (second, at + DAY),
    ]  # fmt: skip


@pytest.fixture
def twelve(moved, session):
    for number in range(12):
        moved((1, 1 + number), ended=20 + number if number % 2 else None)
    session.commit()
    return moved.requisition


def test_the_report_of_a_search_is_a_tab_with_charts_tables_and_files(browse, twelve):
    page = browse("ruth").get(f"/requisitions/{twelve.key}/report").get_data(as_text=True)
    assert 'aria-current="page">Report' in page
    assert "Fewest go on" in page
    assert "12 applications" in page
    for name in catalogue.OF_ONE_SEARCH:
        answer = browse("ruth").get(f"/requisitions/{twelve.key}/report/{name}/table.csv")
        assert answer.mimetype == "text/csv"
    assert browse("ruth").get(f"/requisitions/{twelve.key}/report/hair/table.csv").status_code == 404
    assert browse("ines").get(f"/requisitions/{twelve.key}/report").status_code == 404


def test_below_ten_applications_the_page_says_when_it_begins(browse, moved, session):
    moved()
    session.commit()
    page = browse("ruth").get(f"/requisitions/{moved.requisition.key}/report").get_data(as_text=True)
    assert "Reports start at 10 applications" in page
    assert "1 application so far." in page


def test_statements_do_not_grow_with_applications(browse, twelve, moved, session, count_statements):
    client = browse("ruth")
    client.get(f"/requisitions/{twelve.key}/report")
    with count_statements() as few:
        client.get(f"/requisitions/{twelve.key}/report")
    for number in range(15):
        moved((1, 2 + number))
    session.commit()
    with count_statements() as many:
        client.get(f"/requisitions/{twelve.key}/report")
    assert len(many) == len(few)


def test_a_bar_without_a_whole_is_as_long_as_its_share_of_the_longest(moved, request_of):
    moved((1, 2), ended=6)
    drawn = pages.ReportView(catalogue.report_named("time-in-stage", request_of()), "", "", "").bars
    assert {bar.bar.label: round(bar.whole * bar.width / 100) for bar in drawn} == {"Applied": 50, "Screen": 100}
