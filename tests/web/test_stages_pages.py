"""The stages of a requisition: added, renamed, reordered, removed when empty; exit lists; templates for kinds of role."""

import html
import re
from types import SimpleNamespace

import pytest

from recruiter.audit.models import AuditEntry
from recruiter.pipeline.models import Application, StageChange
from recruiter.requisitions.models import Requisition, Stage, StageTemplate
from tests import factories


@pytest.fixture
def search(session, people, now):
    requisition = factories.requisition(session, people, now)
    application = factories.application(session, people, now, requisition, name="Ada Ferreira", stage="interview")
    session.commit()
    plain = SimpleNamespace(id=requisition.id, key=requisition.key), SimpleNamespace(id=application.id)
    session.rollback()  # plain values read nothing: a reader that stays would hold the server's writes up
    return plain


class Page:
    """The stages of one requisition as somebody has them open."""

    def __init__(self, client, requisition):
        self.client, self.path = client, f"/requisitions/{requisition.key}/setup/stages"
        self.text = html.unescape(client.get(self.path).get_data(as_text=True))
        self.fields = dict(re.findall(r'name="(name-\d+)" value="([^"]*)"', self.text))
        self.seen = re.search(r'name="seen" value="([^"]*)"', self.text).group(1)
        self.exits = {}
        for name, value in re.findall(r'name="(exit-\d+)" value="(\w+)" checked', self.text):
            self.exits.setdefault(name, []).append(value)

    def send(self, do, **more):
        given = {
            key.replace("_", "-", 1) if key.startswith(("name_", "exit_")) else key: value
            for key, value in more.items()
        }
        return self.client.post(self.path, data={"seen": self.seen, **self.fields, **self.exits, "do": do, **given})


def stages_of(session, requisition):
    session.expire_all()
    stages = [(stage.name, stage.kind.value) for stage in session.get(Requisition, requisition.id).stages]
    session.rollback()
    return [name for name, _ in stages]


def by_name(session, requisition, name):
    session.expire_all()
    stage_id = next(stage.id for stage in session.get(Requisition, requisition.id).stages if stage.name == name)
    session.rollback()
    return stage_id


def text_of(answer):
    return html.unescape(answer.get_data(as_text=True))


def test_a_stage_is_added_behind_its_kind_renamed_and_moved(browse, session, search):
    requisition, _ = search
    ruth = browse("ruth")
    added = Page(ruth, requisition).send("add", new_name="Panel", new_kind="interview")
    assert added.status_code == 303
    assert stages_of(session, requisition) == ["Applied", "Screen", "Interview", "Panel", "Final", "Offer", "Hired"]
    panel = by_name(session, requisition, "Panel")
    up = Page(ruth, requisition).send(f"up:{panel}", **{f"name_{panel}": "Panel of four"})
    assert up.status_code == 303
    assert stages_of(session, requisition) == [
        "Applied",
        "Screen",
        "Panel of four",
        "Interview",
        "Final",
        "Offer",
        "Hired",
    ]
    audited = session.query(AuditEntry).filter_by(action="requisition.stages_changed").count()
    session.rollback()
    assert audited == 3  # added, described, reordered
    board = text_of(ruth.get(f"/requisitions/{requisition.key}"))
    assert board.index("Panel of four") < board.index("Interview</h2>")


def test_two_stages_may_swap_their_names(browse, session, search):
    requisition, _ = search
    screen, talk = by_name(session, requisition, "Screen"), by_name(session, requisition, "Interview")
    names = {f"name_{screen}": "Interview", f"name_{talk}": "Screen"}
    assert Page(browse("ruth"), requisition).send("save", **names).status_code == 303
    assert stages_of(session, requisition)[1:3] == ["Interview", "Screen"]


