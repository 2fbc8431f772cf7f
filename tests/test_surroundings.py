import pytest
from fakes import article, quote

from index.answer import Quote
from index.surroundings import surroundings

BODY = "Først.\n\nKari leder. Hun er ny.\n- punkt\n \n## Sist\n"


def around(words: str) -> str:
    found = quote(words, None, article(BODY))
    start, end = surroundings(found)
    return BODY[start:end]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("Kari leder.", "Kari leder. Hun er ny.\n- punkt"),
        ("Kari leder. Hun er ny.\n- punkt", BODY.rstrip()),  # all of it: with its neighbours
        ("Først.", "Først.\n\nKari leder. Hun er ny.\n- punkt"),
        ("## Sist", "Kari leder. Hun er ny.\n- punkt\n \n## Sist"),
        ("Først.\n\nKari", "Først.\n\nKari leder. Hun er ny.\n- punkt"),
    ],
)
def test_the_paragraph_around_a_quote(words: str, shown: str) -> None:
    assert around(words) == shown


def test_a_quote_that_is_all_there_is_stands_alone() -> None:
    assert surroundings(Quote(article("Kari leder.\n"), 0, 11, None, "proof")) == (0, 11)


def test_an_end_of_a_quote_outside_of_every_paragraph_is_kept() -> None:
    assert surroundings(Quote(article("A.\n\nB. C.\n\nD."), 2, 6, None, "proof")) == (2, 9)
