"""Hints that say the same without the word: a train for two hours, mouths to feed, years until a pension. Blocked like the word itself."""

from __future__ import annotations

_P = r"(?:she|he|they|candidate|applicant|who)"
_IS = rf"(?:{_P}\s+(?:is|was|are|were)|(?:she|he|they)'(?:s|re))"
_POSS = r"(?:her|his|their|the candidate's)"
_RIDE = r"(?:train|bus|tram|ferry|subway|metro|underground|car|bike|plane)"
_TIME = r"(?:hours?|half|minutes|mins|km|miles)"
_TENS = r"(?:thirty|forty|fifty|sixty)(?:-\w+)?"
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_NUMBER = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|a\s+hundred|one\s+hundred)"
_SUM = rf"{_NUMBER}(?:[-\s]\w+)?\s+(?:thousand|grand|k)\b"
_NATIONS = (
    r"(?:african|american|arab|asian|austrian|brazilian|british|chinese|dutch|egyptian|english|european|filipin[oa]|french|german|greek"
    r"|indian|iranian|irish|israeli|italian|japanese|korean|mexican|moroccan|nigerian|pakistani|polish|portuguese|romanian|russian"
    r"|spanish|swedish|swiss|syrian|turkish|ukrainian|vietnamese)"
)

WORDS: dict[str, tuple[str, ...]] = {
    "commuting": (
        rf"\b(?:the|a|one)\s+{_RIDE}\s+takes\s+(?:her|him|them)\b",
        rf"\b{_P}\s+rides?\s+in\b|\bleaves?\s+home\s+(?:at|before|by)\b|\b(?:mornings?|evenings?|days?|hours?)\s+on\s+the\s+(?:motorway|highway|road|train)\b(?!\s+(?:set|split|data))",
        rf"\b{_P}\s+(?:pays?|needs?|buys?)\s+(?:\w+\s+){{0,3}}(?:season\s+tickets?|car|parking|petrol|fuel)\b",
        r"\b(?:sits?|stuck|hours|minutes)\s+in\s+traffic\b|\bchang(?:e|es|ing)\s+(?:trains|buses|lines)\b|\bdaily\s+(?:trip|drive|ride|journey)\b",
        r"\bgetting\s+(?:here|to\s+(?:us|work|the\s+office))\b|\bto\s+reach\s+(?:us|the\s+office)\b|\b(?:petrol|fuel|tolls?)\s+(?:alone|bills?|for)\b",
        rf"\b{_POSS}\s+(?:route|way)\s+(?:to|into)\s+(?:the\s+office|work|us|here)\b|\bspares?\s+(?:her|him|them)\s+the\b",
        rf"\b{_P}\s+(?:\w+\s+){{0,2}}(?:takes?|taking|rides?|catch(?:es)?|sits?\s+(?:on|in))\s+(?:the|an?|two|three)\s+(?:\w+\s+)?{_RIDE}s?\b",
        rf"\b(?:comes?|came|gets?|travels?)\s+(?:\w+\s+){{0,3}}by\s+{_RIDE}\b",
        rf"\b(?:{_TIME}|day|morning|week)\s+(?:\w+\s+){{0,3}}(?:on|in)\s+the\s+(?:train|bus|car|road|tram|ferry|motorway)\b",
        rf"\b{_TIME}\s+(?:each|either|one)\s+way\b|\b{_TIME}\s+door[-\s]to[-\s]door\b|\b{_TIME}\s+there\s+and\s+back\b",
        rf"\b{_RIDE}\s+(?:ride|journey|trip)s?\b",
        rf"\b{_POSS}\s+(?:daily\s+|long\s+)?(?:journey|trip|drive|ride)\s+(?:to|from)\s+(?:work|home|here|the\s+office)\b",
        rf"\b{_P}\s+(?:\w+\s+){{0,2}}cross(?:es)?\s+the\s+border\b",
        rf"\b{_P}\s+fl(?:y|ies)\s+(?:in|home|over|back)\b",
        rf"\b{_P}\s+(?:drives?|travels?)\s+(?:\w+\s+){{1,4}}{_TIME}\b",
        r"\btoo\s+far\s+(?:away\s+)?(?:for\s+(?:her|him|them)|from\s+(?:home|here))\b",
    ),
    "family": (
        rf"(?:(?:^|[.;!?]\s)|\b(?:she|he|candidate|applicant)(?:\s+is|'s)\s+)due\s+in\s+(?:early\s+|late\s+|mid-?\s?)?{_MONTHS}(?=\s*(?:[.,;!?]|$))",
        rf"\b{_IS}\s+single(?=\s*(?:[.,;!?]|$|and\b|again\b|now\b))",
        rf"\btakes?\s+care\s+of\s+{_POSS}\b|\blooks?\s+after\s+{_POSS}\s+(?!team|code|service)",
        r"\b(?:only|sole|main)\s+(?:earner|provider)\b|\bearner\s+at\s+home\b",
        rf"\b{_POSS}\s+(?:home|private)\s+life\b",
        r"\bschool\s+run\b|\blittle\s+ones\b|\bmouths?\s+to\s+feed\b|\bother\s+half\b|\bstay-at-home\b",
        r"\b(?:provides?|providing)\s+for\s+(?:her|his|their|two|three|four|five|six)\b",
        r"\bnew\s+arrival\s+(?:is|in|on|at\s+home|soon)\b|\b(?:the|her|his)\s+birth\b",
        r"\b(?:working|new|young|single)\s+(?:mums?|moms?|mothers?|dads?|fathers?|parents?)\b",
        rf"\b{_IS}\s+an?\s+(?:\w+\s+)?(?:father|mother|parent|dad|mum|mom|grand\w+)\b",
        rf"\b(?:with|has|have|expecting)\s+(?:the\s+|{_POSS}\s+)?(?:twins|triplets)\b|\bat\s+home\s+with\s+(?:the|her|his|their)\b",
        rf"\b{_POSS}\s+(?:brother|sister|in-laws?|relatives?)\b",
    ),
    "age": (
        rf"\b{_P}\s+(?:\w+\s+){{0,2}}(?:near(?:s|ed|ing)?|approach(?:es|ed|ing)?|reach(?:es|ed|ing)?|close\s+to)\s+(?:retirement|(?:her|his|their)\s+pension)\b",
        r"\byoung\s+(?:graduate|engineer|woman|man|person|candidate|applicant|hire|manager|developer)s?\b|\benergy\s+of\s+youth\b",
        r"\bat\s+an\s+age\b|\bthe\s+(?:younger|older)\s+(?:one|candidate|finalist|of\s+the\s+(?:two|three)(?=\s*(?:[.,;!?]|$|candidates|finalists)))\b",
        r"\bgr[ae]y\s+hair(?:ed)?\b|\b(?:close\s+to|about\s+to|before)\s+retir(?:e|ing)\b|\bretiring\s+(?:soon|in|next)\b",
        r"\byoung\s+(?:talent|blood|face|minds?|people|profile|guy|lady)s?\b",
        r"\b(?:until|till|before|from)\s+(?:her|his|their|the)\s+pension\b",
        r"\bwith\s+us\s+for\s+(?:\w+\s+){1,3}(?:years|decades)\b",
        r"\bend\s+of\s+(?:her|his|their)\s+career\b|\bgetting\s+(?:any\s+)?(?:younger|older|on\s+in\s+years)\b|\bin\s+(?:her|his|their)\s+prime\b(?!\s+(?:number|sieve|factor))",
        r"\bgraduated\s+in\s+(?:19|20)\d\d\b",
        rf"\b{_P}\s+(?:belongs?\s+to|is\s+of|is\s+from)\s+(?:the|an?)\s+(?:older|younger|another)\s+generation\b",
        r"\blife\s+(?:still\s+)?(?:before|ahead\s+of)\s+(?:her|him|them)\b|\bfresh\s+out\s+of\s+(?:school|university|college)\b",
        rf"\b{_IS}\s+(?:over\s+|under\s+|past\s+|nearly\s+|almost\s+|about\s+)?{_TENS}(?=\s*(?:[.,;!?]|$|and\b|years\b|now\b|already\b))",
    ),
    "health": (
        rf"\b{_P}\s+(?:is|was|has\s+been|had\s+been)\s+(?:partially\s+|partly\s+|often\s+|very\s+|seriously\s+)?(?:ill|deaf|blind|unwell|sick|lame)\b|\b{_POSS}\s+disabled\b",
        rf"\b{_POSS}\s+(?:eyesight|eyes|hearing)\s+(?:is|are|has|have|fails?)\b|\bbecause\s+of\s+{_POSS}\s+(?:back|knees?|heart|eyes|hip|lungs)\b",
        r"\b(?:off|calls?\s+in|called\s+in|often|falls?)\s+sick\b",
        rf"\b{_P}\s+(?:has|had|suffers?\s+from)\s+(?:\w+\s+)?(?:back|knee|heart|hearing|sight|eye|hip|sleep)\s+(?:problems?|pains?|trouble|issues?|condition)\b",
        rf"\b{_P}\s+(?:\w+\s+){{0,2}}(?:undergo(?:es|ing)?|in|under)\s+(?:treatment|therapy|chemo\w*|rehab\w*)\b(?!\s+(?:group|arm))",
        r"\b(?:hearing\s+aids?|pacemaker|crutches|chemotherapy|antidepressants?|migraines?|asthma|arthritis|multiple\s+sclerosis|panic\s+attacks?)\b",
        rf"\b{_POSS}\s+(?:nerves|doctor|physician|therapist|medication|blood\s+pressure)\b|\btakes\s+medication\b",
    ),
    "origin": (
        rf"(?:(?:^|[.;!?,]\s)|\b{_IS}\s+|\bborn\s+and\s+|\bborn,\s+)(?:raised|brought\s+up)\s+in\s+(?!{_MONTHS}|q\d|20\d\d|the\b|our\b|an?\b|every\b|each\b|sprint|review|debrief|interview|panel|round)(?-i:[A-Z])\w+",
        r"\b(?:grew|grown|grows)\s+up\s+in\s+(?-i:[A-Z])\w+",
        rf"\bnative\s+{_NATIONS}(?:\s+speakers?\b|(?=\s*(?:[.,;!?]|$)))|\b{_IS}\s+an?\s+{_NATIONS}\s+native\b",
        rf"\b(?:h-?1b|undocumented\s+(?:immigrant|worker|migrant))\b|\b{_IS}\s+undocumented\b",
        r"\bfrom\s+[A-Z]\w+\s+originally\b",
        rf"\bblue\s+card\b|\bfled\s+(?:from\s+)?(?:the|a|her|his|their)\b|\b(?:native|first)\s+language\b|\bname\s+sounds\b|\b{_POSS}\s+name\s+is\s+(?:foreign|{_NATIONS})\b",
        r"\b(?:been|lived|living)\s+in\s+(?:the|this|our)\s+country\b",
        rf"\b{_POSS}\s+papers\s+(?:run|ran|expire|are\s+not|aren't|end)\b",
        r"\bforeign[-\s]sounding\b|\b(?:unpronounceable|exotic)\s+name\b|\bright\s+to\s+(?:remain|stay|work)\b",
        rf"\b{_P}\s+(?:is|comes?|came)\s+from\s+an?\s+(?:country|culture|village)\b",
        rf"\b{_IS}\s+(?:an?\s+)?{_NATIONS}(?=\s*(?:[.,;!?]|$|and\b|by\b))",
    ),
    "housing and cost of living": (
        rf"\b(?:house|flat|apartment|home)\s+(?:that\s+|which\s+)?{_P}\s+(?:\w+\s+)?(?:buys?|bought|owns?|rents?|builds?|pays?)\b",
        r"\bliving\s+in\s+\w+\s+(?:costs?|is)\b|\bcosts?\s+more\s+to\s+live\b",
        rf"\b{_P}\s+(?:can\s?not|can't|could\s+not|couldn't|can\s+(?:hardly|barely))\s+afford\b",
        r"\bmak(?:e|es|ing)\s+ends\s+meet\b|\broof\s+over\b",
        r"\b(?:city|town|area|region|country)\s+is\s+(?:too\s+|so\s+|very\s+)?expensive\b",
        r"\bloans?\s+to\s+pay\b|\bpay(?:s|ing)?\s+off\s+(?:a|her|his|their)\b|\b(?:buy(?:s|ing)?|bought)\s+an\s+apartment\b",
        rf"\b{_POSS}\s+(?:bills|living\s+expenses|overdraft)\b",
    ),
    "past pay": (
        rf"\b(?:before\s+(?:this|that|us)|previously|until\s+now|until\s+then|in\s+the\s+past|formerly|earlier)\b,?\s+(?:she|he|they)\s+(?:made|earned|got|was\s+on|were\s+on)\s+(?:about\s+|around\s+|only\s+|just\s+)?{_SUM}",
        rf"\b{_P}\s+(?:makes?|made|earns?|earned|got)\s+(?:about\s+|around\s+|only\s+|just\s+)?{_SUM}(?=\s*(?:[.,;!?)]|$|a\s+(?:year|month)\b|per\b|today|now|there|before))",
        r"\bw-?2s?\s+(?:form|shows?|says?|of|from)\b|\bform\s+w-?2\b",
        rf"\b(?:raise|rise|increase|jump|bump|more)\s+(?:\w+\s+)?(?:\d+\s*%\s+)?(?:over|on|above|from|than)\s+{_POSS}\s+(?:present\s+|own\s+)?(?:salary|pay|wage|base|package)\b",
        rf"\b{_P}\s+earn(?:s|ed)\s+(?:\w+\s+)?\d+\s*%\s+(?:less|more)\b|\bat\s+{_POSS}\s+(?:last|old|previous)\s+(?:place|job|employer)\b(?=\s*(?:[.,;!?]|$))",
        rf"\b{_POSS}\s+(?:last|previous|current|present|old)\s+[^.]{{0,50}}\b\d{{2,3}}(?:[.,]\d{{3}}|\s?k)\b",
        r"\blos(?:e|es|ing)\s+money\s+by\s+(?:coming|joining|moving)\b|\bcompared\s+(?:with|to)\s+(?:today|what\s+(?:she|he|they)\s+(?:has|have|gets?))(?=\s*(?:[.,;!?]|$|now\b|there\b))",
        r"\b(?:they|bank|firm|competitor|there)\s+(?:currently\s+|now\s+)?pays?\s+(?:her|him|them)\b",
        r"\bwhat\s+(?:she|he|they)\s+(?:makes?|earns?|gets?)(?=\s*(?:[.,;!?]|$))",
        r"\bthan\s+(?:what\s+)?(?:she|he|they)\s+(?:gets?|earns?|makes?)\s+(?:now|today|there|currently)\b",
        r"\b(?:than|what|as)\s+(?:what\s+)?(?:she|he|they)\s+(?:is|are)\s+(?:currently\s+|now\s+)?on(?=\s*(?:[.,;!?]|$|now\b|today\b|there\b))",
        rf"\b{_POSS}\s+contract\s+(?:at|with)\s+[^.]{{0,30}}\b\d{{2,3}}(?:[.,]\d{{3}}|\s?k)\b",
        rf"\b{_POSS}\s+(?:bonus|stock|equity|salary|pay|base)\s+(?:last\s+(?:year|month)|over\s+there|there|until\s+now)\b",
        r"\bpay\s+statements?\b|\bwage\s+slips?\b|\btax\s+returns?\b",
    ),
    "religion and belief": (
        rf"\b{_IS}\s+an?\s+(?:veteran|(?:army|navy|military)\s+(?:veteran|reservist|officer))\b(?!\s+(?:of\s+(?!the\s+(?:war|army|navy))|engineer|developer|designer|team))",
        rf"\b{_P}\s+(?:\w+\s+)?served\s+in\s+(?:the|an?)\s+(?:army|navy|air\s+force|military|war)\b",
        rf"\b{_IS}\s+(?:very\s+|deeply\s+)?(?:religious|devout)\b(?!\s+about)",
        rf"\bunion\s+(?:man|woman|activist|card|leader)\b|\b{_P}\s+votes?\b",
        rf"\b{_P}\s+(?:fasts|prays|is\s+fasting)\b|\breasons?\s+of\s+(?:faith|conscience)\b|\b{_POSS}\s+faith\b(?!\s+in\b)",
        r"\b(?:in|on|of)\s+(?:the|a|our)\s+works?\s+council\b|\bshop\s+steward\b",
    ),
    "sex and orientation": (
        r"\b(?:first|only)\s+(?:female|male)\b",
        r"\b(?:need|needs|want|wants|hire|prefer)\s+(?:an?\s+|more\s+)?(?:wom[ae]n|female|girls?|males?)\b",
        r"\bnumbers?\s+of\s+(?:women|men)\b|\b(?:only|first)\s+(?:girl|guy|lady)\b|\ball-(?:male|female)\b",
    ),
    "appearance": (
        rf"\b(?:{_P}\s+)?looks?\s+(?:great|good|nice|well|attractive|fit)\s+(?:on\s+camera|in\s+(?:a\s+suit|person|photos?)|on\s+(?:the\s+)?(?:photo|video))\b",
        r"\b(?:nice|lovely|pretty|beautiful)\s+(?:smile|face|voice|eyes)\b",
        rf"\b{_P}\s+looks?\s+(?:the\s+part|young|old|tired|presentable)\b",
    ),
}  # fmt: skip

