import copy
import hashlib

import pytest

from recruiter.documents.from_frozen import from_content

SEAL = hashlib.sha256(b"a frozen case").hexdigest()

CONTENT = {
    "number": "BC-2026-031",
    "version": 3,
    "title": "Staff Data Engineer",
    "requisition": "ENG-12",
    "candidate": "Priya Raghunathan",
    "level": "L6",
    "location": "Hamburg",
    "requested_by": "Nora Lindqvist",
    "created_on": "2026-11-16",
    "submitted_on": "2026-11-19",
    "needed_by": "2026-11-20",
    "ask": {"amount": 20400000, "currency": "EUR"},
    "excess": {"amount": 1200000, "currency": "EUR"},
    "band": {"min": 16800000, "mid": 18000000, "max": 19200000, "currency": "EUR", "interval": "year"},
    "offer_terms_version": 2,
    "sections": [
        {
            "name": "ask",
            "title": "The request",
            "text": "Approve a base of EUR 204,000 a year, EUR 12,000 (6.3 %) above the top of the band, by 20 Nov 2026. "
            "It costs EUR 12,000 more each year than the top of the band, and EUR 15,000 once as a sign-on payment.\n"
            "Another employer's process comes to its decision on 20 Nov 2026.",
            "evidence": [
                {
                    "statement": "A base of EUR 204,000 a year is asked for.",
                    "source": "Case BC-2026-031",
                    "by": "Nora Lindqvist",
                    "at": "2026-11-16",
                },
                {
                    "statement": "The approved band is EUR 168,000 to EUR 192,000 a year.",
                    "source": "Pay band of ENG-12",
                    "at": "2026-09-01",
                },
            ],
            "figures": [
                {"label": "Asked base", "value": 20400000, "unit": "EUR"},
                {"label": "Band minimum", "value": 16800000, "unit": "EUR"},
                {"label": "Band midpoint", "value": 18000000, "unit": "EUR"},
                {"label": "Band maximum", "value": 19200000, "unit": "EUR"},
                {"label": "Excess", "value": 1200000, "unit": "EUR", "formula": "[asked_base]-[band_maximum]"},
                {"label": "Excess each year", "value": 1200000, "unit": "EUR", "formula": "[excess]"},
                {"label": "Paid once", "value": 1500000, "unit": "EUR"},
                {
                    "label": "First year above the band",
                    "value": 2700000,
                    "unit": "EUR",
                    "formula": "[excess_each_year]+[paid_once]",
                },
            ],
        },
        {
            "name": "candidate",
            "title": "Why this candidate",
            "text": "4 interviewers rated Priya Raghunathan at 4.21 of 5 by the weights that were published for the role. "
            "1 card of 4 recommends against.",
            "evidence": [
                {
                    "statement": "System design: 4.5 of 5, from 4 to 5.",
                    "source": "Scorecards of ENG-12",
                    "count": 4,
                },
                {
                    "statement": "Tomasz Zieliński recommends “strong yes”: “Drew the whole migration on one board, then showed where it "
                    "breaks first. I have not seen a clearer account of a failure that was the speaker's own.”",
                    "source": "Scorecard, System design",
                    "by": "Tomasz Zieliński",
                    "at": "2026-11-10T14:20:00+00:00",
                },
                {
                    "statement": "Ana Duarte recommends “no”: “Strong on data, thin on running a team through a hard quarter.”",
                    "source": "Scorecard, Leadership",
                    "by": "Ana Duarte",
                    "at": "2026-11-11",
                },
            ],
            "figures": [
                {"label": "System design", "value": 4.5, "unit": "points"},
                {"label": "Declared score", "value": 4.21, "unit": "points"},
                {"label": "Interviewers", "value": 4, "unit": "count"},
            ],
        },
        {"name": "standing", "title": "How this candidate stands", "text": "", "evidence": [], "figures": []},
        {
            "name": "cost_of_losing",
            "title": "What losing the candidate costs",
            "text": "About EUR 61,000, between EUR 34,500 and EUR 102,250.50.",
            "evidence": [
                {
                    "statement": "9 seats of this company on record, half of them within 61 days.",
                    "source": "Own history of accepted offers",
                    "count": 9,
                    "period": "until 2026-11-19",
                },
            ],
            "figures": [
                {"label": "Cost of losing, low", "value": 3450000, "unit": "EUR"},
                {"label": "Cost of losing, middle", "value": 6100000, "unit": "EUR"},
                {"label": "Cost of losing, high", "value": 10225050, "unit": "EUR"},
                {"label": "Days, low", "value": 40, "unit": "days"},
                {"label": "Days, middle", "value": 61, "unit": "days"},
                {"label": "Days, high", "value": 95, "unit": "days"},
                {"label": "Break-even, days", "value": 1, "unit": "days"},
            ],
        },
        {
            "name": "alternatives",
            "title": "The alternatives, priced",
            "text": "Finalist B within the band, at its midpoint: EUR 180,000 a year, EUR 24,000 less than the request.",
            "evidence": [
                {
                    "statement": "Finalist B is still interested, asked on 17 Nov 2026.",
                    "source": "Readiness on the bench",
                    "at": "2026-11-17",
                },
            ],
            "figures": [
                {"label": "Finalist B at the midpoint", "value": 18000000, "unit": "EUR", "formula": "[band_midpoint]"},
                {
                    "label": "Finalist B, less than the request",
                    "value": -2400000,
                    "unit": "EUR",
                    "formula": "[band_midpoint]-[asked_base]",
                },
                {"label": "Reopen the search", "value": 6100000, "unit": "EUR", "formula": "[cost_of_losing_middle]"},
            ],
        },
        {
            "name": "equity",
            "title": "Pay fairness",
            "text": "5 of 8 people of L6 would be paid less than this offer.",
            "evidence": [],
            "figures": [{"label": "Request to median", "value": 1.0812, "unit": "ratio"}],
        },
        {
            "name": "sources",
            "title": "Sources",
            "text": "7 claims from 5 sources, read on 2026-11-19.",
            "evidence": [
                {
                    "statement": "Scorecards of ENG-12: 1 claim.",
                    "source": "Scorecards of ENG-12",
                    "at": "2026-11-19",
                    "count": 1,
                },
                {
                    "statement": "Pay band of ENG-12: 1 claim.",
                    "source": "Pay band of ENG-12",
                    "at": "2026-11-19",
                    "count": 1,
                },
            ],
            "figures": [],
        },
    ],
    "completeness": {
        "percent": 92,
        "missing": [
            {"section": "standing", "required": False, "question": "How far above the bar, and ahead of whom?"},
        ],
    },
}

