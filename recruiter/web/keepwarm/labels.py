"""How the values of this area read on pages."""

from recruiter.keepwarm.models.records import (
    Channel,
    ConcernKind,
    ConcernState,
    Direction,
    Phase,
    PromiseState,
    TouchKind,
)
from recruiter.keepwarm.schedule.next_contact import Group, Warmth
from recruiter.offers.models import OfferStatus, SourceClass

DIRECTIONS = {Direction.TO: "We to them", Direction.FROM: "They to us"}
CHANNELS = {
    Channel.PHONE: "Phone",
    Channel.EMAIL: "E-mail",
    Channel.VIDEO: "Video call",
    Channel.IN_PERSON: "In person",
    Channel.MESSAGE: "Message",
    Channel.LETTER: "Letter",
    Channel.OTHER: "Other",
}
ICONS = {
    Channel.PHONE: "phone",
    Channel.EMAIL: "mail",
    Channel.VIDEO: "phone",
    Channel.IN_PERSON: "people",
    Channel.MESSAGE: "chat",
    Channel.LETTER: "doc",
    Channel.OTHER: "chat",
}
KINDS = {
    TouchKind.CHECK_IN: "Check-in",
    TouchKind.CALL: "Call",
    TouchKind.UPDATE: "Update",
    TouchKind.FEEDBACK: "Feedback",
    TouchKind.THANK_YOU: "Thank-you",
    TouchKind.OFFER_TALK: "Talk about an offer",
}
CONCERNS = {kind: kind.value.capitalize() for kind in ConcernKind}
CONCERN_STATES = {state: state.value.capitalize() for state in ConcernState}
CONCERN_TONES = {ConcernState.OPEN: "due", ConcernState.ADDRESSED: "info", ConcernState.RESOLVED: "ok"}
PROMISE_TONES = {PromiseState.OPEN: "due", PromiseState.KEPT: "ok", PromiseState.BROKEN: "late"}
SOURCES = {
    SourceClass.VERIFIED: "Verified: seen in writing",
    SourceClass.CREDIBLE: "Credible: told with detail",
    SourceClass.UNVERIFIED: "Unverified: mentioned",
}
PHASES = {
    Phase.BEFORE_OFFER: "Before an offer was out",
    Phase.OFFER: "While the offer was out",
    Phase.ACCEPTED: "After accepting",
}
STANDS = {
    Phase.BEFORE_OFFER: "no offer is out",
    Phase.OFFER: "an offer is out",
    Phase.ACCEPTED: "the offer was accepted",
}
GROUPS = {
    Group.FELL_THROUGH: "First choice lost",
    Group.OVERDUE: "Overdue",
    Group.DUE: "Due today",
    Group.DEADLINE: "Other offers about to expire",
    Group.LATER: "Later",
}
URGENCY = {Group.FELL_THROUGH: "late", Group.OVERDUE: "late", Group.DUE: "due", Group.DEADLINE: "due"}
WARMTH = {
    Warmth.HOT: ("Hot", "ok", "flame"),
    Warmth.WARM: ("Warm", "ok", "flame"),
    Warmth.COOLING: ("Cooling", "due", "clock"),
    Warmth.COLD: ("Cold", "late", "warn"),
    Warmth.GONE: ("Gone", "", "x"),
}


OFFERED = {
    None: "no offer out",
    OfferStatus.EXTENDED: "offer out, no answer yet",
    OfferStatus.ACCEPTED: "accepted, not started",
}
