"""Every stored text is either checked for words, or stands here with the reason why not: a new column without the check fails."""

import importlib
import pkgutil

import pytest
from sqlalchemy import JSON, Enum, String

import recruiter
from recruiter.candidates.models import Candidate
from recruiter.foundation.database.db import Base
from recruiter.foundation.errors import RuleBroken
from recruiter.privacy import personal_texts

ROOMS = (
    "accounts", "audit", "budget", "candidates", "debriefs", "foundation", "interviews", "keepwarm", "offers", "pipeline", "ranking",
    "requisitions", "scorecards", "settings",
)  # fmt: skip
# Tables that hold no free text about a candidate.
TABLES = {
    "of users, sign-in and kept forms": (
        "Invitation UndoToken UserSession IdempotentAnswer KeptForm ApiToken FailedSignIn User SavedSubmission SavedView InterviewerProfile RecoveryCode KnownDevice"
    ),
    "of imports: what a file was called and what was wrong with it": "ImportBatch ImportRow",
    "of the machine": "AuditEntry AuditHead AuditRun Prediction ModelRun Job",
    "of the organisation and the job": (
        "ApprovalChain BandException ApprovalGroup Band Stage StageTemplate Requisition PlannedTalk Activation SuggestionSwitch Anchor CadenceRule"
    ),
    "of answers about self-identification, kept apart": "ImportedFeature ProtectedAnswer AnswerLoad",
    "of past slates: codes": "PastDecision DecisionGrade",
    "of amounts": "OfferTerms CompetingProcess",
    "of what was disputed, of erasures and of how long data is kept": "Dispute ErasedAddress RetentionPeriod",
}
# Single columns, by reason.
COLUMNS = {
    "a name, a code, a key, a digest or an address": (
        "Candidate.name Candidate.location Candidate.source Candidate.links Candidate.name_key Candidate.search_key Candidate.tags_key "
        "Attachment.name Attachment.media_type Attachment.sha256 Attachment.storage_key Contact.value Contact.key Note.text_key "
        "Letter.text_key FallThrough.reason_code StatusChange.reason_code Application.reason_code Application.source Offer.end_code "
        "Offer.currency BudgetCase.number BudgetCase.currency BudgetCase.sha256 CaseDecision.group_name Approval.group_name "
        "Endorsement.email Endorsement.name Endorsement.team Endorsement.digest Interview.name Interview.place Interview.focus "
        "Consent.text_version Consent.channel NamedOrder.label NamedOrder.model_version Rating.attribute Promise.zone Offer.equity"
    ),
    "words of the house": "Consent.text Attribute.description AgreedDate.reason",
    "made from texts that were checked": (
        "NoteVersion.text ScorecardVersion.ratings ScorecardVersion.summary ScorecardVersion.question ScorecardVersion.concern BudgetCase.frozen "
        "BudgetCase.plan Offer.plan Promotion.before NamedOrder.places NamedOrder.departures"
    ),
    "a case's draft: past pay alone is refused": "BudgetCase.texts",
    "who ran a search before and after": "RequisitionChange.before RequisitionChange.after",
}


def _models():
    for room in ROOMS:
        module = importlib.import_module(f"recruiter.{room}")
        for matched in pkgutil.walk_packages(getattr(module, "__path__", []), f"{module.__name__}."):
            importlib.import_module(matched.name)
    return [mapper for mapper in Base.registry.mappers if mapper.class_.__module__.startswith(recruiter.__name__)]


def _texts():
    for mapper in _models():
        for attribute in mapper.column_attrs:
            kind = attribute.columns[0].type
            if isinstance(kind, (String, JSON)) and not isinstance(kind, Enum):
                yield mapper.class_, attribute.key


def test_every_stored_text_is_checked_or_says_why_not():
    checked = {
        (place.class_, place.key)
        for place in (*personal_texts.TEXTS, *personal_texts.PAST_PAY_ALONE, *personal_texts.RATED_ON)
    }
    tables = {name for names in TABLES.values() for name in names.split()}
    columns = {name for names in COLUMNS.values() for name in names.split()}
    unknown = [
        f"{model.__name__}.{key}"
        for model, key in _texts()
        if (model, key) not in checked and model.__name__ not in tables and f"{model.__name__}.{key}" not in columns
    ]
    assert unknown == []


NO_PLACE = [
    "Her salary so far was 61,000.",
    "Hat zuletzt 3.850 brutto bekommen.",
    "Son dernier bulletin de paie indique 2 870 net.",
    "Actualmente cobra 28k + variable.",
    "She is pregnant, so I would wait.",
    "Er ist schwerbehindert.",
    "Trop âgé pour ce poste.",
    "Es musulmán practicante.",
]


@pytest.mark.parametrize("place", personal_texts.TEXTS, ids=str)
@pytest.mark.parametrize("sentence", NO_PLACE)
def test_no_place_takes_what_is_blocked(session, place, sentence):
    value = [sentence] if place.key == "tags" else sentence
    with pytest.raises(RuleBroken) as refusal:
        setattr(place.class_(), place.key, value)
    assert list(refusal.value.errors) == [personal_texts.TEXTS[place]]


@pytest.mark.parametrize("place", personal_texts.PAST_PAY_ALONE, ids=str)
def test_requests_and_holds_hold_no_past_pay(session, place):
    written = place.class_()
    for sentence in NO_PLACE[:4]:
        with pytest.raises(RuleBroken) as refusal:
            setattr(written, place.key, sentence)
        assert list(refusal.value.errors) == [personal_texts.PAST_PAY_ALONE[place]]
    setattr(written, place.key, "Asks us to delete the note on the illness.")


@pytest.mark.parametrize(
    "title", ["Diversity officer", "Child psychotherapist", "Trade union research officer, Halden"]
)
def test_a_title_is_no_word_on_a_person(session, title):
    assert Candidate(headline=title, tags=[title]).headline == title


@pytest.mark.parametrize(
    "name", ["Age", "Gender", "Postleitzahl", "Commute", "\u00c2ge", "Edad", "G e n d e r", "Code postal", "Zip code"]
)
def test_nobody_is_rated_on_what_is_protected(app, name):
    (place,) = personal_texts.RATED_ON
    with pytest.raises(RuleBroken, match="Nobody is rated on"):
        place.class_(name=name)


@pytest.mark.parametrize(
    "name", ["Role skills", "Customer orientation", "Public health", "React Native", "Leadership", "Code quality"]
)
def test_people_are_rated_on_the_work(app, name):
    (place,) = personal_texts.RATED_ON
    assert place.class_(name=name).name == name
