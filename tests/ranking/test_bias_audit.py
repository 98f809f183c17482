"""Answers of self-identification kept apart, the audit computed from them, and that nothing that ranks knows of them."""

import datetime as dt
import json
import re

import pytest
from sqlalchemy import func, select, text

from recruiter.audit.models import AuditEntry
from recruiter.candidates.models import Candidate
from recruiter.exchange import services as exchange
from recruiter.exchange.models import ImportBatch
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.keepwarm.lifecycle import services as acts
from recruiter.pipeline import services as pipeline
from recruiter.ranking import services
from recruiter.ranking.bias_audit import audit_data, queries
from recruiter.ranking.bias_audit import services as bias_audit
from recruiter.ranking.bias_audit.protected import AnswerLoad, ProtectedAnswer
from recruiter.ranking.suggestion import suggested_ranking
from recruiter.requisitions import queries as requisitions
from recruiter.requisitions.models import Requisition, StageKind
from tests import factories
from tests.acts import act_by, moment
from tests.ranking.conftest import lines

ODD = "candidate_id,email,sex,race_ethnicity,answered_on,consent_version\n"


def stored_answers(session):
    rows = session.execute(select(ProtectedAnswer.candidate_id, ProtectedAnswer.question, ProtectedAnswer.category))
    return {(number, question): category for number, question, category in rows}


def ranked(session, now):
    """The fitted model and the suggestion for every search, to the last bit."""
    run = services.fit(session, act=moment(now), seed=3)
    output = []
    for requisition in session.scalars(select(Requisition).order_by(Requisition.id)):
        ids = [number for number, home in session.execute(text("SELECT id, requisition_id FROM application ORDER BY id")) if home == requisition.id]  # fmt: skip
        output.append(suggested_ranking.compute(session, requisition, ids, run=run))
    for requisition in output:
        requisition.pop("fitted_at"), requisition.pop("model_version")
    return run.artefact_hash, run.input_digest, json.dumps(output, sort_keys=True)


def test_changing_or_deleting_answers_changes_no_rank_bit_for_bit(session, now, decided, answer):
    numbers = decided(22)
    answer(lines(numbers))
    first = ranked(session, now)
    audited = bias_audit.run(session, act=moment(now))
    answer(lines(numbers, turn=1))
    assert ranked(session, now + dt.timedelta(seconds=1)) == first
    again = bias_audit.run(session, act=moment(now))
    assert again.input_digest != audited.input_digest
    withdrawn = "".join(f"{number},withdrawn,withdrawn\n" for number in numbers)
    answer(f"candidate_id,sex,race_ethnicity\n{withdrawn}")
    assert stored_answers(session) == {}
    assert ranked(session, now + dt.timedelta(seconds=2)) == first


def test_an_audit_is_kept_with_its_dates_model_and_digest(session, people, now, decided, answer):
    answer(lines(decided(22)))
    run = services.fit(session, act=moment(now), seed=3)
    made = bias_audit.run(session, act=act_by(people.anja, now=now))
    assert queries.latest(session) is made
    assert (made.model_version, made.in_use_since) == ((run.name, now) if run.active else (None, None))
    sex, race, both = made.result["questions"]
    assert (sex["name"], race["name"], both["name"]) == ("sex", "race_ethnicity", "sex_by_race_ethnicity")
    assert sex["unknown"] == 0 < race["unknown"]
    assert "Not enough data to find a bias of this size" in sex["verdict"]
    assert sex["choice"]["slates"] <= 22
    assert {table["name"] for table in sex["tables"]} >= {"first_choice", "model_first", "marks_above", "score_above"}
    assert made.result["repeated"] == made.result["assessed"] - made.result["people"]
    entry = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (entry.action, entry.actor_id) == ("bias_audit.made", people.anja.id)
    assert not re.search("Female|Male|Asian|White", json.dumps(entry.detail))
    assert bias_audit.run(session, act=moment(now)).input_digest == made.input_digest
    assert [number for number, _, _ in queries.earlier(session)] == [made.id]


def test_without_decisions_or_answers_it_is_an_answer(session, people, now, decided):
    made = bias_audit.run(session, act=moment(now))
    assert (made.result["slates"], made.result["questions"], made.decided_from) == (0, [], None)
    decided(3)
    assert bias_audit.run(session, act=moment(now)).result["questions"] == []


