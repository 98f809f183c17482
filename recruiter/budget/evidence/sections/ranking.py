"""Standing: how far above the bar, ahead of or tied with the other finalists (B, C, D), with ranges, n, model version and date.

The scorecards must carry a request by themselves; a setting leaves the model out.
"""

from __future__ import annotations

from math import floor
from typing import Any

from sqlalchemy.orm import Session

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures import record, score_summary
from recruiter.budget.evidence.types import Evidence, Figure, Ground, Part, counted, iso
from recruiter.pipeline import queries as pipeline
from recruiter.pipeline.models import Application
from recruiter.ranking import queries as ranking
from recruiter.ranking.suggestion import suggested_ranking

NOT_RANKED = Part(
    "The candidate asked not to be ranked. The scorecards of the section above stand by themselves.", whole=True
)
TOO_EARLY = " Too few scorecards are in to give a range, or to say who is ahead."
LOWEST, USUAL_LOWEST, HIGHEST = 1, 2, 5  # of the scale that is drawn
VERDICTS = {
    "clearly_above": "clearly above",
    "probably_above": "probably above",
    "at_bar": "at",
    "probably_below": "probably below",
    "clearly_below": "clearly below",
}


def _bar(ground: Ground, row: dict[str, Any], source: str) -> list[Evidence]:
    told = []
    low, high = row["score_range"]
    if row["bar"]:
        words = VERDICTS[row["bar"]["verdict"]]
        told.append(
            Evidence(
                f"Score {row['score']:.2f} of 5 (90 % range {low:.2f} to {high:.2f}), {words} the bar of {ground.requisition.bar or 3.0:g} that was set before the first panel.",
                source,
                count=row["n_cards"],
                at=iso(ground.now),
            )
        )
    if row["past"]:
        words = (
            VERDICTS[row["past"]["verdict"]].replace("at", "level with", 1)
            if row["past"]["verdict"] == "at_bar"
            else VERDICTS[row["past"]["verdict"]]
        )
        least, most = (round(end) for end in row["past"]["percentile_range"])
        told.append(
            Evidence(
                f"Against past finalists who were made an offer: {words} their lower fifth, at percentile {round(row['past']['percentile'])} ({least} to {most}).",
                source,
                count=row["past"]["n"],
            )
        )
    return told


def _others(ground: Ground, found: dict[str, Any], source: str) -> list[Evidence]:
    mine = ground.application.id
    told = []
    for pair in found["pairs"]:
        if mine not in {pair["a"], pair["b"]}:
            continue
        other = pair["b"] if pair["a"] == mine else pair["a"]
        share = pair["probability"] if pair["a"] == mine else 1 - pair["probability"]
        name = ground.names.get(other, "another finalist")
        if pair["verdict"] == "tied":
            words = f"Tied with {name}: the cards do not tell them apart ({100 * share:.0f} of 100)."
        elif pair["a"] == mine:
            words = f"Ahead of {name} ({100 * share:.0f} of 100)."
        else:
            words = f"Behind {name} ({100 * (1 - share):.0f} of 100)."
        told.append(Evidence(words, source, at=iso(ground.now)))
    return told


def _plot(ground: Ground, found: dict[str, Any], version: str) -> dict[str, Any]:
    """The scores and ranges of the finalists' page; the others are called B, C, D here."""
    mine = ground.application.id
    rows = [
        {
            "name": ground.application.candidate.name
            if row["application_id"] == mine
            else ground.names.get(row["application_id"], "Another finalist"),
            "own": row["application_id"] == mine,
            "place": f"{row['rank']}{'=' if row['tied'] else ''}",
            "tied": row["tied"],
            "score": round(row["score"], 4),
            "low": round(row["score_range"][0], 4),
            "high": round(row["score_range"][1], 4),
            "low50": round(row["range50"][0], 4),
            "high50": round(row["range50"][1], 4),
        }
        for row in found["ranking"]
    ]
    first = found["ranking"][0]
    bar = round(first["score"] - first["bar"]["difference"], 4) if first["bar"] else None
    least = min([row["low"] for row in rows] + ([bar] if bar is not None else []))
    lowest = min(USUAL_LOWEST, max(LOWEST, floor(least)))
    return {"lowest": lowest, "highest": HIGHEST, "bar": bar, "basis": version, "rows": rows}


def ranked_beside(session: Session, application: Application) -> list[int]:
    """Whom the standing of somebody is told among: the bench, and himself where he is not on it."""
    ids = [one.application_id for one in pipeline.bench_of(session, application.requisition)]
    return ids if application.id in ids else [application.id, *ids]


def collect(ground: Ground) -> Part:
    """The suggestion for the slate as the case's readers need it; without the model, the plain scorecard.

    Where it is switched off it is left out here too, and who asked not to be ranked has no score in this section.
    """
    if not ground.options.model or suggested_ranking.switched_off(ground.session, ground.requisition):
        asked = ground.application.id in ranking.not_ranked_ids(ground.session, ground.requisition.id)
        return NOT_RANKED if asked else _plain(ground)
    ids = [one.application_id for one in record.bench_of(ground)]
    ids = ids if ground.application.id in ids else [ground.application.id, *ids]
    run = ranking.active_run(ground.session)
    found = suggested_ranking.computed(ground.session, ground.requisition, ids, run=run)
    if ground.application.id in found["not_ranked"]:
        return NOT_RANKED
    if found["state"] != "ready":
        return _plain(ground, TOO_EARLY)
    row = next(one for one in found["ranking"] if one["application_id"] == ground.application.id)
    version = (
        f"model {found['model_version']}, {counted(found['n_decisions'], 'decision')}"
        if run
        else "the declared weights of the role"
    )
    source = f"Scorecards of {ground.requisition.key} by {version}"
    told = [*_bar(ground, row, source), *_others(ground, found, source)]
    figures = [Figure("Score", round(row["score"], 2), "points"), Figure("Place", row["rank"], "count")]
    if row["bar"]:
        figures.append(Figure("Above the bar", round(row["bar"]["difference"], 2), "points"))
        figures.append(Figure("The bar", round(row["score"] - row["bar"]["difference"], 2), "points"))
    tied = [one for one in told if one.statement.startswith("Tied")]
    text = told[0].statement if told else f"Score {row['score']:.2f} of 5."
    if len(ids) > 1:
        text += (
            f" {counted(len(tied), 'other finalist is', 'other finalists are')} tied with the candidate."
            if tied
            else ""
        )
    reason = writer_facts.told(ground.case.texts, "why_not")
    rivals = [one for one in told if one.statement.startswith(("Tied", "Behind"))]
    if reason:
        told.append(Evidence(f"Why not them: {reason}", f"Case {ground.case.number}", by=ground.case.requested_by.name))
    return Part(text, tuple(told), tuple(figures), whole=bool(reason) or not rivals, plot=_plot(ground, found, version))


def _plain(ground: Ground, why: str = "") -> Part:
    rows = ground.own_cards()
    total = score_summary.declared(rows, ground.requisition)
    if total is None:
        return Part()
    bar = ground.requisition.bar if ground.requisition.bar is not None else 3.0
    words = f"Score {total:.2f} of 5 by the published weights; the bar is {bar:g}.{why}"
    source = f"Scorecards of {ground.requisition.key}"
    figures = (
        Figure("Score", round(total, 2), "points"),
        Figure("Above the bar", round(total - bar, 2), "points"),
        Figure("The bar", bar, "points"),
    )
    return Part(words, (Evidence(words, source, count=score_summary.panel(rows)),), figures, whole=True)
