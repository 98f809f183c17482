"""Budget cases opened, written, submitted, decided; colleagues of other teams asked."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy.orm import Session

from recruiter.audit import services as audit
from recruiter.audit.actions import AuditAction
from recruiter.budget import decision_services, queries, rules, writer_facts
from recruiter.budget.evidence.sections import ranking
from recruiter.budget.evidence.types import Options
from recruiter.budget.frozen import assembly
from recruiter.budget.models import IN_PROGRESS, BudgetCase, CaseStatus, Choice, Endorsement
from recruiter.foundation import email_templates, mail, text, tokens
from recruiter.foundation.act import Act, Moment
from recruiter.foundation.errors import Conflict, RuleBroken
from recruiter.foundation.lexicon import check
from recruiter.foundation.money import Money
from recruiter.offers import rules as offer_rules
from recruiter.offers.models import Offer
from recruiter.pipeline import queries as pipeline_queries
from recruiter.pipeline import rules as pipeline
from recruiter.ranking.models import RankingUse
from recruiter.ranking.suggestion import run_log

DEFAULT_OPTIONS = Options()


def open_case(session: Session, *, offer: Offer, ask: Money, needed_by: dt.date, act: Act) -> BudgetCase:
    """Open the case to pay one candidate above the band; after a decided one it starts from what was written and chosen there.

    Raises Conflict where one is going on, RuleBroken within the band.
    """
    pipeline.check_active(offer.application)
    offer_rules.check_status(offer, allowed=offer_rules.CHANGEABLE, action="the ground of a budget case")
    rules.check_ask(ask, band=offer.band)
    rules.check_needed_by(needed_by, today=act.today)
    cases = queries.cases_of_application(session, offer.application_id)
    current = next((case for case in cases if case.offer_id == offer.id and case.status in IN_PROGRESS), None)
    if current:
        raise Conflict(f"Case {current.number} for this offer is going on. Change that one.")
    before = rules.last_decided(cases, application_id=offer.application_id)
    numbers = [int(number.rsplit("-", 1)[1]) for number in queries.case_numbers_of_year(session, act.today.year)]
    case = BudgetCase(
        number=f"BC-{act.today.year}-{max(numbers, default=0) + 1:03d}",
        offer=offer,
        status=CaseStatus.DRAFT,
        ask=ask.amount,
        currency=ask.currency,
        needed_by=needed_by,
        texts=dict(before.texts) if before else {},  # words, quotes, assumptions; what is on record is collected afresh
        follows=before,
        requested_by=act.actor,
        created_at=act.now,
    )
    session.add(case)
    session.flush()
    follows = {"follows": before.number} if before else {}
    audit.record(session, action=AuditAction.CASE_OPENED, subject=case, act=act, **follows)
    return case


@dataclass(frozen=True)
class CaseChange:
    """What a writer changes in a draft; None leaves a part as it was, an empty text takes the writer's words back."""

    sections: dict[str, str] | None = None
    assumptions: dict[str, int | None] | None = None
    ask: Money | None = None
    needed_by: dt.date | None = None
    facts: dict[str, str | None] | None = None


def write(session: Session, *, case: BudgetCase, change: CaseChange, act: Act) -> BudgetCase:
    """Write the draft. Blocked words are kept, and stop the submission until they are out."""
    rules.check_open(case)
    texts = {
        **case.texts,
        **rules.cleaned_sections(change.sections or {}),
        **rules.cleaned_assumptions(change.assumptions or {}),
        **writer_facts.cleaned(change.facts or {}),
    }
    earlier, case.texts = case.texts, {name: written_text for name, written_text in texts.items() if written_text}
    if change.ask is not None:
        rules.check_ask(change.ask, band=case.offer.band)
        case.ask, case.currency = change.ask.amount, change.ask.currency
    if change.needed_by is not None:
        rules.check_needed_by(change.needed_by, today=act.today)
        case.needed_by = change.needed_by
    sections = sorted(name for name in change.sections or {} if case.texts.get(name) != earlier.get(name))
    audit.record(session, action=AuditAction.CASE_WRITTEN, subject=case, act=act, sections=sections)
    return case


