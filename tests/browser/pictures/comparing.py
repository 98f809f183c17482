"""Says of each picture of two sets whether it is equal, differs or is missing."""

import dataclasses
import html
import json
import os

import numpy as np
from PIL import Image

EQUAL, DIFFERS, ONLY_BEFORE, ONLY_AFTER = "equal", "differs", "only before", "only after"
DIMMED = 0.25


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What is true of one picture."""

    name: str
    state: str
    share: float = 0.0
    box: tuple[int, int, int, int] | None = None
    sizes: tuple[tuple[int, int], tuple[int, int]] | None = None

    @property
    def page(self):
        """The page that it is a picture of: the name without width and theme."""
        return self.name.rsplit("-", 2)[0]

    def line(self):
        """The same in a line of text."""
        parts = [f"{self.state:<11}", self.name]
        if self.state == DIFFERS:
            parts.append(f"{self.share:.2%} of the pixels, within {self.box}")
            if self.sizes[0] != self.sizes[1]:
                parts.append("size {}x{} -> {}x{}".format(*self.sizes[0], *self.sizes[1]))
        return "  ".join(parts)


def _pixels(path, width, height):
    """The picture on a canvas; -1 where it has no pixels, so that a grown page differs there."""
    picture = np.asarray(Image.open(path).convert("RGB"), dtype=np.int16)
    canvas = np.full((height, width, 3), -1, dtype=np.int16)
    canvas[: picture.shape[0], : picture.shape[1]] = picture
    return canvas


def compare_pictures(before, after, name, difference=None):
    """The verdict on two picture files; the difference is drawn into a file when one is given."""
    if before.read_bytes() == after.read_bytes():
        return Verdict(name, EQUAL)
    sizes = Image.open(before).size, Image.open(after).size
    width, height = (max(size[side] for size in sizes) for side in (0, 1))
    old, new = _pixels(before, width, height), _pixels(after, width, height)
    mask = (old != new).any(axis=2)
    if not mask.any():
        return Verdict(name, EQUAL)
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    box = int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1
    if difference:
        drawn = (255 - (255 - np.clip(new, 0, 255)) * DIMMED).astype(np.uint8)
        drawn[mask] = (220, 0, 60)
        Image.fromarray(drawn).save(difference)
    return Verdict(name, DIFFERS, float(mask.mean()), box, sizes)


def compare_sets(before, after, differences=None):
    """The verdicts on all pictures of two folders, by name."""
    sets = [{path.name: path for path in folder.glob("*.png")} for folder in (before, after)]
    verdicts = []
    for name in sorted(sets[0].keys() | sets[1].keys()):
        if name not in sets[1]:
            verdicts.append(Verdict(name, ONLY_BEFORE))
        elif name not in sets[0]:
            verdicts.append(Verdict(name, ONLY_AFTER))
        else:
            drawn = differences / name if differences else None
            verdicts.append(compare_pictures(sets[0][name], sets[1][name], name, drawn))
    return verdicts


def _pages(folder):
    path = folder / "pages.json"
    return json.loads(path.read_text()) if path.exists() else []


def status_changes(before, after):
    """Lines about pages that answer with another status than before."""
    old = {(page["role"], page["address"]): page["status"] for page in _pages(before)}
    return [
        f"status {old[key]} -> {page['status']}  {page['role']} {page['address']}"
        for page in _pages(after)
        if (key := (page["role"], page["address"])) in old and old[key] != page["status"]
    ]


def summary(verdicts, statuses):
    """The table as text: how many of each state, then each that is not equal."""
    counts = {
        state: sum(verdict.state == state for verdict in verdicts)
        for state in (EQUAL, DIFFERS, ONLY_BEFORE, ONLY_AFTER)
    }
    head = f"{len(verdicts)} pictures: " + ", ".join(f"{count} {state}" for state, count in counts.items())
    pages = {verdict.page for verdict in verdicts}
    other = {verdict.page for verdict in verdicts if verdict.state != EQUAL}
    count = f"{len(pages)} pages: {len(pages) - len(other)} equal, {len(other)} not"
    return "\n".join([count, head, *statuses, *(verdict.line() for verdict in verdicts if verdict.state != EQUAL)])


def write_report(report, before, after, verdicts, statuses, differences):
    """A page with before, after and difference of each picture that is not equal, and the table as text beside it."""
    text = summary(verdicts, statuses)
    report.with_suffix(".txt").write_text(text + "\n")
    addresses = {page["file"]: f"{page['role']} {page['address']}" for page in _pages(before) + _pages(after)}
    parts = []
    for verdict in verdicts:
        if verdict.state == EQUAL:
            continue
        pictures = "".join(
            f'<a href="{source}"><img loading="lazy" src="{source}" alt=""></a>'
            for folder in (before, after, differences)
            if (folder / verdict.name).exists() and (source := os.path.relpath(folder / verdict.name, report.parent))
        )
        page = addresses.get(verdict.page, "")
        parts.append(f"<h2>{html.escape(page)}</h2><p>{html.escape(verdict.line())}</p><div>{pictures}</div>")
    style = "body{font:14px sans-serif}div{display:flex;gap:8px}img{max-width:31vw;border:1px solid #999}"
    head = f"<!doctype html><meta charset=utf-8><title>Pages that differ</title><style>{style}</style>"
    report.write_text(f"{head}<h1>{html.escape(text.splitlines()[0])}</h1>{''.join(parts)}\n")
