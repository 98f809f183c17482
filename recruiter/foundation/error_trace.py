"""Where an error came from, for a log that must hold no personal text."""

from __future__ import annotations

import traceback


def trace_without_text(error: BaseException) -> str:
    """Where an error came from: kinds of errors and lines of our code, without messages, values or SQL parameters."""
    parts: list[str] = []
    cause: BaseException | None = error
    while cause is not None:
        frames = traceback.extract_tb(cause.__traceback__)
        parts.insert(0, "".join(traceback.format_list(frames)) + f"{type(cause).__module__}.{type(cause).__qualname__}")
        cause = cause.__cause__ or (None if cause.__suppress_context__ else cause.__context__)
    return "\nwhich led to\n".join(parts)
