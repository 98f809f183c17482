"""Every screen in a window of 320 pixels, and with text twice as large: nothing makes the page scroll sideways (WCAG 1.4.4, 1.4.10)."""

from __future__ import annotations

import pytest

from tests.browser.test_axe import SCREENS, told

__all__ = ["told"]
pytestmark = pytest.mark.browser
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(one => !one.closest('.table-wrap, .tabs, .stage-jump, .board, dialog'))
  .slice(-3).map(one => `${one.tagName.toLowerCase()}.${one.className}`).join(', ')"""


WINDOWS = [(320, "100%"), (390, "200%"), (1280, "200%")]


def test_nothing_scrolls_sideways(told, seat):
    sign_ins, keys = told
    faults = []
    for role, paths in SCREENS.items():
        page = seat(sign_ins.get(role), width=320, height=800)
        for path in paths:
            page.goto(path.format(**keys))
            page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
            for width, size in WINDOWS:
                page.set_viewport_size({"width": width, "height": 800})
                page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
                wide = page.evaluate(WIDE)
                if wide > 0:
                    faults.append(f"{role} {path}: {wide} pixels too wide at {width}, {size}: {page.evaluate(WIDEST)}")
            page.set_viewport_size({"width": 320, "height": 800})
    assert not faults, "\n".join(faults)
