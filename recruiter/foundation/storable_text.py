"""What no database takes in a text: NUL and other control characters, half a pair of surrogates, the two signs that are none.

Line feed, carriage return and tab are text. Doors take the rest off, or refuse it, before anything is asked of the database, so
that both engines answer alike. What a person can see of a text is another question: `foundation/text` asks it.
"""

from __future__ import annotations

import re
from typing import Any

ESCAPED = re.compile(r"\\u(?:00[0189]|d[89a-f]|ff)|\\[bf]", re.IGNORECASE)  # what may be such a sign in JSON
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


def storable(text: str) -> str:
    """A text without what no database takes."""
    return UNSTORABLE.sub("", text)


def is_storable(text: str) -> bool:
    """Whether both databases take a text as it is."""
    return UNSTORABLE.search(text) is None


def storable_values(value: Any) -> Any:
    """The same for every text of a JSON value, its keys included."""
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, list):
        return [storable_values(item) for item in value]
    if isinstance(value, dict):
        return {storable(key): storable_values(item) for key, item in value.items()}
    return value


def storable_in_json(source: str | bytes, values: Any) -> Any:
    """The values that were read from a JSON text, cleaned; gone through only where the text holds anything of the kind."""
    text = source if isinstance(source, str) else source.decode("utf-8", "surrogateescape")
    return storable_values(values) if ESCAPED.search(text) or UNSTORABLE.search(text) else values
