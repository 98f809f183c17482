"""Where free text about a person is stored, and the check of words on each of these places, whatever way the text comes in.

The check stands on the attributes of the models: pages, JSON API, commands, imports, mail and jobs all write through them, and a
refusal is a RuleBroken at the field, before anything is stored. What is only warned of is stored, and kept for the door to tell.
What a case's draft may hold is checked with the case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache

from sqlalchemy import event
from sqlalchemy.orm import InstrumentedAttribute, Session

from recruiter.budget.models import BudgetCase, CaseDecision, Endorsement
from recruiter.candidates.models import Candidate, Note, Task
from recruiter.debriefs.models import DebriefRecord, DebriefVerdict
from recruiter.foundation.database.db import Model
from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.lexicon import attribute_names, check
from recruiter.foundation.lexicon.check import Finding
from recruiter.interviews.models import InterviewChange
from recruiter.keepwarm.models.agreements import Letter, Snooze
from recruiter.keepwarm.models.records import (
    Channel,
    Concern,
    Direction,
    FallThrough,
    Promise,
    PromiseChange,
    Touchpoint,
)
from recruiter.offers.models import Approval, Offer
from recruiter.pipeline.models import Application, Finalist, StageChange, StatusChange
from recruiter.pipeline.reasons import REASONS
from recruiter.privacy import people_concerned, word_check
from recruiter.privacy.models import DataRequest, LegalHold
from recruiter.ranking.models import NamedOrder, RankingWish
from recruiter.requisitions.models import Attribute, RequisitionChange
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
# What is written of a request, of a hold or of who runs a search may name an illness or a leave; past pay it never holds.
PAST_PAY_ALONE: dict[InstrumentedAttribute[str], str] = {
    DataRequest.answer: "answer",
    DataRequest.details: "details",
    LegalHold.reason: "reason",
    LegalHold.lift_reason: "reason",
    RequisitionChange.reason: "reason",
}
# What candidates are rated on, and what each rating means: the job may be about what a person must not be judged by.
RATED_ON = (Attribute.name,)
# What somebody does for a living: a diversity officer and a child psychotherapist say so. Where it is no bare title but says
# something of a person, in a sentence, it is read like any other text.
OCCUPATIONS = frozenset({"headline", "tags"})
OF_A_SENTENCE = re.compile(
    r"\b(she|he|her|his|they|is|was|has|too|er|sie|ist|war|hat|zu|elle|il|est|son|trop|pour|es|est\u00e1|tiene|su|demasiado)\b",
    re.IGNORECASE,
)
OWN_TEXTS = frozenset(reason.label for reason in REASONS)
WARNED = "texts that were warned of in this session"


@dataclass(frozen=True)
class Warned:
    """A text that was stored although the check warns of it: the field, and what was found with its sentences."""

    field: str
    findings: tuple[word_check.Finding, ...]

    @property
    def sentences(self) -> list[str]:
        """What a writer is told of it, a sentence for each topic."""
        return [f"Look again at {word_check.quoted([finding])}. {finding.why}" for finding in self.findings]


@lru_cache(maxsize=1024)
def _findings(text: str, names: tuple[str, ...] = ()) -> tuple[Finding, ...]:
    return tuple(check.check(text, names=names))


def findings_in(written: Model, text: str) -> tuple[Finding, ...]:
    """What the check finds in a text that belongs to something stored; names are looked up only where it finds anything."""
    spared_text = word_check.as_told(text) if _is_told(written) else text
    if text in OWN_TEXTS or not _findings(spared_text):
        return ()
    return _findings(spared_text, people_concerned.names_around(written))


def _is_told(written: Model) -> bool:
    """Whether a text was said to the candidate, who may be told what the company offers everybody."""
    return isinstance(written, Letter) or (isinstance(written, Touchpoint) and written.direction == Direction.TO)


def _was_asked_about(written: Model) -> bool:
    """Whether it is a message, whose warned words its sender has confirmed."""
    return isinstance(written, Letter) or (isinstance(written, Touchpoint) and written.channel == Channel.EMAIL)


def refuse(written: Model, text: str, *, field: str) -> None:
    """Refuse a text about a person that holds what has no place there; what is warned of is kept for the door to tell.

    Raises RuleBroken at `field`, with its words and the reason.
    """
    findings = findings_in(written, text)
    if field in OCCUPATIONS and not OF_A_SENTENCE.search(text):
        findings = tuple(finding for finding in findings if finding.is_past_pay)
    if blocked := [finding for finding in findings if finding.is_blocked]:
        raise RuleBroken.at(field, " ".join(f"Take {finding.quoted} out. {finding.why}" for finding in blocked))
    session = people_concerned.session_of(written) if findings and not _was_asked_about(written) else None
    if session is not None:
        names = people_concerned.names_around(written)
        warned: list[Warned] = session.info.setdefault(WARNED, [])
        warned.append(Warned(field, tuple(word_check.findings(text, names=names, to_candidate=False))))


def take_warned(session: Session) -> list[Warned]:
    """What was stored in this session although it was warned of, each text once; told once and then forgotten."""
    return list(dict.fromkeys(session.info.pop(WARNED, [])))


def _on_set(field: str) -> Callable[..., None]:
    def on_set(target: Model, value: Written, before: object, initiator: object) -> None:  # noqa: ARG001  # SQLAlchemy's signature
        written_text = "\n".join(value) if isinstance(value, list) else value
        if written_text and value != before:
            refuse(target, written_text, field=field)

    return on_set


def _texts_last(texts: frozenset[str]) -> Callable[..., None]:
    def on_init(target: Model, arguments: object, values: dict[str, object]) -> None:  # noqa: ARG001  # SQLAlchemy's signature
        """Whom a text concerns is set before the text, in whatever order it was given."""
        for name in texts & values.keys():
            values[name] = values.pop(name)

    return on_init


def _on_name(target: object, value: str, before: object, initiator: object) -> None:  # noqa: ARG001
    """Nobody is rated on what is protected: RuleBroken at `attributes`."""
    if value and value != before:
        attribute_names.refuse(value, field="attributes")


def _on_pay(field: str) -> Callable[..., None]:
    def on_set(target: object, value: str, before: object, initiator: object) -> None:  # noqa: ARG001
        if value and value != before and (pay := check.past_pay(value)):
            raise RuleBroken.at(field, f"Take {pay.quoted} out. {pay.why}")

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
        event.listen(attribute, "set", _on_set(field))
    for place, field in PAST_PAY_ALONE.items():
        event.listen(place, "set", _on_pay(field))
    for model in {attribute.class_ for attribute in TEXTS}:
        texts = frozenset(attribute.key for attribute in TEXTS if attribute.class_ is model)
        event.listen(model, "init", _texts_last(texts))
    event.listen(BudgetCase.texts, "set", _on_texts)
    for name in RATED_ON:
        event.listen(name, "set", _on_name)
