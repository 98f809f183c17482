"""Every screen in a window of 320 pixels, and with text twice as large: nothing makes the page scroll sideways (WCAG 1.4.4, 1.4.10)."""

from __future__ import annotations

import pytest

from tests.browser.test_axe import SCREENS, entrances

__all__ = ["entrances"]
pytestmark = pytest.mark.browser
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WIDEST = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .filter(one => !one.closest('.table-wrap, .tabs, .stage-jump, .board, dialog'))
  .slice(-3).map(one => `${one.tagName.toLowerCase()}.${one.className}`).join(', ')"""


SIZES = [(320, "100%"), (768, "100%"), (1024, "100%"), (1280, "100%"), (1440, "100%"), (1280, "200%"), (390, "200%")]
LOOSE = """() => [...document.querySelectorAll('main table')]
  .filter(one => !one.closest('[role=region][tabindex="0"][aria-label], .doc'))
  .map(one => one.caption?.textContent || one.className)"""


def test_nothing_scrolls_sideways_and_every_table_scrolls_by_itself(entrances, seat):
    sign_ins, keys = entrances
    faults = []
    for role, paths in SCREENS.items():
        page = seat(sign_ins.get(role), width=320, height=800)
        for path in paths:
            page.goto(path.format(**keys))
            page.evaluate("document.querySelectorAll('details:not(.menu)').forEach(one => { one.open = true })")
            faults += [f"{role} {path}: the table {table} is in no region" for table in page.evaluate(LOOSE)]
            for width, size in SIZES:
                page.set_viewport_size({"width": width, "height": 800})
                page.evaluate("size => { document.documentElement.style.fontSize = size }", size)
                wide = page.evaluate(WIDE)
                if wide > 0:
                    faults.append(f"{role} {path}: {wide} pixels too wide at {width}, {size}: {page.evaluate(WIDEST)}")
    assert not faults, "\n".join(faults)
