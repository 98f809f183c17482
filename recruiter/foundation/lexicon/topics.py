"""The topics of the check and their lists of phrases, one file a language."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from recruiter.foundation.lexicon.cues import Cues
from recruiter.foundation.lexicon.folding import folded
from recruiter.foundation.lexicon.phrases import Index, parsed

BLOCKED, WARNED = "blocked", "warned"
STOPS, DOUBTS, HINTS, WORK, SPARES, THEMES = "stop", "doubt", "hint", "work", "spare", "theme"
ROLES = (STOPS, DOUBTS, HINTS, WORK, SPARES, THEMES)
FIRM = "firm"  # of what stops, a phrase of several words
LANGUAGES = ("en", "de", "fr", "es")
PAST_PAY = "past pay"
ANY_TOPIC = ""
_SEVERAL_WORDS = re.compile(r"[ $'\-]")
_SEVERAL = re.compile(r"\{([^{}]*[ $'\-][^{}]*)\}")
HERE = Path(__file__).parent


@dataclass(frozen=True)
class Topic:
    """One topic: `severity` of what is found, the reason shown, and whether it matters in what is written to a candidate alone."""

    name: str
    severity: str
    why: str
    to_candidates_only: bool = False


@dataclass
class Lists:
    """All topics, the phrases of all languages, and the small words by which a language is known."""

    topics: dict[str, Topic]
    index: Index = field(default_factory=Index)
    small_words: dict[str, set[str]] = field(default_factory=dict)
    cues: Cues = field(default_factory=Cues)


def _spread(phrase: str) -> Iterator[str]:
    """A phrase with alternatives of several words, as a phrase for each."""
    several = _SEVERAL.search(phrase)
    if several is None:
        yield phrase
        return
    ways = several[1].split("|")
    single = [terms for terms in ways if not _SEVERAL_WORDS.search(terms)]
    together = ["{" + "|".join(single) + "}"] if len(single) > 1 else single
    for terms in (*together, *(terms for terms in ways if terms not in single)):
        yield from _spread(phrase[: several.start()] + terms + phrase[several.end() :])


def _phrases(text: str) -> Iterator[str]:
    for phrase in text.replace("\n", ",").split(","):
        if phrase.strip():
            yield from _spread(phrase.strip())


def _loaded(lists: Lists, language: str) -> None:
    content = tomllib.loads((HERE / f"{language}.toml").read_text(encoding="utf-8"))
    lists.small_words[language] = {folded(word) for word in content.pop("small_words").split()}
    classes = {name: folded(terms).split() for name, terms in content.pop("classes").items()}
    by_topic = {ANY_TOPIC: content.pop("everywhere"), **content}
    for topic, by_role in by_topic.items():
        if topic and topic not in lists.topics:
            raise ValueError(f"{language}: no topic {topic!r}")
        for role, text in by_role.items():
            if role not in ROLES:
                raise ValueError(f"{language}: no such list as {role!r} in {topic!r}")
            for phrase in _phrases(text):
                lists.index.add(parsed(phrase, classes, topic, role, language))
    context = tomllib.loads((HERE / "context" / f"{language}.toml").read_text(encoding="utf-8"))
    for kind, terms in context["cues"].items():
        lists.cues.add(language, kind, folded(terms).split())
    for topic, text in context["themes"].items():
        for phrase in _phrases(text):
            lists.index.add(parsed(phrase, classes, topic, THEMES, language))


@cache
def lists() -> Lists:
    """The lists, read once."""
    described = tomllib.loads((HERE / "topics.toml").read_text(encoding="utf-8"))["topics"]
    loaded = Lists({topic["name"]: Topic(**topic) for topic in described})
    for language in LANGUAGES:
        _loaded(loaded, language)
    return loaded
