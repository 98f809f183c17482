"""The ledger of endings: a file outside of the database to which lines are added, none is ever changed, and no name is written.

A line holds the kind of an ending, when it was, and which row it ended, as a keyed hash (HMAC-SHA-256 over kind, table, number
and the moment at which the row was made; numbers are given again after a restore, such a pair is not). The key lies in a file
of its own, so that the ledger alone tells nobody who it speaks of. Both are copied into each backup: the key of a lost
installation comes back with its ledger, and an installation may know several keys, of which the first writes.

Every line begins with a line feed: one that a full disk or a kill cut off is no JSON, is passed over, and spoils no other.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
import re
import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from recruiter.foundation.endings.line_store import LineStore
from recruiter.foundation.json_types import JsonObject

LINES, KEYS = "endings.jsonl", "endings-key"
KEY = re.compile(r"[0-9a-f]{64}")


class Ending(StrEnum):
    """What can end for good. The values stand in ledgers and backups and never change."""

    ACCOUNT = "account"  # disabled
    TOKEN = "token"  # noqa: S105  # revoked
    PAY = "pay"  # pay.view taken away
    ROLE = "role"  # changed; the line says to which
    ACCESS = "access"  # taken off the people of a requisition
    PASSWORD = "password"  # noqa: S105  # changed: the one before
    SECOND_FACTOR = "second_factor"  # switched off: the app that showed its codes
    PASSWORD_ALONE = "password_alone"  # noqa: S105  # a second factor was set up: signing in without it
    RECOVERY_CODE = "recovery_code"  # used, or replaced by new ones
    CONSENT = "consent"  # withdrawn
    RANKING = "ranking"  # “do not rank”, on one application
    ERASURE = "erasure"  # of a candidate's data
    MANAGER = "manager"  # somebody is the hiring manager no more; the line says whose it is now, as a hash
    OPENNESS = "openness"  # a requisition was made confidential
    DEPUTY = "deputy"  # the time in which somebody stood in for another was cut short
    CHAIN = "chain"  # approval steps were taken out of use
    SEAT = "seat"  # an approver was taken off a group of approvers; the line says who came instead, as a hash
    READING = "reading"  # not an end, but as final: somebody has read others' scorecards; the line says who, as a hash


class Row(Protocol):
    """A stored thing of which something ends."""

    __tablename__: str
    id: int


def subject(kind: Ending, row: Row, made_at: dt.datetime | str) -> str:
    """What a line speaks of, before it is hashed.

    `made_at` is when the row was made, or what else tells it from another row that gets its number later.
    """
    mark = made_at if isinstance(made_at, str) else made_at.astimezone(dt.UTC).isoformat()
    return f"{kind} {row.__tablename__} {row.id} {mark}"


@dataclass(frozen=True)
class Ended:
    """One ending, or with `lifted` its opposite (an account enabled again): of what, when, and `to` which word it changed."""

    kind: Ending
    subject: str
    at: dt.datetime
    lifted: bool = False
    to: str = ""


def hashed(row: Row, made_at: dt.datetime) -> str:
    """What a line says in the place of a stored thing: nobody tells from it which, but by having the row itself."""
    return hashlib.sha256(f"{row.__tablename__} {row.id} {made_at.astimezone(dt.UTC).isoformat()}".encode()).hexdigest()


def _digest(key: str, subject: str) -> str:
    return hmac.new(bytes.fromhex(key), subject.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Endings:
    """All that a ledger knows to have ended."""

    keys: Sequence[str]
    ended_at: dict[str, dt.datetime] = field(default_factory=dict)  # by digest; without what was lifted since
    changed_to: dict[str, str] = field(default_factory=dict)  # by digest, where the line says so
    every_word: dict[str, set[str]] = field(default_factory=dict)  # by digest, all that lines said

    def became(self, kind: Ending, row: Row, *, made_at: dt.datetime | str) -> str:
        """The word that something of this row was last changed to; empty where nothing is known."""
        digests = (_digest(key, subject(kind, row, made_at)) for key in self.keys)
        return next((word for digest in digests if (word := self.changed_to.get(digest))), "")

    def all_became(self, kind: Ending, row: Row, *, made_at: dt.datetime | str) -> frozenset[str]:
        """Every word that lines about something of this row ever said."""
        digests = (_digest(key, subject(kind, row, made_at)) for key in self.keys)
        return frozenset(word for digest in digests for word in self.every_word.get(digest, ()))

    def when(self, kind: Ending, row: Row, *, made_at: dt.datetime | str) -> dt.datetime | None:
        """When something of this row, made at that moment, ended; None where it goes on."""
        digests = (_digest(key, subject(kind, row, made_at)) for key in self.keys)
        return max((at for digest in digests if (at := self.ended_at.get(digest))), default=None)


class Ledger:
    """The endings of one installation, where all of its servers write them down."""

    def __init__(self, store: LineStore) -> None:
        self.store = store

    def write(self, endings: Iterable[Ended]) -> list[str]:
        """Write endings down durably; answers the numbers of their lines. Raises OSError where the disk takes no more."""
        key = self._writing_key()
        entries: list[JsonObject] = [
            {
                "entry": secrets.token_hex(16),
                "kind": ended.kind.value,
                "of": _digest(key, ended.subject),
                "at": ended.at.astimezone(dt.UTC).isoformat(),
                **({"lifted": True} if ended.lifted else {}),
                **({"to": ended.to} if ended.to else {}),
            }
            for ended in endings
        ]
        self.store.append(LINES, [json.dumps(entry) for entry in entries])
        return [entry["entry"] for entry in entries]

    def void(self, numbers: Sequence[str]) -> None:
        """Say that lines hold for nothing, since the database took back what they speak of."""
        self.store.append(LINES, [json.dumps({"entry": secrets.token_hex(16), "void": list(numbers)})])

    def endings(self) -> Endings:
        """Everything that has ended and was not lifted since."""
        entries = list(_entries(self.lines))
        void = {number for entry in entries for number in entry.get("void", [])}
        valid = [entry for entry in entries if "void" not in entry and entry["entry"] not in void]
        ended_at: dict[str, dt.datetime] = {}
        changed_to: dict[str, str] = {}
        all_words: dict[str, set[str]] = defaultdict(set)
        for entry in sorted(valid, key=lambda entry: dt.datetime.fromisoformat(entry["at"])):
            if entry.get("lifted"):
                ended_at.pop(entry["of"], None)
            else:
                ended_at[entry["of"]] = dt.datetime.fromisoformat(entry["at"])
                changed_to[entry["of"]] = entry.get("to", "")
                all_words[entry["of"]].add(entry.get("to", ""))
        return Endings(self._keys(), ended_at, changed_to, all_words)

    def parts(self) -> dict[str, bytes]:
        """The ledger as a backup takes it along: its files by their names, none where nothing has ended yet."""
        return {name: content for name in (LINES, KEYS) if (content := self.store.content(name))}

    def add(self, parts: Mapping[str, bytes]) -> None:
        """Take in the ledger of a backup: lines and keys that are not here yet."""
        lines, keys = parts.get(LINES, b""), parts.get(KEYS, b"")
        known_keys, known = set(self._keys()), {entry["entry"] for entry in _entries(self.lines)}
        self.store.append(KEYS, [key for key in _keys(keys) if key not in known_keys])
        self.store.append(LINES, [json.dumps(entry) for entry in _entries(lines) if entry["entry"] not in known])

    @property
    def lines(self) -> bytes:
        """The file of lines as it is now."""
        return self.store.content(LINES)

    def _keys(self) -> list[str]:
        return list(_keys(self.store.content(KEYS)))

    def _writing_key(self) -> str:
        """The first key; two processes that make one in the same moment both read the one that came first."""
        if not (keys := self._keys()):
            self.store.append(KEYS, [secrets.token_hex(32)])
            keys = self._keys()
        return keys[0]


def _keys(content: bytes) -> Iterator[str]:
    return (line for line in content.decode("ascii", "replace").split("\n") if KEY.fullmatch(line))


def _entries(content: bytes) -> Iterator[JsonObject]:
    """The lines that are whole."""
    for line in content.split(b"\n"):
        try:
            entry = json.loads(line)
        except ValueError:  # cut off while it was written, or the line feed before the first
            continue
        if isinstance(entry, dict) and "entry" in entry and ("void" in entry or {"of", "at"} <= entry.keys()):
            yield entry