PLOT = {
    "lowest": 2,
    "highest": 5,
    "bar": 3.25,
    "basis": "the declared weights of the role",
    "rows": [
        {"name": "Priya Raghunathan", "own": True, "place": "1=", "tied": True, "score": 4.21, "low": 3.88, "high": 4.54, "low50": 4.07, "high50": 4.35},
        {"name": "Finalist B", "own": False, "place": "1=", "tied": True, "score": 4.14, "low": 3.8, "high": 4.48, "low50": 4.0, "high50": 4.28},
        {"name": "Finalist C", "own": False, "place": "3", "tied": False, "score": 3.71, "low": 3.38, "high": 4.04, "low50": 3.57, "high50": 3.85},
    ],
}  # fmt: skip
COMPARED = {
    "Base of a year": (19200000, 20400000),
    "Target variable of a year": (0, 0),
    "On-cost of a year": (3456000, 3672000),
    "Sign-on with on-cost, once": (0, 1770000),
    "First year, all in": (22656000, 25842000),
    "Run rate each year": (22656000, 24072000),
}

DECISIONS = [
    {
        "decision": "approved",
        "amount": {"amount": 20400000, "currency": "EUR"},
        "comment": "Good case. Review the band in January.",
        "by": "Ingrid Sommer",
        "at": "2026-11-20T09:30:00+00:00",
    },
]

STRANGE = {
    "typst": "#let x = 1 #panic() $a_1$ @nobody *bold* _it_ \\ [x] `raw` = head // gone <label>",
    "script": "<script>alert(1)</script><img src=https://example.com/x.png> & \"quoted\" 'single'",
    "emoji": "Bravo \U0001f44f\U0001f3fd for \U0001f469\u200d\U0001f4bb",
    "arabic": "ليلى الحسن قالت نعم",
    "hangul": "김민준",
    "long": "Donaudampfschifffahrt" * 20,
    "control": "bell\x07 tab\t half\ud800 end\ufffe",
    "sum": "=1+1",
    "jinja": "{{ 7 * 7 }} {% raw %}",
}


def plotted_content():
    """The same case with a plot of its finalists, and with what is approved beside what is asked for."""
    made = copy.deepcopy(CONTENT)
    made["sections"][2] |= {
        "text": "Score 4.21 of 5. 1 other finalist is tied with the candidate.",
        "plot": copy.deepcopy(PLOT),
    }
    figures = made["sections"][0]["figures"]
    figures.append({"label": "Employer on-cost, % of pay", "value": 18, "unit": "count"})
    for label, (before, after) in COMPARED.items():
        for end, value in (("", after), (", approved", before), (", difference", after - before)):
            figures.append({"label": label + end, "value": value, "unit": "EUR"})
    return made


@pytest.fixture
def content():
    return copy.deepcopy(CONTENT)


@pytest.fixture
def frozen(content):
    return from_content(content, sha256=SEAL, status="approved", decisions=DECISIONS)


@pytest.fixture
def draft(content):
    content["submitted_on"] = None
    content["completeness"]["missing"].append({"section": "alternatives", "required": True, "question": "What else?"})
    return from_content(content, status="draft")


@pytest.fixture
def strange(content):
    """The same case, with strange words wherever people can write."""

    def made(name):
        content["candidate"] = name
        content["title"] = name
        content["requested_by"] = name
        first = content["sections"][0]
        first["text"] = name
        first["evidence"][0] = {"statement": name, "source": name, "by": name, "at": name, "period": name}
        content["sections"][4]["figures"][0]["label"] = name
        decided = [{"decision": "refused", "amount": None, "comment": name, "by": name, "at": "2026-11-20"}]
        return from_content(content, sha256=SEAL, status="refused", decisions=decided)

    return made
