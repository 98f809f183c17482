"""What candidates of the story said of themselves, voluntarily: drawn apart from everything else, so it changes nothing else."""

from __future__ import annotations

import datetime as dt
import hashlib
import random

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruiter.accounts.models import User
from recruiter.candidates.models import Candidate
from recruiter.demo.acts import act_by
from recruiter.ranking.bias_audit import answer_services
from recruiter.ranking.bias_audit.answer_file import AnswerRow

CONSENT = "Self-identification, text of 2025-01"
ANSWERED, DECLINED = 0.82, 0.06
SEXES = {"Female": 46, "Male": 52, "Non-binary": 2}
ETHNICITIES = {"White": 58, "Asian": 17, "Black or African American": 10, "Hispanic or Latino": 9, "Two or more": 5, "American Indian or Alaska Native": 1}  # fmt: skip


def record_answers(session: Session, *, seed: int, actor: User, now: dt.datetime) -> int:
    """Most candidates answer, some decline, some say nothing; groups fall by chance. Answers how many answered."""
    chance = random.Random(f"identities {seed}")
    answers: list[AnswerRow] = []
    for number in session.scalars(select(Candidate.id).order_by(Candidate.id)):
        if chance.random() >= ANSWERED:
            continue
        answer = {
            question: "declined" if chance.random() < DECLINED else chance.choices(list(odds), list(odds.values()))[0]
            for question, odds in (("sex", SEXES), ("race_ethnicity", ETHNICITIES))
        }
        answers.append(AnswerRow(len(answers) + 2, number, "", None, CONSENT, dict(answer)))
    digest = hashlib.sha256(f"identities {seed}".encode()).hexdigest()
    sent = answer_services.SentAnswers(answers, digest)
    answer_services.save(session, sent=sent, consent_version=CONSENT, act=act_by(actor, now=now))
    return len(answers)
