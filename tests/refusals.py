"""What a rule says where it refuses."""

import pytest

from recruiter.foundation.errors import Conflict, DomainError, RuleBroken


def refusal(rule, *arguments, **options):
    """The kind of a refusal, its sentences by field and its message; the test fails where the rule lets it pass."""
    with pytest.raises(DomainError) as caught:
        rule(*arguments, **options)
    return type(caught.value), caught.value.errors, caught.value.message


def at(field, sentence):
    """A broken rule that belongs to one field."""
    return RuleBroken, {field: [sentence]}, sentence


def conflict(sentence):
    """An act that the state of the thing does not allow."""
    return Conflict, {}, sentence
