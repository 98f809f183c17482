"""What a body or a query of a budget case may hold."""

import marshmallow as ma
from marshmallow import validate

from recruiter.api.fields import Day, MoneySchema, Strictly, Text, by_name
from recruiter.api.openapi import Body
from recruiter.api.paging import ListQuery
from recruiter.budget.frozen import export
from recruiter.budget.models import APPROVER_VERDICTS, CaseStatus


class CaseBody(Body):
    """What is asked for, and by when."""

    ask = ma.fields.Nested(MoneySchema, required=True)
    needed_by = Day(required=True)


class CaseChange(Body):
    """What a writer changes: texts by section, assumptions and facts by name, the request itself."""

    sections = by_name(Text(longest=20_000))
    assumptions = by_name(Strictly(allow_none=True))
    facts = by_name(Text(allow_none=True))
    ask = ma.fields.Nested(MoneySchema)
    needed_by = Day()


class CaseDecisionBody(Body):
    """What an approver decides."""

    decision = Text(required=True, validate=validate.OneOf(APPROVER_VERDICTS))
    amount = ma.fields.Nested(MoneySchema, load_default=None)
    comment = Text(load_default="", longest=5000)
    sha256 = Text(
        load_default=None,
        metadata={"description": "The content that was seen; needed unless If-Match names the version."},
    )


class AnswerBody(Body):
    """What is answered to an approver's question."""

    answer = Text(required=True, longest=5000)


class EndorsementBody(Body):
    """Who is asked what."""

    email = Text(required=True, longest=250)
    question = Text(required=True, longest=2000)


class DepartureBody(Body):
    """The day on which somebody left."""

    left_on = Day(required=True)


class ExportQuery(ma.Schema):
    """The form of a file."""

    format = Text(load_default="pdf", validate=validate.OneOf(list(export.FORMATS)))
    paper = Text(load_default="a4", validate=validate.OneOf(export.SIZES))


class CaseQuery(ListQuery):
    """Filters of the list."""

    status = Text(load_default=None, validate=validate.OneOf(list(CaseStatus)))