NEAR_MISSES: dict[str, tuple[str, ...]] = {
    "commuting": (
        r"\b(?:design|operators?|functions?|matri(?:x|ces)|diagrams?|updates?|operations?|steps?|maps?)\s+commutes?\b",
        r"\bcommutes?\s+(?:with\s+(?:the|each|every|any|one)|of\s+(?:the\s+|two\s+)?(?:data|operators?|updates?|diagrams?|functions?|operations?))\b",
        r"\b(?:on|in)\s+the\s+train\s+(?:set|split|data)\b",
        rf"\b{_RIDE}\s+(?:scheduling|system|driver|model|booking|app|product|network|operator|data|api|platform)s?\b",
        r"\b(?:message|event|data|service|enterprise)\s+bus\b",
        r"\b(?:drives?|travels?)\s+(?:the|our|its|all|change|adoption)\b[^.]{0,40}",
    ),
    "family": (
        r"\bsingle[-\s]parent\s+(?:class|node|process|inheritance|hierarch|tree|record|ticket|table|model)\w*",
        r"\bpregnant\s+(?:pauses?|silences?)\b",
        r"\ba\s+parent\s+(?:process|class|node|ticket|company|record)\b",
        r"\bdigital\s+twins?\b",
        r"\b(?:birth)\s+(?:of|rate)\b",
    ),
    "past pay": (
        r"\bpay\s?(?:slips?|stubs?|checks?)\s+(?:service|product|system|app|module|platform|portal|team|domain|engine|api|software|generator)s?\b",
        r"\btax\s+returns?\s+(?:product|software|app|team|service|domain|engine|filing)s?\b",
    ),
    "health": (
        r"\b(?:her|his|their|the)\s+health[-\s](?:checks?|probes?|endpoints?|data|dashboards?|metrics?|records?\s+(?:system|product|service))\b",
        r"\b(?:an?|the)?\s*disabled[-\s](?:feature|flag|test|account|button|state|check|rule|by\s+default)\w*\b",
        r"\bdisabilit(?:y|ies)\s+(?:insurance|product|claims?|benefits?\s+product)\b",
        r"\b(?:asthma|migraine|arthritis|pacemaker|hearing\s+aid)s?\s+(?:app|product|device|data|study|firmware|software)s?\b",
    ),
    "origin": (r"\bright\s+to\s+work\s+(?:from|remotely|in\s+(?:pairs|teams))\b|\bnative\s+language\s+of\s+the\b",),
    "housing and cost of living": (
        r"\brent[-\s]a[-\s]\w+",
        r"\b(?:rental|housing|mortgage)\s+market\s+(?:product|platform|data|line|segment|team|customers?)\b",
        r"\brents?\s+(?:no|servers?|machines?|capacity|out|its|hardware)\b|\bhousing\s+(?:market|data|prices\s+api)\b",
    ),
    "age": (r"\b(?:her|his|their)\s+age-off\b",),
    "religion and belief": (r"\breligious(?:ly)?\s+about\b",),
}
