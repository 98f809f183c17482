"""What is warned of in a case: words that are no evidence."""

from __future__ import annotations

from recruiter.budget.content_check.topic import WARNED, Topic

WARNED_TOPICS: tuple[Topic, ...] = (
    Topic(
        "school prestige",
        WARNED,
        "A school's name is no evidence. Say what the candidate showed.",
        (
            r"\b(?:ivy\s+league|oxbridge|harvard|stanford|princeton|yale|caltech|oxford|cambridge\s+(?:graduate|degree))\b",
            r"\b(?:elite|top|top-?\s?tier|prestigious|renowned|famous|best)\s+(?:universit(?:y|ies)|schools?|colleges?|institutions?)\b",
            r"\balma\s+mater\b",
        ),
    ),
    Topic(
        "employer brand",
        WARNED,
        "A former employer's name is no evidence. Say what the candidate did.",
        (
            r"\b(?:ex-?\s?(?:google|meta|facebook|amazon|apple|microsoft|netflix|mckinsey)\w*|faang|big\s+tech|blue-?\s?chip)\b",
            r"\b(?:comes?|came)\s+from\s+(?:google|meta|facebook|amazon|apple|microsoft|netflix|mckinsey)\b",
        ),
    ),
    Topic(
        "words without behaviour",
        WARNED,
        "This says how somebody is liked, not what was seen. Quote what the candidate did.",
        (
            r"\b(?:cultur(?:e|al)|team|perfect|great|good|personality)[-\s]+fit\b",
            r"\b(?:rock\s?-?star|ninja|guru|wizard|10x|unicorn|superstar)s?\b",
            r"\b(?:energetic|hungry|charismatic|likeable|likable|charming|sympathetic|digital\s+native)\b",
            r"\bmature\b(?!\s+(?:code\w*|products?|process\w*|systems?|markets?|technolog\w+|practices?|teams?|data|platforms?))",
            r"\b(?:gut\s+feeling|chemistry|one\s+of\s+us|nice\s+(?:guy|person|girl)|beer\s+test)\b",
            r"\bfits?\s+(?:right\s+|well\s+|straight\s+)?in\s+with\s+(?:the|our)\s+(?:guys|boys|girls|lads|team|people|crew|others|crowd)\b",
            r"\b(?:we|i|everybody|everyone|all\s+of\s+us|the\s+team|the\s+panel)\s+(?:all\s+|just\s+|really\s+|simply\s+)?(?:likes?|liked|loves?|loved)\s+(?:her|him|them)\b(?!\s+(?:answer|code|design|solution|approach|work|proposal|question|idea|explanation|example|plan)\w*)",
            r"\bnegotiat(?:es|ed|ing)\s+(?:hard|well|tough)\b",
        ),
        (
            r"\b(?:a|the)\s+good\s+fit\s+(?:for|of|to)\s+the\s+(?:data|curve|regression|model)\b",
            r"\bchemistry\s+(?:lab|department|degree)\b",
        ),
    ),
    Topic(
        "hearsay",
        WARNED,
        "Hearsay is no evidence. Name who saw what, and when.",
        (r"\b(?:i\s+heard|we\s+heard|rumou?rs?|people\s+say|apparently|word\s+is)\b",),
    ),
    Topic(
        "the model as the reason",
        WARNED,
        "A ranking is advice, not a reason for pay. Let the scorecards carry the request.",
        (
            r"\b(?:the\s+)?(?:model|algorithm|ai)\s+(?:says|ranks|ranked|chose|picked|recommends|recommended|puts|decided)\b",
            r"\branked\s+(?:first|top|highest)\s+by\s+the\s+(?:model|algorithm|system)\b",
            r"\baccording\s+to\s+the\s+(?:model|algorithm)\b",
        ),
    ),
    Topic(
        "relocation",
        WARNED,
        "Relocation is a policy amount of the role. Name the policy, not the person's move.",
        (r"\brelocat(?:e|es|ed|ing|ion)\b",),
        (r"\brelocation\s+(?:policy|allowance\s+by\s+policy|package\s+of\s+the\s+role|policies)\b",),
    ),
)
