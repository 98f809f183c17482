"""Past decisions come in as a whole, once, and go out again as a whole."""

import pytest
from sqlalchemy import func, select

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.exchange import queries, services
from recruiter.exchange.models import ImportState
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.learning.history.csv_table import HistoryRefused
from recruiter.pipeline.models import Application, ApplicationStatus
from recruiter.ranking.models import DecisionGrade, PastDecision
from recruiter.requisitions.models import Requisition, RequisitionStatus
from recruiter.scorecards.models import Rating, Scorecard
from recruiter.scorecards.queries import cards_for_ranking
from tests.acts import act_by

MARKS = ("audit_entry", "audit_head", "import_batch", "job", "user")  # what stays when an import is gone


def brought_in(session, folder, now, actor=None):
    planned = services.plan(session, folder=folder)
    batch = services.apply(session, planned=planned, act=act_by(actor, now=now))
    session.commit()
    return batch


def test_the_skaters_come_in_whole_and_go_again(session, now, skating, rows_of):
    before = rows_of()
    planned = services.plan(session, folder=skating)
    assert rows_of() == before
    batch = services.apply(session, planned=planned, act=act_by(None, now=now))
    session.commit()
    after = rows_of()
    cards = session.scalar(select(func.count(Scorecard.overall)))
    raters = session.scalar(select(func.count(Scorecard.author_id.distinct())))
    assert (after["past_decision"], after["candidate"], after["rating"] + cards, raters) == (141, 818, 17178, 200)
    assert batch.counts["requisitions"] == {"created": 141, "matched": 0, "skipped": 0, "refused": 0}
    assert batch.counts["candidates"]["created"] == batch.counts["applications"]["created"] == 818
    again = services.plan(session, folder=skating)
    assert services.apply(session, planned=again, act=act_by(None, now=now)) is batch
    assert again.batch.counts["candidates"] == {"created": 0, "matched": 818, "skipped": 0, "refused": 0}
    assert rows_of() == after
    services.undo(session, batch=batch, act=act_by(None, now=now))
    session.commit()
    left = rows_of()
    assert batch.state == ImportState.UNDONE
    assert {name: count for name, count in left.items() if name not in MARKS} == {
        name: count for name, count in before.items() if name not in MARKS
    }
    assert left["user"] == before["user"]


def test_a_slate_becomes_a_closed_requisition(session, now, small, people):
    batch = brought_in(session, small, now, people.ruth)
    requisition = session.scalars(select(Requisition).where(Requisition.title == "Platform 1")).one()
    assert (requisition.key, requisition.status, requisition.bar, requisition.imported) == (
        "HIS-101",
        RequisitionStatus.CLOSED,
        None,
        True,
    )
    assert [stage.name for stage in requisition.stages] == ["Applied", "Screen", "Interview", "Final", "Offer", "Hired"]
    assert [(attribute.name, attribute.weight) for attribute in requisition.attributes] == [("Depth", 2.0)]
    assert requisition.created_by_id == batch.by_id == people.ruth.id
    rows = session.execute(
        select(DecisionGrade.item, Application.status).join(Application, Application.id == DecisionGrade.application_id)
    ).all()
    assert sorted((item, status.value) for item, status in rows) == [
        ("ada", "hired"),
        ("ada", "withdrawn"),
        ("bela", "withdrawn"),
        ("chidi", "rejected"),
        ("dora", "rejected"),
    ]
    assert session.scalar(select(func.count()).select_from(Candidate)) == 5


def test_cards_keep_their_own_scale(session, now, small):
    brought_in(session, small, now)
    ids = session.scalars(select(Application.id)).all()
    cards = {
        (card.author_name, card.attribute, card.score): (card.scale_min, card.scale_max)
        for card in cards_for_ranking(session, ids)
    }
    assert cards == {
        ("Kim Lee", "Depth", 4.0): (None, None),
        ("Kim Lee", "overall", 3.0): (None, None),
        ("lou", "Depth", 8.0): (0.0, 10.0),
        ("lou", "Depth", 9.0): (0.0, 10.0),
        ("Kim Lee", "Depth", 2.0): (-4.5, 2.0),
        ("Kim Lee", "overall", -4.5): (-4.5, 2.0),
        ("lou", "Clarity", 70.0): (0.0, 100.0),
        ("lou", "overall", 80.0): (0.0, 100.0),
    }


def test_cards_without_a_date_count_before_the_decision(session, now, small):
    brought_in(session, small, now)
    decision = session.scalars(select(PastDecision).where(PastDecision.slate == "Platform 1")).one()
    ids = [grade.application_id for grade in decision.grades]
    assert len(cards_for_ranking(session, ids, before=decision.decided_at)) == 6


def test_raters_cannot_sign_in_and_are_the_same_in_every_import(session, now, small, folder):
    brought_in(session, small, now)
    more = folder(
        decisions="slate,item,decided_on,grade\nNew,x,1,1\nNew,y,1,0\n",
        ratings="slate,item,rater,attribute,score\nNew,x,Kim Lee,Depth,4\n",
    )
    second = brought_in(session, more, now)
    raters = session.scalars(select(User).where(User.name == "Kim Lee")).all()
    assert [(rater.active, rater.password_hash) for rater in raters] == [(False, None)]
    first = queries.batch(session, 1)
    services.undo(session, batch=first, act=act_by(None, now=now))
    session.commit()
    assert session.scalars(select(User.name).order_by(User.name)).all() == ["Imported history", "Kim Lee"]
    services.undo(session, batch=second, act=act_by(None, now=now))
    session.commit()
    assert session.scalars(select(User)).all() == []


