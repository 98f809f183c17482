"""The backtest as one page that loads nothing and runs nothing: verdict, plots, every figure, and the limits."""

from __future__ import annotations

import itertools
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from recruiter.documents.charts.calibration_chart import calibration_svg
from recruiter.documents.charts.learning_curve import curve_svg
from recruiter.documents.charts.leniency_chart import EACH_END, leniency_svg
from recruiter.learning.backtest.backtest_result import best_figure
from recruiter.learning.backtest.backtest_verdict import OURS, method_title
from recruiter.learning.backtest.text_report import head_text, problem_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from recruiter.learning.backtest.backtest_result import Backtest, MethodResult
    from recruiter.learning.evaluation.calibration import CalibrationBin

STYLE = Path(__file__).with_suffix(".css")
SHOWN_PROBLEMS = 200
COLUMNS = (("skill", "Skill", 3), ("top1", "Top 1", 2), ("auc", "AUC", 3), ("ndcg", "NDCG", 3), ("ece", "ECE", 3))
READING = (
    "Skill: how much better the probabilities were than guessing; 0 is guessing, 1 is certainty.",
    "Top 1: share of slates whose first ranked got the best grade.",
    "AUC: of two candidates with different grades, how often the better stood higher; 0.5 is a coin.",
    "NDCG: how far up the better grades stood; 1 is the perfect order.",
    "ECE: mean gap between what was said and what came; 0 is perfect calibration.",
    "Ranges hold 90 of 100 results when the later slates are drawn again by chance.",
)


def write_page(path: Path | str, backtest: Backtest) -> None:
    """The page as one file."""
    Path(path).write_text(as_page(backtest), encoding="utf-8")


def as_page(backtest: Backtest) -> str:
    """The whole page with its style inside; the same backtest gives the same page to the last byte."""
    body = [
        f"<h1>Backtest of {escape(backtest.name)}</h1>",
        '<p class="over">How well would the suggestion have foreseen decisions that were made later?</p>',
        _verdict(backtest.verdict),
        _facts(backtest),
    ]
    if backtest.results:
        body += [_curve(backtest), _calibration(backtest)]
    if backtest.leniency:
        body.append(_leniency(backtest))
    if backtest.results:
        body.append(_section("All figures", _wide("All figures", figures_table(backtest.results)), _list(READING)))
    body.append(_section("What this cannot tell", _list(backtest.limits)))
    if backtest.problems:
        lines = [problem_text(problem) for problem in backtest.problems[:SHOWN_PROBLEMS]]
        more = len(backtest.problems) - len(lines)
        body.append(_section("Left out or noted", _list([*lines, *([f"and {more} more"] if more else [])])))
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Backtest of {escape(backtest.name)}</title>\n"
        f'<meta name="description" content="{escape(head_text(backtest))}">\n'
        f"<style>\n{STYLE.read_text(encoding='utf-8')}</style>\n</head>\n<body>\n<main>\n"
        + "\n".join(body)
        + "\n</main>\n</body>\n</html>\n"
    )


def _verdict(verdict: str) -> str:
    answer, _, detail = verdict.partition(". ")
    return (
        f'<section class="card verdict" aria-label="Verdict"><p><strong>{escape(answer.rstrip("."))}.</strong>'
        f"{escape(detail)}</p></section>"
    )


def _facts(backtest: Backtest) -> str:
    facts = [
        ("Past slates", backtest.slates),
        ("To learn from", backtest.pool),
        ("Later, to foresee", backtest.test),
        ("Of these with a choice", backtest.usable),
    ]
    return f"<dl>{''.join(f'<div><dt>{name}</dt><dd>{value}</dd></div>' for name, value in facts)}</dl>"


def _curve(backtest: Backtest) -> str:
    note = "Each mark is a method's skill, the line through it its 90% range. 0 is guessing."
    picture = curve_svg(backtest.results, backtest.pool)
    return _section("Learning curve", _note(note), _wide("Learning curve", picture), plot=True)


