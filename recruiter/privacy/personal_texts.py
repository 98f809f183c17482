"""Where free text about a person is stored, and the check of words on each of these places, whatever way the text comes in.

The check stands on the attributes of the models: pages, JSON API, commands, imports, mail and jobs all write through them, and a
refusal is a RuleBroken at the field, before anything is stored. What a case's draft may hold is checked with the case.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache

from sqlalchemy import event
from sqlalchemy.orm import InstrumentedAttribute

from recruiter.budget.models import BudgetCase, CaseDecision, Endorsement
from recruiter.candidates.models import Candidate, Note, NoteVersion, Task
from recruiter.debriefs.models import DebriefRecord, DebriefVerdict
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.lexicon import attribute_names, check
from recruiter.interviews.models import InterviewChange
from recruiter.keepwarm.models.agreements import Letter, Snooze
from recruiter.keepwarm.models.records import Concern, FallThrough, Promise, PromiseChange, Touchpoint
from recruiter.offers.models import Approval, Offer
from recruiter.pipeline.models import Application, Finalist, StageChange, StatusChange
from recruiter.ranking.models import NamedOrder, RankingWish
from recruiter.requisitions.models import Attribute
from recruiter.scorecards.models import Rating, Scorecard, ScorecardVersion

Written = str | list[str] | None
# Each place, and the field that its text is entered in.
TEXTS: dict[InstrumentedAttribute[str] | InstrumentedAttribute[list[str]] | InstrumentedAttribute[str | None], str] = {
    Application.reason: "reason",
    Approval.comment: "comment",
    Candidate.headline: "headline",
    Candidate.tags: "tags",
    CaseDecision.comment: "comment",
    Concern.answer: "answer",
    Concern.text: "text",
    DebriefRecord.decision: "decision",
    DebriefRecord.reason: "reason",
    DebriefVerdict.dissent: "dissent",
    DebriefVerdict.reason: "reason",
    Endorsement.answer: "answer",
    Endorsement.by_when: "by_when",
    Endorsement.for_what: "for_what",
    Endorsement.question: "question",
    FallThrough.reason: "reason",
    Finalist.reason: "reason",
    InterviewChange.reason: "reason",
    Letter.subject: "subject",
    NamedOrder.reason: "reason",
    Note.text: "text",
    NoteVersion.text: "text",
    Offer.end_reason: "reason",
    Promise.what: "what",
    PromiseChange.answer: "said",
    RankingWish.reason: "reason",
    Rating.evidence: "evidence",
    Scorecard.concern: "concern",
    Scorecard.question: "question",
    Scorecard.summary: "summary",
    ScorecardVersion.reason: "reason",
    Snooze.reason: "reason",
    StageChange.reason: "reason",
    StatusChange.reason: "reason",
    Task.what: "what",
    Touchpoint.text: "said",
}
# What candidates are rated on, and what each rating means: the job may be about what a person must not be judged by.
RATED_ON = {Attribute.name: "attributes"}


@lru_cache(maxsize=1024)
def _refusal(text: str, *, past_pay_alone: bool) -> str:
    """Why a text is not stored, with its words; empty where it is."""
    blocked = [finding for finding in check.check(text) if finding.is_blocked]
    return " ".join(
        f"Take {finding.quoted} out. {finding.why}" for finding in blocked if finding.is_past_pay or not past_pay_alone
    )


def refuse_past_pay(text: str, *, field: str) -> None:
    """Refuse past pay in a text about a person. Raises RuleBroken at `field`, with its words and the reason."""
    if sentence := _refusal(text, past_pay_alone=True):
        raise RuleBroken.at(field, sentence)


def refuse(text: str, *, field: str) -> None:
    """Refuse a text about a person that holds what has no place there. Raises RuleBroken at `field`, with its words and the reason."""
    if sentence := _refusal(text, past_pay_alone=False):
        raise RuleBroken.at(field, sentence)


def _on_set(field: str, refuse_words: Callable[..., None]) -> Callable[..., None]:
    def on_set(target: object, value: Written, before: object, initiator: object) -> None:  # noqa: ARG001  # SQLAlchemy's signature
        written_text = "\n".join(value) if isinstance(value, list) else value
        if written_text and value != before:
            refuse_words(written_text, field=field)

    return on_set


def _on_texts(target: object, value: dict[str, str], before: object, initiator: object) -> None:  # noqa: ARG001
    """A case's draft keeps what the check blocks, past pay alone it never holds: RuleBroken at its section."""
    for name, written_text in value.items():
        if pay := check.past_pay(written_text):
            raise RuleBroken.at(f"sections.{name}", f"Take {pay.quoted} out. {pay.why} Nothing was saved.")


@cache
def attach() -> None:
    """Let every text about a person be checked where it is set; once is enough for a process."""
    for attribute, field in TEXTS.items():
        refuse_words = refuse if attribute.class_ is Endorsement else refuse_past_pay
        event.listen(attribute, "set", _on_set(field, refuse_words))
    event.listen(BudgetCase.texts, "set", _on_texts)
    for name, field in RATED_ON.items():
        event.listen(name, "set", _on_set(field, attribute_names.refuse))
