"""Which errors an address can answer, for the description: every one of them as a problem, none left to a catch-all."""

from __future__ import annotations

import marshmallow as ma

from recruiter.policy.permissions import Permission

PROBLEM_TYPE = "application/problem+json"
READING, UNSAFE = "GET", frozenset({"POST", "PUT", "PATCH", "DELETE"})
SENTENCES = {
    400: "The request cannot be read: broken JSON, or a query parameter that is unknown, malformed or given twice.",
    401: "No token was sent, or it is not good any more.",
    403: "You see this, and may not do that to it.",
    404: "It is not there, or not yours to see.",
    405: "This address does not take that method.",
    409: "Somebody has changed it since you read it, or where it stands does not allow this.",
    413: "The body is too large.",
    415: "The body is not of the type that this address takes.",
    422: "It was understood and cannot be accepted; `errors` says why, by field.",
    428: "The decision does not say what it was made on; the problem has what stands now.",
    429: "Too many requests: wait as long as Retry-After says.",
    503: "The database is busy. Nothing was changed; send it again as Retry-After says.",
}


class Problem(ma.Schema):
    """An error as RFC 9457 has it, with the sentences of each field in `errors`; a 428 adds what stands now."""

    class Meta:
        """marshmallow's options."""

        unknown = ma.INCLUDE

    type = ma.fields.String(required=True)
    title = ma.fields.String(required=True)
    status = ma.fields.Integer(required=True)
    detail = ma.fields.String(required=True)
    errors = ma.fields.Dict(keys=ma.fields.String(), values=ma.fields.List(ma.fields.String()))


def errors_of(method: str, rule: str, permission: Permission, *, asks: bool, decides: bool) -> list[int]:
    """The statuses of the errors that an address can answer.

    Args:
        method: how it is asked.
        rule: the address; one with parts can name what is not there.
        permission: what whoever asks must be allowed.
        asks: it takes a query, whose values can be ones that cannot be.
        decides: a decision is made there, which says what it was made on.
    """
    statuses = {400, 401, 429, 503}
    if "<" in rule or permission.is_look or method in UNSAFE:  # what a body names can be out of sight, too
        statuses.add(404)
    if not permission.is_look:
        statuses.add(403)
    if method in UNSAFE:
        statuses |= {409, 413, 415, 422}
    if asks:
        statuses.add(422)
    if decides:
        statuses.add(428)
    return sorted(statuses)
