"""What a sentence makes of a word: about a person it is found, about work it is not; in disguise it is still read."""

import pytest

from recruiter.foundation.lexicon import check
from recruiter.foundation.lexicon.scorecard import points
from recruiter.foundation.lexicon.spared_names import WholeName
from recruiter.foundation.lexicon.topics import LANGUAGES, lists

# A word of a topic, said of a person and said of work, in each language.
PAIRS = [
    (
        "She is a nursery mum, so she will leave at four.",
        "Her nursery was rated outstanding while she led the toddler room.",
    ),
    ("Geriatric case, I doubt he keeps up with us.", "Geriatric nurse, her plan against falls was concrete."),
    ("Er hat Krebs, das ist uns zu riskant.", "Leitete die Logistik einer Krebsstudie ohne ausgefallene Lieferung."),
    ("Sie ist schwanger, also lieber nicht.", "Entwickelte eine App für Schwangere, sauber dokumentiert."),
    ("Elle est enceinte, donc on attend.", "Application de suivi de grossesse, tests précis."),
    ("Il est trop vieux pour nous.", "A dessiné la pyramide des âges du rapport, chiffres vérifiés."),
    ("Está embarazada, mejor no.", "Ganó el juicio de una trabajadora despedida por su embarazo."),
    ("Es del sindicato, no gracias.", "El sindicato agrario es cliente suyo: contrato y proyecto bien llevados."),
]


@pytest.mark.parametrize(("about_person", "about_work"), PAIRS)
def test_the_sentence_says_what_a_word_is_about(about_person, about_work):
    assert check.is_blocked(about_person)
    assert not check.is_blocked(about_work)


@pytest.mark.parametrize(
    "disguised",
    [
        "She is p-r-e-g-n-a-n-t.",
        "She is preg-nan-t.",
        "p r e g n a n t I think, so no",
        "She is pr3gn@nt.",
        "She is pr*gnant.",
        "v!ejo, no gracias",
        "g4y, no thanks",
    ],
)
def test_a_disguise_hides_nothing(disguised):
    assert check.check(disguised)


@pytest.mark.parametrize(
    "critical",
    [
        "I doubt he can run a team of ten yet, his answers on conflict were poor.",
        "She could not explain the cache, so I would not hire her for this role.",
        "Er testet nie, und unsere Leute müssten hinter ihm aufräumen.",
        "Elle n'a pas su expliquer le cache, donc je ne la prendrais pas pour ce poste.",
        "Nunca ha dirigido a nadie y lo necesitamos desde el primer día.",
        "Her French is fluent, the customer was happy.",
        "I doubt her Spanish is good enough for the support desk, B1 at most.",
        "Sein Deutsch ist verhandlungssicher, C1 mit Zertifikat.",
        "Ich zweifle, ob Frau Müller das kann.",
        "We agreed that Mrs Child would call on Friday, but she could not.",
        "Madame, nous regrettons de ne pas pouvoir vous proposer ce poste.",
    ],
)
def test_criticism_of_work_passes(critical):
    assert check.check(critical) == []


@pytest.mark.parametrize(
    "stated",
    [
        "Salary expectation 70,000, our band ends at 68,000, so we might lose her.",
        "She wants 65k, we can do 62 at most.",
        "Er möchte 70.000, unser Band endet bei 68.000, das könnte knapp werden.",
        "Elle demande 52 k, notre fourchette s'arrête à 50, on risque de la perdre.",
        "Pide 40.000 brutos y nuestra banda llega a 38.000, quizá no acepte.",
    ],
)
def test_what_somebody_asks_for_is_stored(stated):
    assert not check.is_blocked(stated)


def test_whole_names_are_spared_and_their_words_are_not():
    text = "Wrote from Divorce House. His divorce is why he moves."
    (finding,) = check.check(text, names=[WholeName("Divorce House")])
    assert "Divorce House" not in " ".join(finding.matches)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_cues_of_each_kind_that_is_weighed(language):
    kinds = {
        kind
        for places in (lists().cues.terms, lists().cues.stems)
        for each in places.values()
        for known, kind in each
        if known == language
    }
    assert set(points().cues) <= kinds
