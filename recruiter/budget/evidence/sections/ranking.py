"""Standing: how far above the bar, ahead of or tied with the other finalists (B, C, D), with ranges, n, model version and date.

The scorecards must carry a request by themselves; a setting leaves the model out.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import floor

from recruiter.budget import writer_facts
from recruiter.budget.evidence.figures import record, score_summary
from recruiter.budget.evidence.types import CaseContext, Content, SectionEvidence
from recruiter.documents.model import Amount, Claim
from recruiter.foundation.wording import plural
from recruiter.pipeline.models import Application, Finalist
from recruiter.ranking import queries as ranking
from recruiter.ranking.suggestion import suggested_ranking

NOT_RANKED = SectionEvidence(
    "The candidate asked not to be ranked. The scorecards of the section above stand by themselves.", is_complete=True
)
TOO_EARLY = " Too few scorecards are in to give a range, or to say who is ahead."
LOWEST, USUAL_LOWEST, HIGHEST = 1, 2, 5  # of the scale that is drawn
AT_BAR = "at_bar"
VERDICTS = {
    "clearly_above": "clearly above",
    "probably_above": "probably above",
    AT_BAR: "at",
    "probably_below": "probably below",
    "clearly_below": "clearly below",
}


def _bar_evidence(context: CaseContext, row: Content, source: str) -> list[Claim]:
    evidence = []
    if row["bar"]:
        low, high = row["score_range"]
        statement = f"Score {row['score']:.2f} of 5 (90 % range {low:.2f} to {high:.2f}), {VERDICTS[row['bar']['verdict']]} the bar of {context.requisition.bar or 3.0:g} that was set before the first panel."
        evidence.append(context.claim(statement, source, count=row["n_cards"], at=context.now))
    if past := row["past"]:
        verdict = "level with" if past["verdict"] == AT_BAR else VERDICTS[past["verdict"]]
        least, most = map(round, past["percentile_range"])
        statement = f"Against past finalists who were made an offer: {verdict} their lower fifth, at percentile {round(past['percentile'])} ({least} to {most})."
        evidence.append(Claim(statement, source, count=past["n"]))
    return evidence


def _comparison_evidence(context: CaseContext, suggestion: Content, source: str) -> list[Claim]:
    own_id = context.application.id
    evidence = []
    for pair in suggestion["pairs"]:
        if own_id not in {pair["a"], pair["b"]}:
            continue
        leads = pair["a"] == own_id
        other, probability = (pair["b"], pair["probability"]) if leads else (pair["a"], 1 - pair["probability"])
        name = context.names.get(other, "another finalist")
        if pair["verdict"] == "tied":
            statement = f"Tied with {name}: the cards do not tell them apart ({100 * probability:.0f} of 100)."
        elif leads:
            statement = f"Ahead of {name} ({100 * probability:.0f} of 100)."
        else:
            statement = f"Behind {name} ({100 * (1 - probability):.0f} of 100)."
        evidence.append(context.claim(statement, source, at=context.now))
    return evidence


def _bar_figures(score: float, bar: float) -> tuple[Amount, Amount]:
    """How far a score is above the bar, and the bar; the one follows from the other where rounding leaves it so."""
    above, rounded_bar = round(score - bar, 2), round(bar, 2)
    formula = "[score]-[the_bar]" if round(round(score, 2) - rounded_bar, 2) == above else ""
    return Amount("Above the bar", above, "points", formula=formula), Amount("The bar", rounded_bar, "points")


def _plot(context: CaseContext, suggestion: Content, version: str) -> Content:
    """The scores and ranges of the finalists' page; the others are called B, C, D here."""
    own_id = context.application.id
    names = {**context.names, own_id: context.application.candidate.name}
    rows = [
        {
            "name": names.get(row["application_id"], "Another finalist"),
            "own": row["application_id"] == own_id,
            "place": f"{row['rank']}{'=' if row['tied'] else ''}",
            "tied": row["tied"],
            "score": round(row["score"], 4),
            "low": round(row["score_range"][0], 4),
            "high": round(row["score_range"][1], 4),
            "low50": round(row["range50"][0], 4),
            "high50": round(row["range50"][1], 4),
        }
        for row in suggestion["ranking"]
    ]
    first = suggestion["ranking"][0]
    bar = round(first["score"] - first["bar"]["difference"], 4) if first["bar"] else None
    least = min([row["low"] for row in rows] + ([bar] if bar is not None else []))
    lowest = min(USUAL_LOWEST, max(LOWEST, floor(least)))
    return {"lowest": lowest, "highest": HIGHEST, "bar": bar, "basis": version, "rows": rows}


