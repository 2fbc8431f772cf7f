from dataclasses import replace
from datetime import date

import pytest
from fakes import answer, article, quote

from bot.age import age_note
from bot.texts import TEXTS, load_texts
from knowledge.articles import Language

TEXTS_IN = load_texts(TEXTS)
TODAY = date(2026, 11, 24)


def note(published: str | None, language: Language = "nb", is_role: bool = True) -> str | None:
    source = quote(source=article(published=published))
    given = replace(answer(quotes=(source,)), is_role=is_role)
    return age_note(given, source, TEXTS_IN[language], TODAY)


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ("2017", "Kilden er fra 2017 og er ni år gammel."),
        ("2017-12", "Kilden er fra 2017 og er åtte år gammel."),
        ("2017-11-24", "Kilden er fra 2017 og er ni år gammel."),
        ("2017-11-25", "Kilden er fra 2017 og er åtte år gammel."),
        ("2024-11-23", "Kilden er fra 2024 og er to år gammel."),
        ("2024", "Kilden er fra 2024 og er to år gammel."),
        ("2014-11", "Kilden er fra 2014 og er tolv år gammel."),
        ("2013", "Kilden er fra 2013 og er 13 år gammel."),
        ("2024-11-24", None),  # two years to the day are not over two
        ("2024-12", None),
        ("2026", None),
        (None, None),
    ],
)
def test_the_age_of_a_source(published: str | None, said: str | None) -> None:
    assert note(published) == said


def test_in_other_languages() -> None:
    assert note("2017", "nn") == "Kjelda er frå 2017 og er ni år gammal."
    assert note("2017", "en") == "The source is from 2017 and is nine years old."


def test_only_who_holds_a_role_grows_old() -> None:
    assert note("2017", is_role=False) is None
