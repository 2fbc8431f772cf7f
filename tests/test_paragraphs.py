import pytest

from knowledge.paragraphs import layout_of

WIDE = "Klyngen for grønn skipsfart på Stord har fått mange nye medlemmer"


def paragraphs(*lines: str) -> list[str]:
    return layout_of(lines).paragraphs(lines)


def test_lines_broken_by_the_page_become_paragraphs() -> None:
    lines = ("Om klyngen", WIDE, "i løpet av året.", "Kontoret ligger i Leirvik, sier Kari Nes.")
    assert paragraphs(*lines) == ["Om klyngen", f"{WIDE} i løpet av året.", lines[-1]]


def test_an_empty_line_and_a_bullet_end_a_paragraph() -> None:
    assert paragraphs(WIDE, "", WIDE, "• Penger", "• Råd") == [WIDE, WIDE, "• Penger", "• Råd"]


def test_lines_too_long_to_be_broken_are_paragraphs() -> None:
    long = f"{WIDE}, {WIDE}, {WIDE}"
    assert paragraphs(long, long) == [long, long]


@pytest.mark.parametrize(
    ("first", "second", "whole"),
    [
        ("støtte til nærings-", "utvikling i nord", "støtte til næringsutvikling i nord"),
        ("Nærings-", "og handelspolitikk", "Nærings- og handelspolitikk"),
        ("søkte om NCE-", "status i fjor", "søkte om NCE-status i fjor"),
        ("mellom Nordland-", "Troms og Oslo", "mellom Nordland-Troms og Oslo"),
        ("i årene 2017-", "2019 fikk de", "i årene 2017-2019 fikk de"),
        ("Klyngen -", "som er ny", "Klyngen - som er ny"),
        ("nærings\u00ad", "Utvikling", "næringsUtvikling"),
        ("gode råd", "og penger", "gode råd og penger"),
    ],
)
def test_a_hyphen_that_only_broke_a_word_goes(first: str, second: str, whole: str) -> None:
    assert layout_of([first, second]).joined([first, second]) == whole


def test_how_the_text_writes_a_word_elsewhere_decides() -> None:
    lines = ["skriv en e-", "post, for e-post leses"]
    assert layout_of(lines).joined(lines) == "skriv en e-post, for e-post leses"
