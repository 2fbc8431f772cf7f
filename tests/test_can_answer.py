import pytest
from fake_index import FakeEncoder, article, asked_of

from index.can_answer import can_answer
from index.lexical import Lexicon
from index.search import build
from knowledge.glossary import Concept
from knowledge.names import Mention

LEXICON = Lexicon(
    [
        Concept("leader", "person", (("nb", "leder"), ("en", "leads"))),
        Concept("level", None, (("nb", "status"), ("en", "status"))),
        Concept("nce", None, (("nb", "NCE"), ("en", "NCE"))),
        Concept("company", None, (("nb", "bedrift"), ("en", "company"), ("en", "companies"))),
        Concept("price", "sum", (("nb", "koster"), ("en", "cost"))),
        Concept("awarded", None, (("nb", "tildelt"), ("en", "awarded"))),
    ]
)


def answers(question: str, text: str, words: str, names: tuple[Mention, ...] = ()) -> bool:
    """Whether the words, somewhere in a passage, can answer."""
    (passage,) = build(
        (article("news", f"{text}\n"),), LEXICON, FakeEncoder(), {}, progress=False
    ).passages
    start = passage.article.body.index(words)
    asked = asked_of(question, LEXICON, names)
    return can_answer(asked, passage, (start, start + len(words)))


@pytest.mark.parametrize(
    ("question", "text", "words", "fits"),
    [
        ("Hvem leder den?", "Ragnhild Moe leder Tang.", "Ragnhild Moe", True),
        ("Hvem leder den?", "Der sier Moe nei til mer.", "Moe", True),
        ("Hvem leder den?", "Der sier hun nei til mer.", "hun", False),
        ("Hvem leder den?", "Tang ble leid av Ocean Network.", "Ocean Network", False),
        ("Når kommer det?", "De møtes på tirsdager.", "tirsdager", True),
        ("Når kommer det?", "De møtes på Frøya.", "Frøya", False),
        ("Hvor ligger den?", "Simulatoren er Gulen Skule sin.", "Gulen Skule", True),
        ("Hvor mye koster det?", "Prisen er 390 for barn.", "390", True),
        ("Hvor mye koster det?", "De har nå 39 bedrifter der.", "39", False),
        ("Hva gjør de?", "De har nå 39 bedrifter der.", "39", True),
        ("Hvor mye koster det?", "Det koster 15 000 per bedrift.", "15 000", True),
        ("Hvor mye koster det?", "De fikk fem millioner til 20 bedrifter.", "fem millioner", True),
        ("Hvor mye koster det?", "Det ble startet i 2012.", "2012", False),
        ("Hvor mange er med?", "De fikk 3 millioner kroner.", "3 millioner kroner", False),
        ("Hvor ofte møtes de?", "De møtes månedlig der.", "månedlig", True),
        ("Hvem betaler?", "Det gjør Innovasjon Norge alene.", "Innovasjon Norge", True),
        ("Hvem leder den?", "Det gjør Innovasjon Norge alene.", "Innovasjon Norge", False),
    ],
)
def test_what_can_answer(question: str, text: str, words: str, fits: bool) -> None:
    assert answers(question, text, words) is fits


@pytest.mark.parametrize(
    ("question", "text", "words", "fits"),
    [
        ("Hvor mange ansatte har Tang?", "Tang har 38 bedrifter i dag.", "38 bedrifter", False),
        ("Hvor mange medlemmer har Tang?", "Tang har 38 bedrifter i dag.", "38 bedrifter", True),
        ("How many people are employed there?", "It has 220 companies now.", "220", False),
        ("How many people are employed there?", "It has 220 small jobs now.", "220", True),
        ("Hvor mange ansatte er kvinner?", "Der er 12 kvinner med.", "12 kvinner", True),
        ("Hvor mange er med?", "Tang har 38 bedrifter i dag.", "38", True),
        ("Hvor mange ansatte er det?", "Den har tre ansatte og 70 bedrifter.", "tre", True),
        ("Hvor mange ansatte er det?", "Den har tre bedrifter i alt.", "tre", False),
        ("How many clusters are there?", "It has 39 business clusters.", "39", True),
        ("Hvor mange av klyngene er med?", "Der er 12 bedrifter med.", "12 bedrifter", True),
    ],
)
def test_a_number_of_something_else_answers_nothing(
    question: str, text: str, words: str, fits: bool
) -> None:
    assert answers(question, text, words) is fits


@pytest.mark.parametrize(
    ("question", "fits"),
    [
        ("Hva het Blå Hav før?", False),
        ("Hvilken status fikk Blå Hav?", True),
        ("Hva står NCE for?", True),
        ("Hvilke bedrifter fikk NCE?", False),
        ("Hvem leder Blå Hav?", False),
    ],
)
def test_a_status_answers_only_who_asks_for_one(question: str, fits: bool) -> None:
    text = "Blå Hav fikk status som Norwegian Centre of Expertise (NCE)."
    assert answers(question, text, "Norwegian Centre of Expertise (NCE)") is fits


@pytest.mark.parametrize(
    ("question", "words", "fits"),
    [
        ("Hvilke bedrifter er med?", "Elkem og Alcoa", True),
        ("Hvilke bedrifter er med?", "Elkem", False),
        ("Hvilken bedrift er med?", "Elkem", True),
        ("Which companies joined?", "Elkem", False),
        ("Which is the company that joined?", "Elkem", True),
        ("Hvem sier hvilke bedrifter som er med?", "Elkem", True),
    ],
)
def test_several_are_asked_for(question: str, words: str, fits: bool) -> None:
    assert answers(question, "De som kom inn i år, er Elkem og Alcoa nå.", words) is fits


@pytest.mark.parametrize(
    ("question", "text", "fits"),
    [
        ("Hvor ble tang tildelt status?", "Tang i Molde ble NCE.", False),
        ("Where was Tang awarded its status?", "Tang in Molde became an NCE.", False),
        ("Hvor ble Tang tildelt status?", "Det skjedde i Molde.", True),
        ("Hvor ble Tang tildelt status?", "Rur i Molde ga Tang status.", True),
        ("Hvor ligger Tang?", "Tang i Molde ble NCE.", True),
    ],
)
def test_where_a_cluster_is_does_not_tell_where_something_happened(
    question: str, text: str, fits: bool
) -> None:
    at = question.lower().index("tang")
    assert answers(question, text, "Molde", (Mention("tang", at, at + 4),)) is fits
