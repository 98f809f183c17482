"""Phrases: how the lists write them, and where they stand in a text.

wife            the word             preg*    words that begin so        *gehalt   words that end so
{he}            a word of a class    {a|b}    one of these               <sum>     a number of this kind (see `reading`)
?very           it may be missing    ..       up to two words between    ...       up to five
^ sentence begins here               $ clause ends here
~kind           only in a text of the list's own language; so are phrases of fewer than seven letters
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from recruiter.foundation.lexicon.folding import folded
from recruiter.foundation.lexicon.tokens import Reading, Token

GAPS = {"..": 2, "...": 5}
SHORTEST, LONGEST_PART = 2, 18
MOST_KNOWN = 10_000  # words that were looked up
TELLING = 7  # so many letters say in any text which language a word is of
ARTICLES = frozenset(
    (
        "a",
        "an",
        "the",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "ein",
        "eine",
        "le",
        "la",
        "les",
        "l",
        "un",
        "une",
        "el",
        "los",
        "las",
        "una",
    )
)
_WORD = re.compile(r"\*?[^\W_]+\*?|<\w+>")
_PARTS = re.compile(r"\?|\{[^}]*\}|<\w+>|[^\s'\-]+")


@dataclass(frozen=True, slots=True)
class Item:
    """One place of a phrase: the words that may stand there, or how many others may stand before the next."""

    terms: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    kind: str = ""
    may_miss: bool = False
    gap: int = 0

    def after(self, tokens: list[Token], place: int) -> int:
        """The place after the words that stand here, 0 where none of them does."""
        token = tokens[place]
        if self.kind and self.kind in token.kinds:
            return place + 1
        for word, after in token.readings:
            if word in self.terms or word.startswith(self.stems) or word.endswith(self.tails):
                return after
        return 0


@dataclass(frozen=True, slots=True, eq=False)
class Phrase:
    """A phrase of one list; `role` says what it does for its topic."""

    topic: str
    role: str
    language: str
    items: tuple[Item, ...]
    begins_sentence: bool = False
    ends_clause: bool = False
    own_language: bool = False

    @property
    def length(self) -> int:
        """How many words must stand there, articles aside."""
        return sum(not (item.gap or item.may_miss or (item.terms and item.terms <= ARTICLES)) for item in self.items)

    def after(self, tokens: list[Token], place: int) -> int:
        """The place after this phrase where it begins at `place`, else 0. The nearest words count, nothing is tried twice."""
        if self.begins_sentence and not tokens[place].starts_sentence:
            return 0
        sentence, gap, at = tokens[place].sentence, 0, place
        for item in self.items:
            if item.gap:
                gap = item.gap
                continue
            matched = 0
            for candidate in range(at, min(at + gap + 1, len(tokens))):
                if tokens[candidate].sentence != sentence:
                    break
                matched = item.after(tokens, candidate)
                if matched:
                    break
            if matched:
                at, gap = matched, 0
            elif not item.may_miss:
                return 0
        return 0 if self.ends_clause and not tokens[at - 1].ends_clause else at


def _word_item(terms: list[str], *, may_miss: bool) -> Item:
    return Item(
        frozenset(word for word in terms if "*" not in word and "<" not in word),
        tuple(word[:-1] for word in terms if word.endswith("*")),
        tuple(word[1:] for word in terms if word.startswith("*")),
        next((word[1:-1] for word in terms if word.startswith("<")), ""),
        may_miss,
    )


def parsed(line: str, classes: dict[str, list[str]], topic: str, role: str, language: str) -> Phrase:
    """A phrase as the lists write it. Raises ValueError for a class that is not there, or a phrase that begins with a gap."""
    items: list[Item] = []
    begins = ends = own = may_miss = False
    for part in _PARTS.findall(folded(line)):
        if part in GAPS:
            items.append(Item(gap=GAPS[part]))
        elif part == "^":
            begins = True
        elif part == "$":
            ends = True
        elif part == "?":
            may_miss = True
        else:
            word = part.removeprefix("?").removeprefix("~")
            own = own or "~" in part
            if word.startswith("{"):
                class_name = word[1:-1]
                terms = classes[class_name] if class_name in classes else class_name.split("|")
                if class_name not in classes and "|" not in class_name:
                    raise ValueError(f"{language}: no class {class_name!r} in {line!r}")
            else:
                terms = [word]
            if not all(_WORD.fullmatch(word) for word in terms):
                raise ValueError(f"{language}: not a word, in {line!r}")
            items.append(_word_item(terms, may_miss=may_miss or part.startswith("?")))
            may_miss = False
    if not items or items[0].gap or items[0].may_miss:
        raise ValueError(f"{language}: a phrase begins with a word: {line!r}")
    own = own or role in ("work", "theme") or sum(map(_shortest, items)) < TELLING
    return Phrase(topic, role, language, tuple(items), begins, ends, own)


def _shortest(item: Item) -> int:
    """The letters of the shortest word that must stand there: short words of one language are other words of another."""
    if item.gap or item.may_miss or item.kind:
        return 0
    return min(len(word) for word in (*item.terms, *item.stems, *item.tails))


@dataclass
class Followers:
    """The phrases that begin alike, by what may stand next in them; `loose` ones have to be tried."""

    loose: list[Phrase] = field(default_factory=list)
    by_next: dict[str, list[Phrase]] = field(default_factory=lambda: defaultdict(list))

    def add(self, phrase: Phrase) -> None:
        """Take a phrase in."""
        next_keys: set[str] = set()
        for item in phrase.items[1:]:
            next_keys |= item.terms | ({item.kind} if item.kind else set())
            if item.gap or item.stems or item.tails:
                break
            if not item.may_miss:
                for key in next_keys:
                    self.by_next[key].append(phrase)
                return
        self.loose.append(phrase)

    def possible(self, following: Token | None) -> Iterator[Phrase]:
        """The phrases that may go on with a token, None where the text ends."""
        yield from self.loose
        if following is not None:
            for word, _ in following.readings:
                yield from self.by_next.get(word, ())
            for kind in following.kinds:
                yield from self.by_next.get(kind, ())


@dataclass
class Index:
    """Phrases by how they begin, so that a word of a text is looked up and not searched for."""

    terms: dict[str, Followers] = field(default_factory=lambda: defaultdict(Followers))
    stems: dict[str, Followers] = field(default_factory=lambda: defaultdict(Followers))
    tails: dict[str, Followers] = field(default_factory=lambda: defaultdict(Followers))
    kinds: dict[str, Followers] = field(default_factory=lambda: defaultdict(Followers))
    _known: dict[str, tuple[Followers, ...]] = field(default_factory=dict)

    def add(self, phrase: Phrase) -> None:
        """Take a phrase in."""
        first = phrase.items[0]
        for place, keys in ((self.terms, first.terms), (self.stems, first.stems), (self.tails, first.tails)):
            for key in keys:
                place[key].add(phrase)
        if first.kind:
            self.kinds[first.kind].add(phrase)

    def _starting(self, tokens: list[Token], place: int) -> Iterator[Phrase]:
        token = tokens[place]
        for kind in token.kinds:
            if kind in self.kinds:
                yield from self.kinds[kind].possible(tokens[place + 1] if place + 1 < len(tokens) else None)
        for word, after in token.readings:
            following = tokens[after] if after < len(tokens) else None
            for followers in self._beginning(word):
                yield from followers.possible(following)

    def _beginning(self, word: str) -> tuple[Followers, ...]:
        """The phrases that a word begins, looked up once."""
        if word not in self._known:
            if len(self._known) > MOST_KNOWN:
                self._known.clear()
            lengths = range(SHORTEST, min(len(word), LONGEST_PART) + 1)
            places = [(self.terms, word)]
            places += [
                each for length in lengths for each in ((self.stems, word[:length]), (self.tails, word[-length:]))
            ]
            self._known[word] = tuple(place[key] for place, key in places if key in place)
        return self._known[word]

    def found_in(self, reading: Reading) -> Iterator[tuple[Phrase, int, int]]:
        """Each phrase that stands in a text, with its first token and the one after its last."""
        for place in range(len(reading.tokens)):
            for phrase in self._starting(reading.tokens, place):
                after = phrase.after(reading.tokens, place)
                if after:
                    yield phrase, place, after
