"""What people of the story write: enough variety that a page reads like work, nothing that a real card would not hold."""

from __future__ import annotations

ROLES = (
    ("Senior Backend Engineer", "Platform", "L5", 7_000_000),
    ("Staff Data Engineer", "Data", "L6", 8_800_000),
    ("Product Manager", "Product", "L5", 7_600_000),
    ("Payments Engineer", "Payments", "L4", 6_400_000),
    ("Operations Lead", "Operations", "L5", 6_200_000),
    ("Product Designer", "Design", "L4", 5_900_000),
)
OPEN_ROLES = (
    ("Payments Engineer", "Payments", "L4", 6_400_000),
    ("Staff Data Engineer", "Data", "L6", 8_800_000),
    ("Senior Backend Engineer", "Platform", "L5", 7_000_000),
    ("Site Reliability Engineer", "Platform", "L5", 7_000_000),
    ("Senior Platform Engineer", "Platform", "L5", 7_000_000),
    ("Developer Experience Engineer", "Platform", "L5", 7_000_000),
)
ATTRIBUTES = (
    ("Role skills", "Does the work of this role well, under the conditions of this team", 3.0),
    ("Problem solving", "Finds the question first, then an answer that can be checked", 2.0),
    ("Communication", "Makes trade-offs plain to people of other trades", 1.0),
    ("Collaboration", "Leaves the people around more effective", 2.0),
)
ANCHORS = {
    "Role skills": (
        "Could not do a plain task of this work, also with help.",
        "Does plain tasks; loses the thread where two of them meet.",
        "Does the work as this team does it, with the usual questions.",
        "Does it well under pressure, and says what it will cost beforehand.",
        "Shows the team a better way to do it, and brings others along.",
    ),
    "Problem solving": (
        "Starts to build before the question is clear, and stays with it.",
        "Finds the question when led to it; the answer cannot be checked.",
        "Finds the question and a sound answer that can be checked.",
        "Weighs two answers on stated limits, and changes course when one moves.",
        "Finds the flaw in the question itself, and a smaller problem worth solving.",
    ),
    "Communication": (
        "Lost everybody, and did not notice.",
        "Clear to people of the same trade only.",
        "Clear to whoever asks, with an example.",
        "Makes a trade-off plain to people of other trades without being asked.",
        "Others repeat the explanation in their own words and decide by it.",
    ),
    "Collaboration": (
        "Speaks of colleagues as obstacles.",
        "Works beside others rather than with them.",
        "Asks, listens, and keeps what was agreed.",
        "Notices who is stuck, and helps without taking over.",
        "People became better at their work beside this person, and say so.",
    ),
}
INTERVIEWS = (
    ("Work sample panel", ("Role skills", "Problem solving")),
    ("Team panel", ("Communication", "Collaboration")),
)
QUESTIONS = (
    "Did anybody ask what happens when it fails?",
    "Who has seen how disagreement is handled?",
    "Is the wish for a smaller team a concern, or a fit?",
)
EVIDENCE = {
    1: (
        "Could not say how the last project worked, also when asked twice",
        "Lost the thread of the exercise and did not ask for it",
        "Named no example after three tries",
    ),
    2: (
        "Needed a hint at each turn of the exercise",
        "Described the team's work, little of the own part in it",
        "Stopped at the first answer and did not test it",
    ),
    3: (
        "Solved the exercise with one hint and told what was left open",
        "Gave a sound example from the last year, with its result",
        "Asked two good questions before starting",
    ),
    4: (
        "Split the exercise into parts that could be checked one by one",
        "Showed how the last rollout was taken back within the hour",
        "Saw the trade-off before it was asked about, and priced it",
    ),
    5: (
        "Found the flaw in our own exercise and mended it kindly",
        "Led a migration of forty services and could tell what each step cost",
        "Explained it so that the designer on the panel drew it at once",
    ),
}
SUMMARY = {
    1: "Not for this role as it stands.",
    2: "I would want more depth before saying yes.",
    3: "Yes: does what the role asks.",
    4: "Strong yes: I would like to learn from this person.",
}
UPDATES = (
    "Told where we stand and when the panel meets",
    "Asked how the other process goes, answered a question about the team",
    "Sent the paper about how the team plans its work",
    "Talked through the first three months in the role",
    "Thanked for the time of the panel, shared what stood out",
)
ANSWERS = (
    "Still keen, asked about the start date",
    "Would like to meet one more engineer of the team",
    "Happy to wait until the date we gave",
    "Wrote a thank-you note and asked for the next step",
)
PROMISE_KEPT = (
    "Told that another finalist has the offer, and when we know more",
    "Told where we stand, as promised; still keen",
    "Called on the day before: the first choice has accepted, asked to wait until the start",
)
POOL_CHECK_INS = (
    "Asked how the new year began; happy where they are, glad to hear of openings",
    "Told of the team's move; would look at a senior role in spring",
    "Sent a line on what we build now; answered within the day",
)
DELAY = "Told that it takes five days longer, since the answer of the first choice is still out"
APOLOGY = "Called two days late, said sorry and how it stands"
FEEDBACK = (
    "Strong on splitting the exercise into parts; for this role we missed depth in running it at night",
    "The panel liked how trade-offs were explained; another finalist had led a migration of this size before",
    "Sound on everything that we asked; the other finalist had done this very work for two years",
    "Best questions of the panel; we chose somebody with more years in the field",
)
CONCERNS = {
    "compensation": "The variable part seems high for this level",
    "scope": "Unsure how much of the work is new and how much is upkeep",
    "manager": "Would like to know how the manager works with people of this level",
    "team": "The team has grown fast; who stays?",
    "benefits": "Asked about the pension plan",
    "location": "Would rather be in the office two days than three",
    "timing": "Has to give three months' notice",
    "growth": "What comes after this role?",
    "other": "Would like to see the office first",
}
ANSWERED = "Talked it through with an example from the last quarter; that settled it"
FINALIST_REASONS = (
    "Strongest evidence of the panel on the exercise",
    "Close second; would lead the second workstream at once",
    "Solid on everything, less depth in the field",
    "Would grow into the role within the year",
)
EMPLOYERS = ("Kestrel Freight", "Northwind Labs", "Halden Bank", "Blue Fjord", "Orchard Health")
HEADLINES = (
    "Senior Engineer",
    "Staff Engineer",
    "Team lead",
    "Product lead",
    "Analyst",
    "Consultant",
    "Engineer",
    "Designer",
)