def submit(session: Session, *, case: BudgetCase, act: Act, options: Options = DEFAULT_OPTIONS) -> BudgetCase:
    """Freeze a case and hand it to approvers; from here on its content and SHA-256 stay as they are."""
    rules.check_open(case)
    pipeline.check_active(case.offer.application)
    session.flush()
    draft = assembly.content_of(session, case, moment=act, options=options)
    rules.check_submission(findings=assembly.findings(case), missing=draft["completeness"]["missing"])
    case.status, case.submitted_at = CaseStatus.SUBMITTED, act.now
    decision_services.start_approval(session, case=case, act=act)
    session.flush()
    content = assembly.content_of(session, case, moment=act, options=options)
    case.frozen = assembly.canonical(content)
    case.sha256 = assembly.checksum(case.frozen)
    audit.record(session, action=AuditAction.CASE_SUBMITTED, subject=case, act=act, sha256=case.sha256)
    if options.model:
        application, requisition = case.offer.application, case.offer.application.requisition
        ranked_ids = ranking.ranking_group_of(application, pipeline_queries.bench_of(session, requisition))
        use = RankingUse.CASE
        run_log.log_use(session, requisition=requisition, application_ids=ranked_ids, ranking_use=use, act=act)
    return case


def withdraw(session: Session, *, case: BudgetCase, act: Act) -> BudgetCase:
    """Take a case back before it is decided."""
    if case.status not in IN_PROGRESS:
        raise Conflict(f"This case is {case.status.phrase}, so it cannot be taken back.")
    case.status = CaseStatus.WITHDRAWN
    audit.record(session, action=AuditAction.CASE_WITHDRAWN, subject=case, act=act)
    return case


def ask_endorsement(
    session: Session, *, case: BudgetCase, email: str, question: str, base_url: str, organisation: str, act: Act
) -> tuple[Endorsement, str]:
    """Ask a colleague of another team by a signed link that needs no account and expires after 7 days. Answers row and link."""
    rules.check_open(case)
    asked_question = text.clean(question)
    if not asked_question:
        raise RuleBroken.at("question", "Ask a question, like “Would your team work with this person, and for what?”")
    if check.is_blocked(asked_question):
        raise RuleBroken.at("question", "This question asks for what has no place in a case. Ask about the work.")
    address = text.one_line(email)
    if "@" not in address.strip("@") or " " in address:
        raise RuleBroken.at("email", "Enter an e-mail address, like kim@example.com.")
    secret = tokens.new()
    endorsement = Endorsement(
        case=case,
        email=address,
        question=asked_question,
        digest=tokens.digest(secret),
        asked_by_id=act.actor.id,
        asked_at=act.now,
        expires_at=act.now + dt.timedelta(days=rules.ANSWER_DAYS),
    )
    session.add(endorsement)
    session.flush()
    link = f"{base_url}/endorse/{secret}"
    request = email_templates.compose(
        "budget/endorsement",
        to=endorsement,
        asked_by=act.actor,
        organisation=organisation,
        question=asked_question,
        days=rules.ANSWER_DAYS,
        link=link,
    )
    mail.enqueue(session, request, now=act.now, asked_by_id=act.actor.id)
    audit.record(session, action=AuditAction.ENDORSEMENT_ASKED, subject=endorsement, act=act)
    return endorsement, link


@dataclass(frozen=True)
class EndorsementAnswer:
    """What a colleague of another team says: who they are, whether their team would use the skill, for what, by when, in their words."""

    name: str
    team: str
    choice: Choice
    comment: str
    for_what: str = ""
    by_when: str = ""

    def cleaned(self) -> EndorsementAnswer:
        """As it is stored: without control characters, the short lines on one line."""
        for_what, by_when = (text.one_line(line) for line in (self.for_what, self.by_when))
        name, team = text.one_line(self.name), text.one_line(self.team)
        return EndorsementAnswer(name, team, self.choice, text.clean(self.comment), for_what, by_when)


def answer_endorsement(
    session: Session, *, endorsement: Endorsement, answer: EndorsementAnswer, moment: Moment
) -> Endorsement:
    """Keep a colleague's answer word for word: would the team use this skill, for what, by when; or that they prefer not to say.

    An answer is given once, and while the case is still written.
    """
    if endorsement.answered_at is not None:
        raise Conflict("You have answered already. Thank you.")
    if not endorsement.case.is_open:
        raise Conflict("The case has been decided or sent in the meantime, so no answer is needed any more.")
    given = answer.cleaned()
    rules.check_voice(given.choice, name=given.name, answer=given.comment, for_what=given.for_what)
    for field, terms in (("answer", given.comment), ("for_what", given.for_what), ("by_when", given.by_when)):
        for finding in assembly.names_in(endorsement.case, terms):
            raise RuleBroken.at(field, f"Take {finding.quoted} out. {finding.why}")
    endorsement.name, endorsement.team, endorsement.choice = given.name, given.team, given.choice
    endorsement.for_what, endorsement.by_when = given.for_what, given.by_when
    endorsement.answer, endorsement.answered_at = given.comment, moment.now
    audit.record(session, action=AuditAction.ENDORSEMENT_ANSWERED, subject=endorsement, act=moment)
    return endorsement
