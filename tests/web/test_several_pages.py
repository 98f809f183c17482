"""Several applications at a time, from the board and the table, without JavaScript: move, close, reopen, undo."""

import html
import re

import pytest

from recruiter.audit.models import AuditEntry
from recruiter.pipeline.models import Application, ApplicationStatus, StageChange
from tests import factories


@pytest.fixture
def search(session, people, now):
    """A search with two finalists and three others in the first stage."""
    requisition = factories.requisition(session, people, now)
    slate = factories.finalists(session, people, now, requisition, names=("Ada Ferreira", "Bela Novak"))
    others = [factories.application(session, people, now, requisition) for _ in range(3)]
    session.commit()
    return requisition, slate, others


def _read(session, look):
    """What is there now; the reading ends, since one that stays would hold the server's writes up."""
    session.expire_all()
    result = look()
    session.rollback()
    return result


def picks(*applications):
    return [f"{application.id}:{application.stage_id}" for application in applications]


def text_of(answer):
    return html.unescape(answer.get_data(as_text=True))


def stages_of(session, applications):
    return _read(session, lambda: [session.get(Application, application.id).stage.name for application in applications])


def statuses_of(session, applications):
    return _read(session, lambda: [session.get(Application, application.id).status for application in applications])


def undo_from(client, answer):
    page = text_of(client.get(answer.location))
    return re.search(r'action="(/undo/[^"]+)"', page).group(1)


@pytest.mark.parametrize("view", ["board", "table"])
def test_both_views_have_a_box_each_and_the_bar(browse, search, view):
    requisition, slate, others = search
    page = text_of(browse("ruth").get(f"/requisitions/{requisition.key}?view={view}"))
    for application in [*slate, *others]:
        assert f'name="pick" value="{application.id}:{application.stage_id}" form="bulk"' in page
    assert re.search(r'<form class="bulk" id="bulk" method="post" action="/applications/bulk"', page)


def test_many_move_at_once_and_all_come_back_to_the_same_view(browse, session, search):
    requisition, _, others = search
    ruth, back = browse("ruth"), f"/requisitions/{requisition.key}?view=table&sort=-days"
    sent = {"do": "move", "to_stage": "Screen", "pick": picks(*others), "back": back}
    answer = ruth.post("/applications/bulk", data=sent)
    assert (answer.status_code, answer.location) == (303, back)
    assert stages_of(session, others) == ["Screen"] * 3
    undo = undo_from(ruth, answer)
    taken = ruth.post(undo)
    assert (taken.status_code, taken.location) == (303, back)
    assert stages_of(session, others) == ["Applied"] * 3
    assert "Taken back for 3 applications" in text_of(ruth.get(back))
    assert session.query(StageChange).filter_by(application_id=others[0].id).count() == 3


def test_a_move_that_needs_a_reason_asks_with_everybody_listed(browse, session, search):
    _, slate, others = search
    ruth, chosen = browse("ruth"), [slate[1], others[0]]
    sent = {"do": "move", "to_stage": "Interview", "pick": picks(*chosen)}
    answer = ruth.post("/applications/bulk", data=sent)
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Bela Novak: Going back to Interview asks for a reason. Nothing was changed." in page
    assert "Reason</label>" in page
    assert "Backup 1" in page
    assert all(f'value="{value}" checked' in page for value in picks(*chosen))
    assert stages_of(session, chosen) == ["Final", "Applied"]
    done = ruth.post("/applications/bulk", data={**sent, "asked": "yes", "reason": "Another talk first"})
    assert done.status_code == 303
    assert stages_of(session, chosen) == ["Interview", "Interview"]
    moved = _read(session, session.query(AuditEntry).filter_by(action="application.moved").count)
    assert moved == 4  # two were arranged


def test_closing_many_asks_for_one_reason_and_can_be_undone(browse, session, search):
    _, _, others = search
    ruth, sent = browse("ruth"), {"do": "close", "pick": picks(*others)}
    answer = ruth.post("/applications/bulk", data=sent)
    assert answer.status_code == 200
    assert "Not enough depth for this role" in text_of(answer)
    assert statuses_of(session, others) == [ApplicationStatus.ACTIVE] * 3
    empty = ruth.post("/applications/bulk", data={**sent, "asked": "yes"})
    assert empty.status_code == 422
    assert "Give a reason" in text_of(empty)
    done = ruth.post("/applications/bulk", data={**sent, "asked": "yes", "reason": "skills"})
    assert done.status_code == 303
    assert statuses_of(session, others) == [ApplicationStatus.REJECTED] * 3
    ruth.post(undo_from(ruth, done))
    assert statuses_of(session, others) == [ApplicationStatus.ACTIVE] * 3


def test_the_bench_is_closed_only_when_somebody_says_so(browse, session, search):
    _, slate, others = search
    ruth, chosen = browse("ruth"), [others[0], slate[1]]
    sent = {"do": "close", "asked": "yes", "pick": picks(*chosen), "reason": "another_finalist"}
    answer = ruth.post("/applications/bulk", data=sent)
    assert answer.status_code == 409
    assert "Bela Novak: A finalist stays on the bench" in text_of(answer)
    assert statuses_of(session, chosen) == [ApplicationStatus.ACTIVE] * 2
    assert ruth.post("/applications/bulk", data={**sent, "release_bench": "y"}).status_code == 303
    assert statuses_of(session, chosen) == [ApplicationStatus.REJECTED] * 2