def _calibration(backtest: Backtest) -> str:
    size = backtest.results[-1].train_size
    learnt = backtest.pool if size == "all" else size
    note = (
        f"Probabilities of the first choice as the suggestion gave them, having learnt from {learnt} slates, in ten "
        "groups. On the dashed line they are as good as their word; below it they promise too much."
    )
    both = _wide("Calibration", calibration_svg(backtest.calibration)) + _wide(
        "Calibration in figures", bins_table(backtest.calibration)
    )
    return _section("Calibration", _note(note), f'<div class="pair">{both}</div>', plot=True)


def _leniency(backtest: Backtest) -> str:
    count = len(backtest.leniency)
    note = (
        "Points by which an interviewer marks above or below the others, seen candidates taken into account and pulled "
        "to 0 where cards are few."
    )
    if count > 2 * EACH_END:
        note += f" Of {count}, the {EACH_END} strictest and the {EACH_END} most lenient."
    return _section("Leniency", _note(note), _wide("Leniency", leniency_svg(backtest.leniency)), plot=True)


def figures_table(results: Sequence[MethodResult]) -> str:
    """Every figure as a table, one group of rows a train size, the best of each column in bold."""
    head = "".join(f'<th scope="col">{title}</th>' for _, title, _ in COLUMNS[1:])
    rows = []
    for size, group in itertools.groupby(results, key=lambda result: result.train_size):
        block = list(group)
        rows.append("<tbody>")
        for place, result in enumerate(block):
            first = f'<th scope="rowgroup" rowspan="{len(block)}" class="size">{size}</th>' if not place else ""
            low, high = result.skill_range
            cells = [_cell(result, block, name, digits) for name, _, digits in COLUMNS]
            cells.insert(1, f"<td>{low:.2f} to {high:.2f}</td>")
            ours = ' class="ours"' if result.method == OURS else ""
            title = f'<th scope="row" class="name">{escape(method_title(result.method))}</th>'
            rows.append(f"<tr{ours}>{first}{title}{''.join(cells)}</tr>")
        rows.append("</tbody>")
    return (
        "<table><caption>By number of past slates learnt from; the best of each column in bold.</caption><thead><tr>"
        '<th scope="col" class="size">Slates</th><th scope="col" class="name">Method</th><th scope="col">Skill</th>'
        f'<th scope="col">90% range</th>{head}</tr></thead>{"".join(rows)}</table>'
    )


def bins_table(bins: Sequence[CalibrationBin]) -> str:
    """The ten groups of forecasts behind the calibration plot, of 100."""
    rows = "".join(
        f"<tr><td>{100 * group.forecast:.1f}</td><td>{100 * group.outcome:.1f}</td>"
        f"<td>{100 * group.low:.1f} to {100 * group.high:.1f}</td><td>{group.count}</td></tr>"
        for group in bins
    )
    return (
        '<table><caption>Of 100, least likely first.</caption><thead><tr><th scope="col">Said</th>'
        f'<th scope="col">Came</th><th scope="col">90% range</th><th scope="col">Forecasts</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(result: MethodResult, block: Sequence[MethodResult], name: str, digits: int) -> str:
    figure = getattr(result, name)
    if figure == best_figure(block, name):
        return f'<td><strong>{figure:.{digits}f}</strong><span class="unseen"> (best)</span></td>'
    return f"<td>{figure:.{digits}f}</td>"


def _section(title: str, *parts: str, plot: bool = False) -> str:
    kind = "card plot-card" if plot else "card"
    return f'<section class="{kind}"><h2>{escape(title)}</h2>{"".join(parts)}</section>'


def _note(text: str) -> str:
    return f'<p class="note">{escape(text)}</p>'


def _wide(title: str, content: str) -> str:
    """What may be wider than a phone scrolls by itself, reachable by keyboard."""
    return f'<div class="wide" role="group" tabindex="0" aria-label="{escape(title)}">{content}</div>'


def _list(lines: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>"