def test_later_answers_take_the_place_of_earlier_ones(session, people, now, answer):
    ada, bela = (factories.candidate(session, people, now, name) for name in ("Ada Ferreira", "Bela Novak"))
    load = answer(f"candidate_id,sex,race_ethnicity\n{ada.id},female,Asian;White\n{bela.id},prefer not to say,\n")
    assert (load.answers, load.consent_version, load.loaded_by_id) == (3, "text of 2026-03", people.anja.id)
    assert stored_answers(session) == {
        (ada.id, "sex"): "Female", (ada.id, "race_ethnicity"): "Two or more", (bela.id, "sex"): "declined"
    }  # fmt: skip
    answer(f"email;sex;race_ethnicity;answered_on\n{ada.contacts[0].value.upper()};Withdrawn;;2026-03-04\n")
    assert stored_answers(session) == {(ada.id, "race_ethnicity"): "Two or more", (bela.id, "sex"): "declined"}
    answer(f"candidate_id,sex,answered_on,consent_version\n{ada.id},Male,2026-03-04,text of 2027\n", consent="")
    stored = session.scalars(select(ProtectedAnswer).where(ProtectedAnswer.candidate_id == ada.id, ProtectedAnswer.question == "sex")).one()  # fmt: skip
    assert (stored.category, stored.answered_on) == ("Male", dt.date(2026, 3, 4))
    assert session.get(AnswerLoad, stored.load_id).consent_version == "text of 2027"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "no rows"),
        (b"\xff\xfe\x00", "not a CSV file in UTF-8"),
        ("sex\nFemale\n", "candidate_id or email"),
        ("candidate_id\n1\n", "no question"),
        ("candidate_id,sex,name\n{},Female,Ada\n", "name is not known"),
        ("candidate_id,sex\nx,Female\n", "line 2: candidate_id is not a number"),
        ("candidate_id,sex\n99999,Female\n", "line 2: there is no such candidate"),
        ("candidate_id,sex\n{0},Female\n{0},Male\n", "line 3: the same candidate as line 2"),
        ("candidate_id,sex\n,Female\n", "neither candidate_id nor email"),
        ("email,sex\nnobody,Female\n", "line 2: the e-mail address is not one"),
        ("email,sex\nnobody@example.org,Female\n", "no such candidate"),
        ("candidate_id,sex,answered_on\n{},Female,soon\n", "answered_on is not a date"),
        ("candidate_id,other\n{},%s\n" % ("x" * 61), "longer than 60"),
        ("candidate_id,sex\n" + "".join(f"{k},sort {k}\n" for k in range(30)), "30 different answers"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_named_and_nothing_of_it_is_kept(session, people, now, answer, body, why):
    ada = factories.candidate(session, people, now)
    with pytest.raises(RuleBroken, match=re.escape(why)):
        answer(body if isinstance(body, bytes) else body.replace("{0}", str(ada.id)).replace("{}", str(ada.id)))
    assert session.scalar(select(func.count(AnswerLoad.id))) == 0


def test_answers_need_a_text_of_consent(session, people, now, answer):
    ada = factories.candidate(session, people, now)
    with pytest.raises(RuleBroken, match="text of consent"):
        answer(f"candidate_id,sex\n{ada.id},Female\n", consent=" ")


def test_answers_go_with_their_candidate_and_hold_an_undo_up(session, people, now, decided, answer):
    answer(lines(decided(2)))
    ada = factories.candidate(session, people, now)
    answer(f"candidate_id,sex\n{ada.id},Female\n")
    session.commit()
    batch = session.scalars(select(ImportBatch)).one()
    with pytest.raises(Conflict) as refused:  # people have spoken since: taking them away takes their answers
        exchange.undo(session, batch=batch, act=act_by(people.ruth, now=now))
    assert not re.search("Female|Male|Asian|White", str(refused.value.errors))
    session.rollback()
    session.delete(session.get(Candidate, ada.id))
    session.commit()
    assert ada.id not in {number for number, _ in stored_answers(session)}


def test_each_stage_counts_those_on_whom_it_was_decided(session, people, now):
    requisition = factories.requisition(session, people, now)
    ada, bela, chidi, dora, emil = (
        factories.application(session, people, now, requisition, stage=stage)
        for stage in ("final", "interview", "interview", "interview", None)
    )
    acts.reject(session, application=bela, reason="skills", act=act_by(people.ruth, now=now))
    acts.withdraw(session, application=chidi, reason="accepted_other_offer", act=act_by(people.ruth, now=now))
    back = requisitions.stage_of_kind(requisition, StageKind.SCREEN)
    pipeline.move(session, application=ada, to=back, reason="Once more", act=act_by(people.ruth, now=now))
    steps = {step.name: step for step in audit_data.collect(session).steps}
    everybody = {str(application.id) for application in (ada, bela, chidi, dora)}
    assert set(steps["stage_interview"].outcome) == everybody
    assert str(emil.id) not in steps["stage_screen"].outcome  # still waits
    assert steps["stage_final"].outcome == {str(ada.id): True, str(bela.id): False}
    assert steps["stage_final"].left_out == 1
    assert steps["stage_offer"].outcome == {}  # nobody has been decided on


def test_whoever_withdrew_is_taken_off_the_slates(session, people, now, decided, answer):
    numbers = decided(3)
    before = audit_data.collect(session)
    item = next(iter(before.slates[0].grades))
    session.execute(text("UPDATE decision_grade SET outcome = 'withdrawn', grade = 0 WHERE application_id = :n"), {"n": int(item)})  # fmt: skip
    session.expire_all()
    after = audit_data.collect(session)
    assert after.withdrawn == before.withdrawn + 1
    assert item not in after.slates[0].grades
    assert len(after.slates[0].grades) == len(before.slates[0].grades) - 1
    answer(lines(numbers))
    made = bias_audit.run(session, act=moment(now))
    assert all(table["left_out"] == after.withdrawn for table in made.result["questions"][0]["tables"] if table["pair"])


def test_the_statements_of_a_gathering_do_not_grow_with_people(session, people, now, answer, count_statements):
    def took(count):
        numbers = [factories.application(session, people, now, requisition).candidate_id for _ in range(count)]
        answer(lines(numbers))
        session.commit()
        with count_statements() as seen:
            audit_data.collect(session)
        return len(seen)

    requisition = factories.requisition(session, people, now)
    assert took(2) == took(12)
