"""Budget cases: assembled from the record, written, checked, submitted, decided, exported."""

from __future__ import annotations

from flask import Response

from recruiter.api import budget_schemas as schemas
from recruiter.api import guard
from recruiter.api.guard import act, actor, zone
from recruiter.api.openapi import Area
from recruiter.api.serializers import budget as serializers
from recruiter.budget import blind_view, decision_services, queries, services
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly
from recruiter.budget.frozen import export as exporting
from recruiter.budget.models import BudgetCase, CaseStatus, CaseVerdict
from recruiter.budget.register import departure_services, register_queries
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.offers.models import Offer
from recruiter.policy import approval_predicates, scopes
from recruiter.policy.permissions import Permission
from recruiter.request_context import settings

blueprint = Area("budget", "The case to pay above the band")


def case_body(case: BudgetCase) -> JsonObject:
    """A case as the caller may see it."""
    session = db.session()
    session.flush()
    content, hide = blind_view.visible_content(session, case, act=act(), options=Options.of(settings()))
    return serializers.case(case, content, hide=hide)


@blueprint.get("/budget-cases", Permission.CASE_LIST, query=schemas.CaseQuery)
def index(query: JsonObject) -> JsonObject:
    """Cases that the caller may see, those that wait for a decision first."""
    status = CaseStatus(query["status"]) if query["status"] else None
    cases = queries.cases_within(db.session(), within=scopes.cases(actor()), status=status)
    cases = approval_predicates.of_own_chains(db.session(), actor=actor(), requests=cases)
    hidden = set(db.session.scalars(blind_view.cases_owed_by(actor())))
    items = [serializers.head(case, hide=case.id in hidden) for case in cases]
    return {"items": items, "next": None}


@blueprint.post("/offers/<int:offer_id>/budget-case", Permission.CASE_OPEN, body=schemas.CaseBody, status=201)
def create(body: JsonObject, offer: Offer) -> JsonObject:
    """Open a case for an offer; answers with the draft as the record assembles it."""
    return case_body(services.open_case(db.session(), offer=offer, act=act(), **body))


@blueprint.get("/budget-cases/register", Permission.CASE_LIST)
def register() -> JsonObject:
    """Decided cases by band, role and manager, and what became of each; `review` is the third exception in twelve months."""
    contents = register_queries.register_of(db.session(), within=scopes.cases(actor()), moment=act())
    return serializers.register(contents)


@blueprint.post("/budget-cases/<int:case_id>/departure", Permission.CASE_WRITE, body=schemas.DepartureBody, status=201)
def departure(body: JsonObject, case: BudgetCase) -> JsonObject:
    """Keep the day on which somebody who was hired by this case left."""
    recorded = departure_services.record_departure(db.session(), case=case, on=body["left_on"], act=act())
    return {"case_id": recorded.case_id, "left_on": recorded.left_on.isoformat()}


@blueprint.get("/budget-cases/<int:case_id>", Permission.CASE_READ)
def read(case: BudgetCase) -> JsonObject:
    """One case: a draft as the record stands now, a submitted one as it was frozen; `follows` is the decided case before it, or null."""
    return case_body(case)


@blueprint.patch("/budget-cases/<int:case_id>", Permission.CASE_WRITE, body=schemas.CaseChange)
def change(body: JsonObject, case: BudgetCase) -> JsonObject:
    """Write a draft."""
    return case_body(services.write(db.session(), case=case, change=services.CaseChange(**body), act=act()))


@blueprint.get("/budget-cases/<int:case_id>/check", Permission.CASE_READ)
def check(case: BudgetCase) -> JsonObject:
    """What has no place in this case, words and reasons."""
    return {"items": [serializers.finding(finding) for finding in assembly.findings(case)], "next": None}


@blueprint.post("/budget-cases/<int:case_id>/submission", Permission.CASE_WRITE)
def submit(case: BudgetCase) -> JsonObject:
    """Freeze the case with its SHA-256 and hand it to approvers."""
    return case_body(services.submit(db.session(), case=case, act=act(), options=Options.of(settings())))


@blueprint.post(
    "/budget-cases/<int:case_id>/decision", Permission.CASE_DECIDE, body=schemas.CaseDecisionBody, decides=True
)
def decide(body: JsonObject, case: BudgetCase) -> JsonObject:
    """Approve, approve up to an amount, refuse, or ask for changes; on the content that was seen.

    It is named by If-Match or `sha256`; without either the answer is 428 with what stands now.
    """
    verdict, amount, seen = CaseVerdict(body["decision"]), body["amount"], guard.seen(body["sha256"])
    decision_services.decide(
        db.session(), case=case, verdict=verdict, amount=amount, comment=body["comment"], act=act(), seen=seen
    )
    return case_body(case)


@blueprint.post("/budget-cases/<int:case_id>/answer", Permission.CASE_WRITE, body=schemas.AnswerBody)
def answer(body: JsonObject, case: BudgetCase) -> JsonObject:
    """Answer the oldest open question of an approver; it stands among the decisions, and whoever asked is told."""
    decision_services.answer_question(db.session(), case=case, answer=body["answer"], act=act())
    return case_body(case)


@blueprint.post("/budget-cases/<int:case_id>/withdrawal", Permission.CASE_WRITE)
def withdraw(case: BudgetCase) -> JsonObject:
    """Take a case back before it is decided."""
    return case_body(services.withdraw(db.session(), case=case, act=act()))


@blueprint.get("/budget-cases/<int:case_id>/endorsements", Permission.CASE_READ)
def endorsements(case: BudgetCase) -> JsonObject:
    """Who was asked, and what was answered."""
    return {"items": [serializers.endorsement(endorsement) for endorsement in case.endorsements], "next": None}


@blueprint.post(
    "/budget-cases/<int:case_id>/endorsements", Permission.CASE_WRITE, body=schemas.EndorsementBody, status=201
)
def ask(body: JsonObject, case: BudgetCase) -> JsonObject:
    """Ask a colleague of another team; answers with the signed link, which is shown once."""
    endorsement, link = services.ask_endorsement(
        db.session(), case=case, base_url=settings().base_url, organisation=settings().organisation, act=act(), **body
    )
    return {**serializers.endorsement(endorsement), "link": link}


@blueprint.get("/budget-cases/<int:case_id>/export", Permission.CASE_READ, query=schemas.ExportQuery)
@blueprint.response(200, content_type="application/octet-stream")
def export(query: JsonObject, case: BudgetCase) -> Response:
    """The case as a file: the frozen content with number and checksum, or a watermarked draft."""
    session = db.session()
    blind_view.check_owes_none(session, viewer=actor(), case=case)
    content, _ = blind_view.visible_content(session, case, act=act(), options=Options.of(settings()))
    export_file = exporting.render(case, content, form=query["format"], paper=query["paper"], zone=zone())
    headers = {"Content-Disposition": f'attachment; filename="{export_file.name}"'}
    return Response(export_file.data, mimetype=export_file.mimetype, headers=headers)
