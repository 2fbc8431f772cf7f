"""The glossary's reader on small files, and promises about the glossary itself."""

from collections import defaultdict
from pathlib import Path

import pytest
import Stemmer

from knowledge.articles import ContentError, Language
from knowledge.glossary import Concept, read_glossary
from knowledge.paths import KNOWLEDGE

LEADER = """\
leader:
  asks: person
  nb: [leder, står i spissen for]
  nn: [leiar]
  en: [leads, CEO]
"""
STEMMERS: dict[Language, Stemmer.Stemmer] = {
    "nb": Stemmer.Stemmer("norwegian"),
    "nn": Stemmer.Stemmer("norwegian"),
    "en": Stemmer.Stemmer("english"),
}
# One word in English and none to be had instead.
BOTH_PERSON_AND_THING = {"researcher"}


def problems(folder: Path, text: str) -> list[tuple[int, str]]:
    file = folder / "glossary.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_glossary(file)
    return [(problem.line, problem.nb) for problem in caught.value.problems]


def test_a_concept_keeps_its_words_in_order(tmp_path: Path) -> None:
    file = tmp_path / "glossary.yaml"
    file.write_text(LEADER + "export:\n  nb: [no]\n  nn: [ja]\n  en: [2017]\n", encoding="utf-8")
    assert read_glossary(file) == (
        Concept(
            "leader",
            "person",
            (
                ("nb", "leder"),
                ("nb", "står i spissen for"),
                ("nn", "leiar"),
                ("en", "leads"),
                ("en", "CEO"),
            ),
        ),
        Concept("export", None, (("nb", "no"), ("nn", "ja"), ("en", "2017"))),
    )


def test_all_problems_are_listed_with_their_lines(tmp_path: Path) -> None:
    text = LEADER.replace("person", "who").replace("nn:", "no:") + (
        "chair:\n  nb: [styreleder, Styreleder]\n  nn: []\n  en: chair\nleader:\n  nb: [sjef]\n"
    )
    assert problems(tmp_path, text) == [
        (1, "«nn» mangler: skriv en linje «nn: ...»"),
        (
            2,
            "«asks: who» finnes ikke: skriv en av person (hvem / who), "
            "number (hvor mange / how many), sum (hvor mye penger / how much money), "
            "date (når / when), place (hvor / where), "
            "organisation (hvilken bedrift / which organisation)",
        ),
        (4, "ukjent nøkkel «no»: skriv nb / nn / en / asks, eller slett linjen"),
        (7, "«Styreleder» står to ganger i nb: slett det ene"),
        (8, "«nn» har ingen ord: skriv minst ett"),
        (9, "«en» skal være en liste: skriv hver verdi på sin egen linje etter «- »"),
        (10, "«leader» står også på linje 1: slett den ene"),
    ]


def test_a_list_is_no_glossary(tmp_path: Path) -> None:
    assert problems(tmp_path, "# begreper\n- leder\n") == [
        (2, "her skal det stå linjer på formen «nøkkel: verdi»")
    ]


def test_an_empty_glossary_is_a_problem(tmp_path: Path) -> None:
    assert problems(tmp_path, "# ingen\n") == [
        (1, "her står det ingenting: skriv som i eksemplet i knowledge/README.md")
    ]


def test_the_leader_is_found_across_languages() -> None:
    concept = next(c for c in read_glossary(KNOWLEDGE / "glossary.yaml") if c.name == "leader")
    assert concept.asks == "person"
    assert {("nb", "daglig leder"), ("nn", "dagleg leiar"), ("en", "CEO")} <= {*concept.words}


def test_every_role_has_words_of_its_own() -> None:
    """A question about the chair must not find the leader: no stem stands in two roles."""
    roles: dict[tuple[Language, str], set[str]] = defaultdict(set)
    for concept in read_glossary(KNOWLEDGE / "glossary.yaml"):
        if concept.asks == "person":
            for language, word in concept.words:
                roles[language, stem(language, word)].add(concept.name)
    assert {word: names for word, names in roles.items() if len(names) > 1} == {}


def test_no_word_belongs_to_a_person_and_to_a_thing() -> None:
    people: dict[tuple[Language, str], str] = {}
    things: dict[tuple[Language, str], str] = {}
    for concept in read_glossary(KNOWLEDGE / "glossary.yaml"):
        for language, word in concept.words:
            table = people if concept.asks == "person" else things
            table[language, stem(language, word)] = concept.name
    assert {people[key] for key in people.keys() & things.keys()} == BOTH_PERSON_AND_THING


def test_regular_inflections_are_left_to_the_stemmer() -> None:
    repeated = []
    for concept in read_glossary(KNOWLEDGE / "glossary.yaml"):
        stems = [(language, stem(language, word)) for language, word in concept.words]
        repeated += [(concept.name, *key) for key in set(stems) if stems.count(key) > 1]
    assert repeated == []


def stem(language: Language, words: str) -> str:
    return " ".join(STEMMERS[language].stemWords(words.lower().split()))