def test_an_empty_stage_is_removed_and_its_history_stays(browse, session, search, people, now):
    requisition, application = search
    ruth, interview = browse("ruth"), by_name(session, requisition, "Interview")
    answer = Page(ruth, requisition).send(f"remove:{interview}", new_name="Typed and kept")
    assert answer.status_code == 409
    assert "1 person stands in Interview" in text_of(answer)
    assert 'value="Typed and kept"' in text_of(answer)
    ruth.post(f"/applications/{application.id}/move", data={"to_stage": by_name(session, requisition, "Final")})
    assert Page(ruth, requisition).send(f"remove:{interview}").status_code == 303
    assert stages_of(session, requisition) == ["Applied", "Screen", "Final", "Offer", "Hired"]
    timeline = text_of(ruth.get(f"/applications/{application.id}"))
    assert "moved them from Interview to Final" in timeline
    back = ruth.post(f"/applications/{application.id}/move", data={"to_stage": interview, "reason": "Once more"})
    assert back.status_code == 422
    again = Page(ruth, requisition).send("add", new_name="interview", new_kind="interview")
    assert again.status_code == 303
    assert by_name(session, requisition, "interview") == interview
    assert session.query(Stage).filter_by(requisition_id=requisition.id).count() == 6
    session.rollback()


def test_who_is_reopened_into_a_removed_stage_stands_in_the_one_before(browse, session, search):
    requisition, application = search
    ruth, interview = browse("ruth"), by_name(session, requisition, "Interview")
    ruth.post(f"/applications/{application.id}/rejection", data={"reason": "skills"})
    assert Page(ruth, requisition).send(f"remove:{interview}").status_code == 303
    assert ruth.get(f"/requisitions/{requisition.key}?view=closed").status_code == 200
    assert ruth.post(f"/applications/{application.id}/reopening", data={"reason": "Asked again"}).status_code == 303
    session.expire_all()
    assert session.get(Application, application.id).stage.name == "Screen"
    assert "was removed meanwhile" in session.query(StageChange).order_by(StageChange.id.desc()).first().reason
    session.rollback()
    assert ruth.get(f"/requisitions/{requisition.key}").status_code == 200


