"""Candidates."""

from __future__ import annotations

from recruiter.api import guard
from recruiter.api.fields import Text, many
from recruiter.api.guard import actor
from recruiter.api.openapi import Area, Body
from recruiter.api.paging import ListQuery, listed
from recruiter.api.serializers import candidates as serializers
from recruiter.candidates import queries, rules, services
from recruiter.candidates.models import Candidate
from recruiter.candidates.rules import CandidateDetails
from recruiter.foundation.database.db import db
from recruiter.foundation.json_types import JsonObject
from recruiter.policy import record_scopes, scopes
from recruiter.policy.permissions import Permission

blueprint = Area("candidates", "The people who apply")
LONGEST_SEARCH = 200


class CandidateChange(Body):
    """What can be changed."""

    name = Text(longest=200)
    emails = many(Text(longest=254), most=rules.MOST_CONTACTS)
    phones = many(Text(longest=60), most=rules.MOST_CONTACTS)
    headline = Text(longest=300)
    location = Text(longest=200)
    source = Text(longest=120)
    links = many(Text(longest=500), most=rules.MOST_LINKS)
    tags = many(Text(longest=500), most=rules.MOST_TAGS)


class CandidateBody(CandidateChange):
    """A person as entered."""

    name = Text(required=True, longest=200)
    emails = many(Text(longest=254), most=rules.MOST_CONTACTS, required=True)


class CandidateQuery(ListQuery):
    """Search."""

    q = Text(load_default="")
    tag = Text(load_default="")


@blueprint.get("/candidates", Permission.CANDIDATE_LIST, query=CandidateQuery)
def index(query: JsonObject) -> JsonObject:
    """People by name; `q` searches names, headlines, places, tags, contacts and notes, accents folded and typos forgiven.

    `tag` takes one tag as a whole. What the caller may not see is not searched.
    """
    query["q"], query["tag"] = query["q"][:LONGEST_SEARCH], query["tag"][:LONGEST_SEARCH]
    page = queries.page(db.session(), record_scopes.search_scope(actor()), **query)
    return listed(page, [serializers.candidate(candidate, viewer=actor()) for candidate in page.items])


@blueprint.post("/candidates", Permission.CANDIDATE_CREATE, body=CandidateBody, status=201)
def create(body: JsonObject) -> JsonObject:
    """Enter a person; `likely_same` names those who may be the same."""
    session, person = db.session(), CandidateDetails(**body)
    duplicates = queries.possible_duplicates(session, person, within=scopes.candidates(actor()))
    candidate = services.add(session, person=person, act=guard.act())
    likely_same = [{"id": other.id, "name": other.name} for other in duplicates]
    return {**serializers.candidate(candidate, viewer=actor()), "likely_same": likely_same}


@blueprint.get("/candidates/<int:candidate_id>", Permission.CANDIDATE_READ)
def read(candidate: Candidate) -> JsonObject:
    """One person."""
    return serializers.candidate(candidate, viewer=actor())


@blueprint.patch("/candidates/<int:candidate_id>", Permission.CANDIDATE_EDIT, body=CandidateChange)
def change(body: JsonObject, candidate: Candidate) -> JsonObject:
    """Change a person; a list that is given takes the place of the old one."""
    services.change(db.session(), candidate=candidate, person=CandidateDetails(**body), act=guard.act())
    return serializers.candidate(candidate, viewer=actor())