def ranking_group_of(application: Application, bench: Sequence[Finalist]) -> list[int]:
    """Whom the standing of somebody is told among: the bench, and the candidate where they are not on it."""
    ids = [finalist.application_id for finalist in bench]
    return ids if application.id in ids else [application.id, *ids]


def collect(context: CaseContext) -> SectionEvidence:
    """The suggestion for the slate as the case's readers need it; without the model, the plain scorecard.

    Where it is switched off it is left out here too, and who asked not to be ranked has no score in this section.
    """
    own_id = context.application.id
    if not context.options.model or suggested_ranking.switched_off(context.session, context.requisition):
        opted_out = own_id in ranking.not_ranked_ids(context.session, context.requisition.id)
        return NOT_RANKED if opted_out else _scorecard_standing(context)
    ids = ranking_group_of(context.application, record.bench_of(context))
    run = ranking.active_run(context.session)
    suggestion: Content = {**suggested_ranking.compute(context.session, context.requisition, ids, run=run)}
    if own_id in suggestion["not_ranked"]:
        return NOT_RANKED
    if suggestion["state"] != "ready":
        return _scorecard_standing(context, TOO_EARLY)
    row = next(ranked for ranked in suggestion["ranking"] if ranked["application_id"] == own_id)
    version = "the declared weights of the role"
    if run:
        version = f"model {suggestion['model_version']}, {plural(suggestion['n_decisions'], 'decision')}"
    source = f"Scorecards of {context.requisition.key} by {version}"
    evidence = [*_bar_evidence(context, row, source), *_comparison_evidence(context, suggestion, source)]
    figures = [Amount("Score", round(row["score"], 2), "points"), Amount("Place", row["rank"], "count")]
    if row["bar"]:
        figures += _bar_figures(row["score"], row["score"] - row["bar"]["difference"])
    text = evidence[0].statement if evidence else f"Score {row['score']:.2f} of 5."
    tied = sum(1 for claim in evidence if claim.statement.startswith("Tied"))
    if tied:
        text += f" {plural(tied, 'other finalist is', 'other finalists are')} tied with the candidate."
    has_rivals = any(claim.statement.startswith(("Tied", "Behind")) for claim in evidence)
    reason = writer_facts.given(context.case.texts, "why_not")
    if reason:
        evidence.append(context.writer_claim(f"Why not them: {reason}"))
    plot = _plot(context, suggestion, version)
    return SectionEvidence(text, evidence, figures, is_complete=bool(reason) or not has_rivals, plot=plot)


def _scorecard_standing(context: CaseContext, why: str = "") -> SectionEvidence:
    rows = context.own_cards()
    total = score_summary.declared_score(rows, context.requisition)
    if total is None:
        return SectionEvidence()
    bar = context.requisition.bar if context.requisition.bar is not None else 3.0
    statement = f"Score {total:.2f} of 5 by the published weights; the bar is {bar:g}.{why}"
    claim = Claim(statement, f"Scorecards of {context.requisition.key}", count=score_summary.panel_size(rows))
    figures = [Amount("Score", round(total, 2), "points"), *_bar_figures(total, bar)]
    return SectionEvidence(statement, [claim], figures, is_complete=True)