@pytest.mark.parametrize(
    ("do", "more", "status", "message"),
    [
        ("add", {"new_name": "", "new_kind": "screen"}, 422, "a name of its own"),
        ("add", {"new_name": "Screen", "new_kind": "screen"}, 422, "a name of its own"),
        ("add", {"new_name": "x" * 61, "new_kind": "screen"}, 422, "at most 60"),
        ("add", {"new_name": "Second offer", "new_kind": "offer"}, 422, "Choose screen, interview or final"),
        ("add", {"new_name": "Moon", "new_kind": "moon"}, 422, "Choose screen, interview or final"),
        ("up:0", {}, 409, "removed meanwhile"),
        ("up:x", {}, 409, "removed meanwhile"),
        ("template", {"template_name": " "}, 422, "Give the template a name"),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_said_and_nothing_changes(browse, session, search, do, more, status, message):
    requisition, _ = search
    before = stages_of(session, requisition)
    answer = Page(browse("ruth"), requisition).send(do, **more)
    assert answer.status_code == status
    assert message in text_of(answer)
    assert stages_of(session, requisition) == before


@pytest.mark.parametrize("name", ["Applied", "Final", "Offer", "Hired"])
def test_stages_that_there_must_be_are_not_removed_and_do_not_pass_each_other(browse, session, search, name):
    requisition, _ = search
    stage = by_name(session, requisition, name)
    ruth = browse("ruth")
    assert Page(ruth, requisition).send(f"remove:{stage}").status_code == 422
    assert Page(ruth, requisition).send(f"up:{stage}").status_code == 422
    assert stages_of(session, requisition) == ["Applied", "Screen", "Interview", "Final", "Offer", "Hired"]


def test_the_second_of_two_who_change_stages_is_told(browse, session, search):
    requisition, _ = search
    ruth, rolf = Page(browse("ruth"), requisition), Page(browse("rolf"), requisition)
    assert rolf.send("add", new_name="Panel", new_kind="interview").status_code == 303
    stage = by_name(session, requisition, "Screen")
    late = ruth.send("save", **{f"name_{stage}": "Phone call"})
    assert late.status_code == 409
    assert 'value="Phone call"' in text_of(late)
    assert 'value="Panel"' in text_of(late)
    assert "Phone call" not in stages_of(session, requisition)


def test_what_a_stage_asks_for_is_chosen_and_shown_on_the_way_out(browse, session, search):
    requisition, application = search
    ruth, interview = browse("ruth"), by_name(session, requisition, "Interview")
    page = Page(ruth, requisition)
    assert page.exits[f"exit-{interview}"] == ["interviews", "cards"]
    assert page.send("save", **{f"exit_{interview}": ["slate"]}).status_code == 303
    move = text_of(ruth.get(f"/applications/{application.id}/move"))
    assert "Not on the slate yet" in move
    assert "No interview planned yet" not in move
    assert "Open here: Not on the slate yet" in text_of(ruth.get(f"/requisitions/{requisition.key}"))
    assert Page(ruth, requisition).send("save", **{f"exit_{interview}": ["interviews", "cards"]}).status_code == 303
    session.expire_all()
    assert session.get(Stage, interview).exit_list is None  # the usual list of its kind
    session.rollback()


def test_stages_become_a_template_with_which_another_requisition_opens(browse, session, search):
    requisition, _ = search
    ruth, interview = browse("ruth"), by_name(session, requisition, "Interview")
    page = Page(ruth, requisition)
    answer = page.send(
        "template", template_name="Engineering", **{f"exit_{interview}": ["slate"], f"name_{interview}": "Pairing"}
    )
    assert answer.status_code == 303
    template = session.query(StageTemplate).one()
    number = template.id
    session.rollback()
    form = text_of(ruth.get(f"/requisitions/new?template={number}"))
    assert "Pairing: interview" in form
    made = ruth.post(
        "/requisitions/new",
        data={
            "title": "Second one", "hiring_manager": "hana@example.com", "openings": "1", "template": str(number),
            "stages": "Applied: applied\nPairing: interview\nFinal: final\nOffer: offer\nHired: hired", "attributes": "Calm: 1",
        },
    )  # fmt: skip
    assert made.status_code == 303
    second = session.query(Requisition).filter_by(title="Second one").one()
    assert [(stage.name, stage.exit_list) for stage in second.stages][1] == ("Pairing", ["slate"])
    session.rollback()


def test_a_template_that_goes_while_the_form_is_open_takes_nothing_with_it(browse, session, people):
    sent = {"title": "Baker", "hiring_manager": "hana@example.com", "openings": "1", "template": "7", "stages": LINES, "attributes": "Calm: 1"}  # fmt: skip
    ruth = browse("ruth")
    assert ruth.get("/requisitions/new?template=7").status_code == 404
    assert ruth.post("/requisitions/new", data=sent).status_code == 303
    assert [stage.name for stage in session.query(Requisition).one().stages][1] == "Trial shift"
    session.rollback()


LINES = "New: applied\nTrial shift: interview\nOwner: final\nOffer: offer\nStart: hired"


def test_templates_are_made_changed_and_removed_on_their_own_page(browse, session, people):
    ruth = browse("ruth")
    assert "No templates yet" in text_of(ruth.get("/settings/stages"))
    sent = {"name": "Kitchen", "stages": LINES}
    assert ruth.post("/settings/stages", data=sent).status_code == 303
    number = session.query(StageTemplate.id).scalar()
    session.rollback()
    twice = ruth.post("/settings/stages", data={"name": "KITCHEN", "stages": LINES})
    assert twice.status_code == 409
    assert "the name of another" in text_of(twice)
    bad = ruth.post(f"/settings/stages/{number}", data={"name": "Kitchen", "stages": "New: applied", "version": "1"})
    assert bad.status_code == 422
    assert "exactly one stage of kind offer" in text_of(bad)
    change = {"name": "Bakery", "stages": LINES.replace("Trial shift", "Night shift"), "version": "1"}
    assert ruth.post(f"/settings/stages/{number}", data=change).status_code == 303
    stale = ruth.post(f"/settings/stages/{number}", data={**change, "name": "Typed late"})
    assert stale.status_code == 409
    assert "Typed late" in text_of(stale)
    assert "Night shift" in text_of(ruth.get("/settings/stages"))
    assert ruth.post(f"/settings/stages/{number}/removal").status_code == 303
    assert ruth.get(f"/settings/stages/{number}").status_code == 404
    assert ruth.get(f"/requisitions/new?template={number}").status_code == 404


def test_a_manager_uses_templates_and_does_not_change_them(browse, people):
    browse("ruth").post("/settings/stages", data={"name": "Kitchen", "stages": LINES})
    hana = browse("hana")
    page = text_of(hana.get("/settings/stages"))
    assert "Kitchen" in page
    assert "New template" not in page
    assert hana.post("/settings/stages", data={"name": "Mine", "stages": LINES}).status_code == 403


@pytest.mark.parametrize("query", ["x", "-1", "99999999999999999999"])
def test_a_strange_template_is_not_found(browse, people, query):
    assert browse("ruth").get(f"/requisitions/new?template={query}").status_code == 404
