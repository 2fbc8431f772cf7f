import time

import pytest

from knowledge.articles import Article, Language
from knowledge.copies import copies_among, near_copies

RELEASE = """\
Tangklyngen er tatt opp i Arena Pro fra nyttår, melder Innovasjon Norge.

– Dette har vi arbeidet for i fire år, sier daglig leder Kari Nes. Klyngen har 34 medlemmer.

Statusen gir tre millioner kroner i året. Kontoret ligger på Stord.
"""
REPRINT = RELEASE.replace("Kontoret ligger på Stord.", "Foto: Ola Li.").replace("34", "36")
NYNORSK = """\
Tangklynga er teken opp i Arena Pro frå nyttår, melder Innovasjon Noreg.

– Dette har vi arbeidd for i fire år, seier dagleg leiar Kari Nes. Klynga har 34 medlemer.
"""


def article(slug: str, body: str, language: Language = "nb") -> Article:
    return Article(slug, "Tittel", "Avisa", None, None, language, body)


def test_a_reprint_is_found_with_what_differs() -> None:
    (copy,) = near_copies(REPRINT, [article("melding", RELEASE)])
    assert copy.article.slug == "melding"
    assert copy.likeness == pytest.approx(29 / 36)
    assert copy.differs == (
        "+ Klyngen har 36 medlemmer.",
        "+ Foto: Ola Li.",
        "- Klyngen har 34 medlemmer.",
        "- Kontoret ligger på Stord.",
    )


def test_a_shortened_reprint_is_wholly_in_the_long_one() -> None:
    short = "".join(RELEASE.splitlines(keepends=True)[:3])
    assert [copy.likeness for copy in near_copies(short, [article("a", RELEASE)])] == [1.0]
    assert [copy.likeness for copy in near_copies(RELEASE, [article("a", short)])] == [1.0]


def test_the_most_alike_comes_first() -> None:
    found = near_copies(RELEASE, [article("opptrykk", REPRINT), article("lik", RELEASE.upper())])
    assert [copy.article.slug for copy in found] == ["lik", "opptrykk"]
    assert found[0].differs == ()


def test_neither_another_text_nor_a_translation_is_a_copy() -> None:
    other = "Klyngen for grønn skipsfart er tatt opp i Arena, melder Innovasjon Norge i dag."
    assert near_copies(RELEASE, [article("annen", other), article("nn", NYNORSK, "nn")]) == []


def test_a_text_of_a_word_or_two_is_no_copy() -> None:
    assert near_copies("Kari Nes.", [article("a", RELEASE), article("b", "Kari Nes.")]) == []


def test_a_long_sentence_is_shown_shortened() -> None:
    added = "Og " + "lenger " * 20 + "enn langt."
    (copy,) = near_copies(RELEASE + added, [article("a", RELEASE)])
    assert copy.differs == ("+ Og " + "lenger " * 12 + "...",)


def test_in_a_collection_each_copy_is_held_against_the_most_alike_before_it() -> None:
    articles = [
        article("a", REPRINT),
        article("b", RELEASE),
        article("c", NYNORSK),
        article("d", RELEASE.upper()),
    ]
    found = [(one.slug, copy.article.slug) for one, copy in copies_among(articles)]
    assert found == [("b", "a"), ("d", "b")]


def test_what_very_many_articles_end_with_is_no_copy() -> None:
    footer = (
        "Klyngen er en del av programmet som eies av Innovasjon Norge, Siva og Forskningsrådet."
    )
    texts = [" ".join(f"{word}{at}" for word in ("en", "to", "tre", "fire")) for at in range(25)]
    articles = [article(f"a{at}", f"{text}\n{footer}") for at, text in enumerate(texts)]
    assert list(copies_among(articles)) == []
    assert len(list(copies_among(articles[:3]))) == 2


def test_a_thousand_articles_take_no_time() -> None:
    bodies = [" ".join(f"ord{at * 150 + word}" for word in range(200)) for at in range(1000)]
    started = time.process_time()
    found = list(copies_among([article(f"a{at}", body) for at, body in enumerate(bodies)]))
    assert time.process_time() - started < 5  # a fortieth of this where nothing else runs
    assert found == []