def test_those_who_were_closed_are_listed_and_reopened_together(browse, session, search):
    requisition, _, others = search
    ruth = browse("ruth")
    ruth.post("/applications/bulk", data={"do": "close", "asked": "yes", "pick": picks(*others), "reason": "skills"})
    closed = f"/requisitions/{requisition.key}?view=closed"
    page = text_of(ruth.get(closed))
    assert all(application.candidate.name in page for application in others)
    assert "Not enough depth for this role" in page
    sent = {"do": "reopen", "pick": picks(*others), "back": closed}
    assert ruth.post("/applications/bulk", data=sent).status_code == 200
    unsaid = ruth.post("/applications/bulk", data={**sent, "asked": "yes"})
    assert unsaid.status_code == 422
    done = ruth.post("/applications/bulk", data={**sent, "asked": "yes", "reason": "The search goes on"})
    assert done.status_code == 303
    assert statuses_of(session, others) == [ApplicationStatus.ACTIVE] * 3
    ruth.post(undo_from(ruth, done))
    assert statuses_of(session, others) == [ApplicationStatus.REJECTED] * 3
    assert [session.get(Application, application.id).reason_code for application in others] == ["skills"] * 3


def test_the_closed_list_finds_by_name_and_is_empty_in_words(browse, search):
    requisition, _, others = search
    ruth, closed = browse("ruth"), f"/requisitions/{requisition.key}?view=closed"
    assert "Nobody has left this search" in text_of(ruth.get(closed))
    ruth.post("/applications/bulk", data={"do": "close", "asked": "yes", "pick": picks(*others), "reason": "skills"})
    page = text_of(ruth.get(f"{closed}&q={others[0].candidate.name}"))
    assert others[0].candidate.name in page
    assert others[1].candidate.name not in page
    assert "Nobody matches" in text_of(ruth.get(f"{closed}&q=zzzz"))


def test_who_was_moved_meanwhile_is_named_and_nothing_changes(browse, session, search):
    requisition, _, others = search
    stale = picks(*others)
    screen = requisition.stages[1].id
    browse("rolf").post(f"/applications/{others[1].id}/move", data={"to_stage": screen})
    answer = browse("ruth").post("/applications/bulk", data={"do": "move", "to_stage": "Interview", "pick": stale})
    page = text_of(answer)
    assert answer.status_code == 409
    assert f"Rolf moved {others[1].candidate.name} to Screen at 09:30." in page
    assert stages_of(session, others) == ["Applied", "Screen", "Applied"]
    assert (
        f'value="{others[1].id}:{screen}" checked' in page
    )  # sent again, it takes everybody from where they stand now


@pytest.mark.parametrize("pick", ["x", "99999999", "99999999999999999999", "-1:2", "1:x"])
def test_strange_picks_change_nothing(browse, session, search, pick):
    _, _, others = search
    picked = [*picks(*others), pick] if pick != "1:x" else ["x:1"]
    answer = browse("ruth").post("/applications/bulk", data={"do": "move", "to_stage": "Screen", "pick": picked})
    assert answer.status_code == 404
    assert stages_of(session, others) == ["Applied"] * 3


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"do": "promote"}, 422), ({}, 422), ({"do": "move"}, 303), ({"do": "move", "back": "//x.org"}, 303)],
)
def test_nothing_ticked_and_nothing_asked(browse, sent, status):
    answer = browse("ruth").post("/applications/bulk", data=sent)
    assert answer.status_code == status
    assert "x.org" not in (answer.location or "")


def test_a_stage_of_another_name_is_refused(browse, session, search):
    _, _, others = search
    answer = browse("ruth").post("/applications/bulk", data={"do": "move", "to_stage": "Moon", "pick": picks(*others)})
    assert answer.status_code == 422
    assert stages_of(session, others) == ["Applied"] * 3


def test_another_managers_people_are_out_of_reach(browse, session, search):
    _, _, others = search
    answer = browse("henk").post(
        "/applications/bulk", data={"do": "move", "to_stage": "Screen", "pick": picks(*others)}
    )
    assert answer.status_code == 404
    assert stages_of(session, others) == ["Applied"] * 3


def test_one_that_was_reopened_is_closed_again_by_undo(browse, session, search):
    _, _, others = search
    ruth, path = browse("ruth"), f"/applications/{others[0].id}"
    ruth.get(ruth.post(f"{path}/rejection", data={"reason": "skills"}).location)
    answer = ruth.post(f"{path}/reopening", data={"reason": "Asked again"})
    assert statuses_of(session, others[:1]) == [ApplicationStatus.ACTIVE]
    ruth.post(undo_from(ruth, answer))
    assert statuses_of(session, others[:1]) == [ApplicationStatus.REJECTED]


def test_a_reason_that_is_missing_is_nobodys_in_particular(browse, search):
    _, _, others = search
    sent = {"do": "close", "asked": "yes", "pick": picks(*others), "reason": "other"}
    page = text_of(browse("ruth").post("/applications/bulk", data=sent))
    assert "Give a reason" in page
    assert f"{others[0].candidate.name}: " not in page