def test_a_slate_that_stands_already_is_not_made_twice(session, now, small, folder, rows_of):
    brought_in(session, small, now)
    after = rows_of()
    same = folder(
        decisions="slate,item,decided_on,grade\nPlatform 2,ada,2024-05-01,0\nPlatform 2,dora,2024-05-01,3\n"
        "Platform 1,ada,2024-03-05,1\n"
    )
    planned = services.plan(session, folder=same)
    assert planned.batch.counts["decisions"] == {"created": 0, "matched": 1, "skipped": 1, "refused": 0}
    assert [(problem["file"], problem["column"]) for problem in planned.batch.problems] == [("decisions.csv", "slate")]
    services.apply(session, planned=planned, act=act_by(None, now=now))
    session.commit()
    rows = rows_of()
    assert [rows[name] for name in ("requisition", "candidate")] == [after["requisition"], after["candidate"]]


def test_what_was_undone_can_be_brought_in_again(session, now, small, rows_of):
    batch = brought_in(session, small, now)
    after = rows_of()
    services.undo(session, batch=batch, act=act_by(None, now=now))
    session.commit()
    brought_in(session, small, now)
    rows = rows_of()
    assert all(rows[name] == after[name] for name in ("candidate", "rating", "user", "import_row"))


@pytest.mark.parametrize("change", ["version", "hung on"])
def test_undo_is_refused_with_the_list_after_a_change(session, now, small, people, rows_of, change):
    from recruiter.pipeline import services as pipeline
    from tests import factories

    batch = brought_in(session, small, now)
    candidate = session.scalars(select(Candidate).where(Candidate.name == "dora")).one()
    if change == "version":
        candidate.headline = "Found again"
        name = f"candidate {candidate.id}"
    else:
        opened = factories.requisition(session, people, now)
        application = pipeline.apply(session, candidate=candidate, requisition=opened, act=act_by(people.ruth, now=now))
        name = f"application {application.id}"
    session.commit()
    before = rows_of()
    with pytest.raises(Conflict) as refusal:
        services.undo(session, batch=batch, act=act_by(people.ruth, now=now))
    assert name in refusal.value.errors["rows"]
    assert rows_of() == before


def test_undo_works_once(session, now, small):
    batch = brought_in(session, small, now)
    services.undo(session, batch=batch, act=act_by(None, now=now))
    with pytest.raises(Conflict):
        services.undo(session, batch=batch, act=act_by(None, now=now))


def many(count, bad):
    lines = [f"s{k},{item},{k},{grade}\n" for k in range(count) for item, grade in (("a", 1), ("b", 0))]
    return "slate,item,decided_on,grade\n" + "".join(lines) + "s9,z,9,high\n" * bad


def test_few_bad_rows_are_refused_one_by_one(session, folder):
    planned = services.plan(session, folder=folder(decisions=many(60, bad=1)))
    assert planned.batch.counts["candidates"] == {"created": 120, "matched": 0, "skipped": 0, "refused": 1}
    assert [(problem["file"], problem["line"], problem["column"]) for problem in planned.batch.problems] == [
        ("decisions.csv", 122, "grade")
    ]


def test_many_bad_rows_refuse_the_whole(session, folder):
    with pytest.raises(HistoryRefused, match="more than 1 in 100"):
        services.plan(session, folder=folder(decisions=many(60, bad=3)))


def test_an_empty_folder_is_refused(session, folder):
    with pytest.raises(HistoryRefused, match=r"decisions\.csv"):
        services.plan(session, folder=folder())


def test_an_unknown_format_is_refused(session, small):
    with pytest.raises(RuleBroken, match="not known"):
        services.plan(session, folder=small, format="carrier-pigeon")


def test_dropped_columns_are_named(session, folder):
    text = "slate,item,decided_on,grade,salary\ns,a,1,1,100\ns,b,1,0,90\n"
    planned = services.plan(session, folder=folder(decisions=text, weights="name,weight\nyears,1\n"))
    assert [(column["file"], column["column"]) for column in planned.batch.dropped_columns] == [
        ("decisions.csv", "salary"),
        ("weights.csv", "years"),
    ]
    assert planned.batch.problems == []


def test_the_trail_names_nobody(session, now, small):
    from recruiter.audit.models import AuditEntry

    brought_in(session, small, now)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "import.applied")).one()
    assert entry.object_type == "importbatch"
    assert entry.detail["created"]["candidates"] == 5
    assert "ada" not in str(entry.detail)


def test_nobody_imported_is_active(session, now, small):
    brought_in(session, small, now)
    assert session.scalars(select(Application).where(Application.status == ApplicationStatus.ACTIVE)).all() == []
    assert session.scalars(select(Rating).where(Rating.attribute == "overall")).all() == []
