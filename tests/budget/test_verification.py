"""A file tells whether it is the frozen case: every byte of it, every byte of the record, in every form and state."""

import datetime as dt
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from recruiter.audit.models import AuditEntry
from recruiter.budget import services
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly, export, verification
from recruiter.budget.models import BudgetCase, CaseVerdict
from recruiter.foundation.errors import Conflict
from recruiter.foundation.money import Money
from tests.acts import act_by, moment
from tests.budget import arranging

FORMS = list(export.FORMATS)
PRINTED = [form for form in FORMS if form != "json"]


@pytest.fixture
def case(session, people, now):
    return arranging.submitted(session, people, now, arranging.ground(session, people, now))


def exported(session, case, now, form, **more):
    content = assembly.displayed_content(session, case, moment=moment(now), options=Options())
    return export.render(case, content, form=form, **more, zone=dt.UTC)


@pytest.mark.parametrize("form", FORMS)
def test_a_flip_of_any_byte_is_found(session, now, case, form, monkeypatch):
    data = exported(session, case, now, form).data
    assert case.sha256 in verification.verify(case, data, form=form, zone=dt.UTC)
    # What the frozen content prints is the same each time (there is a test of that), so it is printed once here.
    real, printed = export.file_bytes, {}

    def once(case, content, *, form, paper, zone, state):
        key = form, paper, state[0], len(state[1])
        if key not in printed:
            printed[key] = real(case, content, form=form, paper=paper, zone=zone, state=state)
        return printed[key]

    monkeypatch.setattr(export, "file_bytes", once)

    @settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(data) - 1), st.integers(1, 255))
    def flipped(place, mask):
        wrong = bytearray(data)
        wrong[place] ^= mask
        with pytest.raises(Conflict, match="NOT the frozen"):
            verification.verify(case, bytes(wrong), form=form, zone=dt.UTC)

    flipped()
    for wrong in (data + b"\n", data[:-1], b"", data[1:]):
        with pytest.raises(Conflict, match="NOT the frozen"):
            verification.verify(case, wrong, form=form, zone=dt.UTC)


def test_a_flip_of_any_letter_of_the_record_is_found_and_nothing_is_handed_out(session, now, case):
    data = exported(session, case, now, "json").data
    frozen = case.frozen

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, len(frozen) - 1))
    def altered(place):
        with session.no_autoflush:
            case.frozen = frozen[:place] + chr(ord(frozen[place]) ^ 1) + frozen[place + 1 :]
            for form in ("json", "html"):
                with pytest.raises(Conflict, match="was altered after it was submitted"):
                    export.render(case, json.loads(frozen), form=form, zone=dt.UTC)
            with pytest.raises(Conflict, match="was altered after it was submitted"):
                verification.verify(case, data, form="json", zone=dt.UTC)

    altered()


def test_a_record_altered_together_with_its_checksum_is_found_by_the_audit_trail(session, now, case):
    content = json.loads(case.frozen)
    content["ask"]["amount"] += 100
    frozen = assembly.canonical(content)
    changed = text("UPDATE budget_case SET frozen = :frozen, sha256 = :seal WHERE id = :id")
    session.execute(changed, {"frozen": frozen, "seal": assembly.checksum(frozen), "id": case.id})
    session.commit()
    stored = session.get(BudgetCase, case.id, populate_existing=True)
    with pytest.raises(Conflict, match="the audit trail"):
        exported(session, stored, now, "pdf")
    entries = session.query(AuditEntry).filter_by(action="case.submitted").count()
    assert entries == 1


@pytest.mark.parametrize("form", FORMS)
def test_a_file_stays_the_frozen_one_after_the_decision(session, people, now, case, form):
    before = exported(session, case, now, form).data
    arranging.decided(session, people, now, case, CaseVerdict.APPROVED, amount=Money(9_000_000, "EUR"))
    after = exported(session, case, now, form).data
    assert before != after
    for data in (before, after):
        assert case.sha256 in verification.verify(case, data, form=form, zone=dt.UTC)


def test_a_file_of_a_version_that_was_sent_back_is_not_the_frozen_one(session, people, now, case):
    before = {form: exported(session, case, now, form).data for form in FORMS}
    arranging.decided(session, people, now, case, CaseVerdict.CHANGES_REQUESTED, comment="Price the wait")
    change = services.CaseChange(sections={"alternatives": "Waiting costs a week each."})
    services.write(
        session,
        case=case,
        change=change,
        act=act_by(people.ruth, now=now),
    )
    drafts = {form: exported(session, case, now, form).data for form in PRINTED}
    services.submit(session, case=case, act=act_by(people.ruth, now=now))
    for form in FORMS:
        with pytest.raises(Conflict, match=r"another version|altered"):
            verification.verify(case, before[form], form=form, zone=dt.UTC)
        assert case.sha256 in verification.verify(case, exported(session, case, now, form).data, form=form, zone=dt.UTC)
    for form, data in drafts.items():
        with pytest.raises(Conflict, match="no SHA-256"):
            verification.verify(case, data, form=form, zone=dt.UTC)


@pytest.mark.parametrize("form", PRINTED)
def test_either_paper_is_the_frozen_one_and_bears_its_checksum(session, now, case, form):
    made = exported(session, case, now, form, paper="letter")
    assert made.name.endswith(f"-letter.{form}")
    assert made.data != exported(session, case, now, form).data
    assert verification.stated_checksum(made.data) == case.sha256
    assert case.sha256 in verification.verify(case, made.data, form=form, zone=dt.UTC)


def test_text_around_the_content_counts_too(session, now, case):
    data = exported(session, case, now, "json").data
    with pytest.raises(Conflict, match="the file around it was altered"):
        verification.verify(case, data.replace(b'"submitted"', b'"approved"', 1), form="json", zone=dt.UTC)
    with pytest.raises(Conflict, match="the file around it was altered"):
        verification.verify(case, json.dumps(json.loads(data)).encode(), form="json", zone=dt.UTC)


@pytest.mark.parametrize("data", [b"", b"PK", b"PK\x03\x04" + b"x" * 40, b"%PDF-1.7", b"[" * 100_000, b"\xff\xfe"])
def test_what_is_no_export_is_said_to_be_none(session, case, data):
    assert verification.stated_checksum(data) is None
    for form in FORMS:
        with pytest.raises(Conflict, match="NOT the frozen"):
            verification.verify(case, data, form=form, zone=dt.UTC)
