"""An audit as text for a terminal, and its tables as lines for a CSV file."""

from __future__ import annotations

from recruiter.learning.fairness.verdicts import SMALL_NUMBERS, odds
from recruiter.learning.types import JsonView

EVIDENCE = "This is evidence, not a certificate."
NOT_A_FINDING = "A flag is not a finding: it asks for a closer look. No flag is no proof of fairness."
SIDES = {"history": "past decisions", "model": "the model"}
HEADER = [
    "question", "table", "of", "kind", "category", "assessed", "selected", "share_of_known", "rate", "rated",
    "impact_ratio", "ratio_low", "ratio_high", "under_four_fifths", "fisher_p", "z", "one_person_flip_ratio",
    "reference", "known_denominator", "unknown", "left_out", "median", "note",
]  # fmt: skip


def as_text(audit: JsonView) -> str:
    """The audit as tables of text; figures as they were stored."""
    head = f"Fairness audit of {audit['slates']} slates ({audit['choices']} held a choice), {audit['assessed']} assessments"
    lines = [f"{head} of {audit['people']} people. Model: {audit['carried_by']}.", f"{EVIDENCE} {NOT_A_FINDING}"]
    if audit["repeated"]:
        lines.append(f"Each assessment counts; {audit['repeated']} are of somebody assessed before.")
    if not any(question["answered"] for question in audit["questions"]):
        lines.append("No protected answers are on record, so there is nothing to compare.")
    for question in audit["questions"]:
        lines += ["", f"{question['title']}: {question['answered']} known, {question['unknown']} unknown or declined."]
        lines.append(question["verdict"])
        for table in question["tables"]:
            lines += _table(table)
        lines += _findings(question)
    return "\n".join(lines)


def _table(table: JsonView) -> list[str]:
    about = f"of {table['denominator']} with a known answer (2% of these to be rated), {table['unknown']} unknown"
    extra = f", {table['left_out']} withdrew before it and are left out" if table["left_out"] else ""
    extra += f", median {table['median']:.2f}" if table["median"] is not None else ""
    lines = ["", f"  {table['title']} ({SIDES[table['of']]}): {about}{extra}"]
    if table["problem"]:
        lines.append(f"  Ratio n/a: {table['problem']}.")
    lines.append(
        f"  {'category':<40}{'n':>6}{'yes':>6}{'rate':>8}{'ratio':>8}  {'90% range':<15}{'Fisher p':>9}{'z':>7}  "
    )
    lines += [f"  {_row(row, table['reference'])}" for row in table["rows"]]
    return lines


def _row(row: JsonView, reference: str | None) -> str:
    span = f"{row['range'][0]:.2f} to {row['range'][1]:.2f}" if row["range"] else ""
    note = row["note"]
    if row["category"] == reference:
        note = "highest"
    elif row["flag"]:
        flip = row["flip"]
        note = "FLAG" + ("" if flip is None else f"; one decision more: {flip['ratio']:.3f}")
        note += f"; {SMALL_NUMBERS}" if flip and not flip["flag"] else ""
    return (
        f"{row['category'][:39]:<40}{_count(row['assessed']):>6}{_count(row['selected']):>6}{_figure(row['rate']):>8}"
        f"{_figure(row['ratio']):>8}  {span:<15}{_figure(row['fisher']):>9}{_figure(row['z'], 2):>7}  {note}"
    ).rstrip()


def _count(value: int | None) -> str:
    return "n/a" if value is None else str(value)


def _figure(value: float | None, digits: int = 4) -> str:
    return "n/a" if value is None else f"{value:.{digits}f}"


def _findings(question: JsonView) -> list[str]:
    """Choice model, proxy scan and features left out."""
    lines: list[str] = []
    choice = question["choice"]
    if choice:
        lines += ["", f"  In the choices, against {choice['reference']}, with the same scorecards ({choice['slates']} slates compare groups)"]  # fmt: skip
        lines += [
            f"  {effect['category'][:39]:<40}{effect['effect']:>+7.2f} logits (95%: {effect['range'][0]:+.2f} to {effect['range'][1]:+.2f}), "
            f"odds x {odds(effect['effect']):.2f}, p {effect['adjusted_p']:.4f}; findable from {effect['detectable']:.2f}"
            for effect in choice["effects"]
        ]
    if question["proxies"]:
        lines += ["", "  How well the features give the group away (0.5 is chance)"]
        lines += [
            f"  {proxy['category'][:39]:<40}AUC {proxy['auc']:.3f} ({proxy['range'][0]:.3f} to {proxy['range'][1]:.3f})"
            for proxy in question["proxies"]
        ]
    if question["left_out"]:
        lines += ["", "  The model's first choice by ratio, with one feature left out"]
        lines += [
            f"  without {feature['feature'][:31]:<32}"
            + ", ".join(f"{name} {ratio:.2f}" for name, ratio in sorted(feature["ratios"].items()))
            for feature in question["left_out"]
        ]
    return lines


def as_lines(audit: JsonView) -> list[list[object]]:
    """Every row of every table under `HEADER`, empty where there is no figure."""
    return [
        [
            question["name"], table["name"], table["of"], table["kind"], row["category"], row["assessed"], row["selected"],
            row["share"], row["rate"], _yes(row["rated"]), row["ratio"], *(row["range"] or ("", "")), _yes(row["flag"]),
            row["fisher"], row["z"], row["flip"]["ratio"] if row["flip"] else "", table["reference"], table["denominator"],
            table["unknown"], table["left_out"], table["median"], row["note"] or table["problem"],
        ]
        for question in audit["questions"]
        for table in question["tables"]
        for row in table["rows"]
    ]  # fmt: skip


def _yes(value: bool | None) -> str:  # noqa: FBT001 - a cell of a table
    return "" if value is None else "yes" if value else "no"
