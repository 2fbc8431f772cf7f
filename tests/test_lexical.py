import pytest

from index.lexical import Lexicon, tokenize
from knowledge.glossary import Concept

LEADER = Concept(
    "leader",
    "person",
    (("nb", "leder"), ("nb", "daglig leder"), ("nn", "dagleg leiar"), ("en", "leads")),
)
CHAIR = Concept("chair", "person", (("nb", "leder av styret"), ("en", "chair")))
DURATION = Concept("duration", "number", (("nn", "varte"),))
LEXICON = Lexicon([LEADER, CHAIR, DURATION])


def test_norwegian_letters_stay_in_words() -> None:
    assert [token.text for token in tokenize("Bærekraft på Åsen: 71,5 H2")] == [
        "bærekraft",
        "på",
        "åsen",
        "71",
        "5",
        "h2",
    ]


def test_a_concept_is_the_same_term_in_every_language() -> None:
    assert "§leader" in LEXICON.query_terms("Who leads iKuben?")
    assert "§leader" in LEXICON.passage_terms("NCE iKubens daglige leder", "nb")
    assert "§leader" in LEXICON.passage_terms("Ho er dagleg leiar", "nn")


def test_the_longest_phrase_wins() -> None:
    found = LEXICON.find("Hun er leder av styret.", ("no",))
    assert [(m.concept.name, m.start, m.end) for m in found] == [("chair", 7, 22)]


def test_a_stop_word_is_no_concept_though_its_stem_is_the_same() -> None:
    assert LEXICON.find("Det vart bra", ("no",)) == []
    assert [m.concept.name for m in LEXICON.find("Det varte lenge", ("no",))] == ["duration"]


def test_stop_words_of_all_three_languages_are_dropped() -> None:
    assert LEXICON.query_terms("Who is the kven er den ikuben") == ["ikub", "ikuben"]


@pytest.mark.parametrize(
    "question",
    [
        "Hei! Vet du hva iKuben heter i dag?",
        "Eg lurer på kva iKuben heiter, takk",
        "Hello, do you know who iKuben currently is?",
    ],
)
def test_polite_words_are_not_searched_for(question: str) -> None:
    assert LEXICON.query_terms(question) == ["ikub", "ikuben"]


def test_what_something_is_called_does_not_ask_for_its_old_name() -> None:
    lexicon = Lexicon([Concept("renamed", None, (("nb", "het"), ("nb", "het tidligere")))])
    assert lexicon.find("Hva heter klyngen?", ("no",)) == []
    assert [m.concept.name for m in lexicon.find("Hva het klyngen?", ("no",))] == ["renamed"]


def test_a_passage_is_stemmed_in_its_own_language() -> None:
    assert LEXICON.passage_terms("bedriftene", "nb") == ["bedrift"]
    assert LEXICON.passage_terms("companies", "en") == ["compani"]


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Hvem er lederen?", ["leader"]),
        ("kven er styreleiaren", ["chair"]),
        ("prosjektlederens ord", ["project"]),
        ("ledere", ["leader"]),
        ("sa lederne", ["leader"]),
        ("leiarane og leiarne", ["leader", "leader"]),
    ],
)
def test_who_holds_a_role_is_found_in_the_definite_form_too(
    text: str, concepts: list[str]
) -> None:
    lexicon = Lexicon(
        [
            Concept("leader", "person", (("nb", "leder"), ("nn", "leiar"))),
            Concept("chair", "person", (("nb", "styreleder"), ("nn", "styreleiar"))),
            Concept("project", "person", (("nb", "prosjektleder"),)),
        ]
    )
    assert [found.concept.name for found in lexicon.find(text, ("no", "en"))] == concepts
