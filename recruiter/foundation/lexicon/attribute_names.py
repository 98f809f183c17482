"""What candidates may not be rated on: names of attributes that stand for something protected, in four languages."""

from __future__ import annotations

import tomllib
from functools import cache

from recruiter.foundation.errors import RuleBroken
from recruiter.foundation.lexicon import check
from recruiter.foundation.lexicon.folding import folded
from recruiter.foundation.lexicon.tokens import read
from recruiter.foundation.lexicon.topics import HERE, lists

LISTED = HERE / "attribute_names.toml"


@cache
def _stems() -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """By topic: the words, and how words begin."""
    content: dict[str, str] = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    terms = {topic: folded(names).split() for topic, names in content.items() if topic in lists().topics}
    return {
        topic: (
            tuple(word for word in each if not word.endswith("*")),
            tuple(word[:-1] for word in each if word.endswith("*")),
        )
        for topic, each in terms.items()
    }


@cache
def _listed(key: str) -> frozenset[str]:
    content: dict[str, str] = tomllib.loads(LISTED.read_text(encoding="utf-8"))
    listed = folded(content[key])
    return frozenset(listed.split() if key == "fillers" else (name.strip() for name in listed.split(",")))


def why_not(name: str) -> str:
    """Why nobody is rated on an attribute of this name; empty where they may be."""
    plain = " ".join(folded(name).split())
    if any(spared in plain for spared in _listed("spared")):
        return ""
    tokens = read(name).tokens
    telling = [token for token in tokens if token.readings[0][0] not in _listed("fillers")]
    for topic, (terms, stems) in _stems().items():
        if any(word.startswith(stems) for token in telling for word, _ in token.readings if stems):
            return lists().topics[topic].why
        whole = {"".join(token.readings[0][0] for token in each) for each in (telling, tokens)}
        if len(telling) == 1:
            whole |= {word for word, _ in telling[0].readings}
        if not whole.isdisjoint(terms):
            return lists().topics[topic].why
    blocked = [finding for finding in check.check(name) if finding.is_blocked]
    return blocked[0].why if blocked else ""


def refuse(name: str, *, field: str) -> None:
    """Refuse the name of an attribute that stands for something protected. Raises RuleBroken at `field`, with the reason."""
    if reason := why_not(name):
        raise RuleBroken.at(field, f"Nobody is rated on “{name}”. {reason}")
