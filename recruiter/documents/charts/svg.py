"""Pieces of one SVG picture as text: elements with escaped attributes, axes with round ticks, a title and its words.

A page of a backtest loads nothing, is the same to the last byte and is read by screen readers; a plotting library gives none of
these for three small pictures.
"""

from __future__ import annotations

import math
from html import escape


def element(tag: str, *children: str, **attributes: str | float) -> str:
    """One element; `class_` is `class`, other underscores become hyphens; children are markup already."""
    pairs = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_as_text(value))}"' for name, value in attributes.items()
    )
    return f"<{tag}{pairs}>{''.join(children)}</{tag}>" if children else f"<{tag}{pairs}/>"


def label(text: str, x: float, y: float, *, class_: str = "", anchor: str = "start") -> str:
    """A line of text at a place."""
    attributes: dict[str, str | float] = {"x": x, "y": y, "text_anchor": anchor}
    if class_:
        attributes["class_"] = class_
    return element("text", escape(text), **attributes)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def picture(name: str, title: str, description: str, width: float, height: float, *children: str) -> str:
    """A whole picture with its text alternative; `name` keeps its ids apart from those of other pictures."""
    return element(
        "svg",
        element("title", escape(title), id=f"{name}-title"),
        element("desc", escape(description), id=f"{name}-desc"),
        *children,
        xmlns="http://www.w3.org/2000/svg",
        class_=f"plot plot-{name}",
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        width=width,
        height=height,
        viewBox=f"0 0 {_as_text(width)} {_as_text(height)}",
    )


def ticks_between(low: float, high: float, count: int = 5) -> list[float]:
    """Round values that cover low to high, about `count` of them."""
    width = max(high - low, 1e-9)
    power = 10.0 ** math.floor(math.log10(width / count))
    step = next(power * times for times in (1.0, 2.0, 5.0, 10.0) if width / (power * times) <= count)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(place * step, 10) for place in range(first, last + 1)]


def _as_text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
